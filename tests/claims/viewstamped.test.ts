import { viewstampedGroup } from '../../suites/claims/viewstamped.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(viewstampedGroup, [
  'Raft, Zab and Viewstamped Replication all do nothing but append to one abstract log',
  'Raft that commits old entries by counting them takes back what it has appended',
])
