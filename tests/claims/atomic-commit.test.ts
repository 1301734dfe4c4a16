import { atomicCommit } from '../../suites/claims/atomic-commit.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(atomicCommit)
