import { atomicCommitNonBlocking } from '../../specs/commit/acp-nb.ts'
import { atomicCommitSimpleBroadcast } from '../../specs/commit/acp-sb.ts'
import { atomicCommitFailureDetector } from '../../specs/commit/nbacc-ray97.ts'
import { atomicCommitCounting } from '../../specs/commit/nbacg-guer01.ts'
import { commitIgnoringCrashed } from '../../specs/commit/ignore-crashed.ts'
import { paxosCommit } from '../../specs/commit/paxos-commit.ts'
import { transactionCommit } from '../../specs/commit/tcommit.ts'
import { threePhaseCommit } from '../../specs/commit/threepc.ts'
import { twoPhaseCommitWithBackup } from '../../specs/commit/twopc-btm.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found, sized } from './counted.ts'

const DISAGREE = 'no two managers decide differently'
const BOTH = 'it is not decided both to commit and to abort'
const AC1 = 'AC1: no two participants decide differently'
const AC2 = 'AC2: commit only when all vote yes'
const PARTICIPANTS_DISAGREE = 'no two participants decide differently'
const UNCERTAIN = 'nobody commits while somebody within reach is uncertain'
const ALL_YES = 'commit only when all voted yes'

const tcommit = { oracle: 'tcommit-3' }
const twophase = { oracle: 'twophase-3' }
const symmetric = { oracle: 'twophase-sym-5', symmetry: true }

export const commitSpecs: readonly SpecEntry[] = [
  counted(transactionCommit, { rm: 1 }, [4, 5, 3], tcommit),
  counted(transactionCommit, { rm: 2 }, [12, 23, 5], tcommit),
  counted(transactionCommit, { rm: 3 }, [34, 94, 7], tcommit),
  counted(transactionCommit, { rm: 4 }, [96, 357, 9], tcommit),
  counted(transactionCommit, { rm: 5 }, [274, 1296, 11], tcommit),
  counted(transactionCommit, { rm: 6 }, [792, 4567, 13], tcommit),
  counted(transactionCommit, { rm: 7 }, [2314, 15758, 15], tcommit),
  counted(transactionCommit, { rm: 8 }, [6816, 53513, 17], tcommit),
  found(transactionCommit, 'commit-alone', DISAGREE),
  found(transactionCommit, 'abort-late', DISAGREE),

  counted(twoPhaseCommit, { rm: 1 }, [12, 20, 5], twophase),
  counted(twoPhaseCommit, { rm: 2 }, [56, 154, 8], twophase),
  counted(twoPhaseCommit, { rm: 3 }, [288, 1146, 11], twophase),
  counted(twoPhaseCommit, { rm: 4 }, [1568, 8258, 14], twophase),
  counted(twoPhaseCommit, { rm: 5 }, [8832, 58146, 17], twophase),
  counted(twoPhaseCommit, { rm: 6 }, [50816, 402306, 20], { ...twophase, size: 'long' }),
  counted(twoPhaseCommit, { rm: 7 }, [296448, 2744706, 23], { ...twophase, size: 'long' }),
  counted(twoPhaseCommit, { rm: 8 }, [1745408, 18507778, 26], { ...twophase, size: 'nightly' }),
  counted(twoPhaseCommit, { rm: 9 }, [10340352, 123558402, 29], { ...twophase, size: 'nightly' }),
  sized(twoPhaseCommit, { rm: 3 }, [80, 11], symmetric),
  sized(twoPhaseCommit, { rm: 5 }, [314, 17], symmetric),
  sized(twoPhaseCommit, { rm: 7 }, [920, 23], symmetric),
  sized(twoPhaseCommit, { rm: 10 }, [3300, 32], { ...symmetric, size: 'long' }),
  found(twoPhaseCommit, 'commit-without-all', DISAGREE),
  found(twoPhaseCommit, 'abort-after-prepare', DISAGREE),

  sized(twoPhaseCommitWithBackup, { rm: 2 }, [257, 12], { oracle: 'twopc-btm-3' }),
  sized(twoPhaseCommitWithBackup, { rm: 3 }, [1245, 15], { oracle: 'twopc-btm-3' }),
  sized(twoPhaseCommitWithBackup, { rm: 4 }, [5717, 18], { oracle: 'twopc-btm-3' }),
  found(twoPhaseCommitWithBackup, 'commit-on-one', DISAGREE),
  found(twoPhaseCommitWithBackup, 'abort-when-prepared', DISAGREE),
  found(
    twoPhaseCommitWithBackup,
    'backup-always-aborts',
    'what somebody committed is not called aborted',
  ),

  sized(commitIgnoringCrashed, {}, [228, 9]),
  sized(commitIgnoringCrashed, { crashes: 2 }, [420, 10]),
  {
    spec: commitIgnoringCrashed,
    parameters: { returns: true },
    expect: { outcome: 'fail', violated: PARTICIPANTS_DISAGREE },
    size: 'small',
  },
  found(commitIgnoringCrashed, 'ignore-silent', PARTICIPANTS_DISAGREE),
  found(commitIgnoringCrashed, 'commit-on-no', PARTICIPANTS_DISAGREE),

  sized(threePhaseCommit, {}, [1158, 16]),
  sized(threePhaseCommit, { participant: 2, crashes: 1 }, [126, 11]),
  found(threePhaseCommit, 'uncertain-wait', 'some step can always be taken'),
  found(threePhaseCommit, 'commit-unprepared', UNCERTAIN),
  found(threePhaseCommit, 'commit-after-votes', UNCERTAIN),
  {
    spec: threePhaseCommit,
    parameters: { participant: 2, crashes: 0, partition: true },
    expect: { outcome: 'fail', violated: PARTICIPANTS_DISAGREE },
    size: 'small',
  },

  sized(paxosCommit, { rm: 1 }, [1461, 15], { oracle: 'paxos-commit-2-3-2' }),
  sized(paxosCommit, { rm: 2 }, [1321761, 28], { oracle: 'paxos-commit-2-3-2', size: 'nightly' }),
  found(paxosCommit, 'ignore-reports', BOTH, { rm: 1 }),
  found(paxosCommit, 'accept-below-promise', BOTH, { rm: 1 }),
  found(paxosCommit, 'commit-on-one', DISAGREE, {}, 'long'),

  counted(atomicCommitSimpleBroadcast, { participant: 1 }, [80, 146, 9], { oracle: 'acp-sb-3' }),
  counted(atomicCommitSimpleBroadcast, { participant: 2 }, [1832, 5212, 15], {
    oracle: 'acp-sb-3',
  }),
  counted(atomicCommitSimpleBroadcast, { participant: 3 }, [54944, 218352, 21], {
    oracle: 'acp-sb-3',
    size: 'long',
  }),
  found(atomicCommitSimpleBroadcast, 'commit-on-one', AC2, { participant: 2 }),
  found(atomicCommitSimpleBroadcast, 'abort-after-yes', AC1, { participant: 2 }),

  sized(atomicCommitNonBlocking, { participant: 1 }, [102, 10], { oracle: 'acp-nb-2' }),
  sized(atomicCommitNonBlocking, { participant: 2 }, [4284, 19], { oracle: 'acp-nb-2' }),
  sized(atomicCommitNonBlocking, { participant: 3 }, [730842, 30], {
    oracle: 'acp-nb-2',
    size: 'nightly',
  }),
  found(atomicCommitNonBlocking, 'forget-the-dead', AC1),
  found(atomicCommitNonBlocking, 'decide-before-forwarding', AC1),

  counted(atomicCommitFailureDetector, { process: 2 }, [3016, 49592, 7], {
    oracle: 'nbacc-ray97-2',
  }),
  found(atomicCommitFailureDetector, 'commit-without-all', ALL_YES),
  found(atomicCommitFailureDetector, 'no-counts-as-yes', ALL_YES),

  counted(atomicCommitCounting, { process: 2 }, [551, 2288, 9], { oracle: 'nbacg-guer01-3' }),
  counted(atomicCommitCounting, { process: 3 }, [24922, 159538, 16], { oracle: 'nbacg-guer01-3' }),
  found(atomicCommitCounting, 'commit-without-all', ALL_YES),
  found(atomicCommitCounting, 'vote-though-suspicious', 'who knows of a failure does not commit'),
]
