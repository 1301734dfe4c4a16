import { transactionCommit } from '../../specs/commit/tcommit.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import type { SpecEntry } from '../spec-entry.ts'

const DISAGREE = 'no two managers decide differently'

export const commitSpecs: readonly SpecEntry[] = [
  {
    spec: transactionCommit,
    parameters: { rm: 3 },
    expect: { outcome: 'pass', distinctStates: 34 },
    size: 'small',
  },
  {
    spec: twoPhaseCommit,
    parameters: { rm: 3 },
    expect: { outcome: 'pass', distinctStates: 288 },
    size: 'small',
  },
  {
    spec: twoPhaseCommit,
    mutant: 'commit-without-all',
    expect: { outcome: 'fail', violated: DISAGREE },
    size: 'small',
  },
  {
    spec: twoPhaseCommit,
    mutant: 'abort-after-prepare',
    expect: { outcome: 'fail', violated: DISAGREE },
    size: 'small',
  },
]
