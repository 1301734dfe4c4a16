import { zabGroup } from '../../suites/claims/zab.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(zabGroup, [
  'several operations are under way at once, and the more of them the more is done',
  'Multi-Paxos with two proposals under way delivers the second of a primary without the first',
  'what any two replicas have delivered is the same as far as both have got, in the order of zxids',
  'no primary proposes before a quorum has acknowledged its history',
  'Raft, Zab and Viewstamped Replication all do nothing but append to one abstract log',
])
