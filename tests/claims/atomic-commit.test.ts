import { atomicCommit } from '../../suites/claims/atomic-commit.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(atomicCommit, [
  'after any one crash the real code ends the transaction, and in one way',
  'where it commits first it may take its commit with it',
  'whenever it crashes, all come to the same',
  'in 3PC a coordinator that was only late and its successor end a transaction differently',
  'nobody who is left ever decides after that, whatever happens',
])
