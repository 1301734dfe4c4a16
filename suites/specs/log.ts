import { raftMembership } from '../../specs/log/raft-membership.ts'
import { raftInSteps } from '../../specs/log/raft-rpc.ts'
import { raft } from '../../specs/log/raft.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found, sized } from './counted.ts'

const TWO_LEADERS = 'election safety: at most one leader in a term'
const LOST = 'leader completeness: a leader of a later term has what was committed'

const oracle = 'raft-v-3-1-1-0'
const noValue = { value: 0, maxElections: 1, maxRestarts: 0 }

export const logSpecs: readonly SpecEntry[] = [
  counted(raft, noValue, [337, 781, 15], { oracle }),
  counted(raft, { value: 1, maxElections: 1, maxRestarts: 0 }, [37345, 93145, 35], { oracle }),
  counted(raft, { value: 1, maxElections: 1, maxRestarts: 1 }, [179798, 474892, 36], {
    oracle,
    size: 'long',
  }),
  counted(raft, { ...noValue, maxElections: 2 }, [219064, 759844, 29], { oracle, size: 'long' }),
  counted(raft, { value: 2, maxElections: 1, maxRestarts: 0 }, [4083889, 10355413, 55], {
    oracle,
    size: 'nightly',
  }),
  found(raft, 'vote-twice', TWO_LEADERS, { value: 0, maxElections: 2 }),
  found(raft, 'forget-vote', TWO_LEADERS, { value: 0, maxElections: 2, maxRestarts: 1 }),
  found(raft, 'commit-on-one', 'what is acknowledged is stored by a majority'),
  found(raft, 'count-stale-votes', TWO_LEADERS, { value: 0, maxElections: 3 }, 'long'),
  found(
    raft,
    'ignore-log',
    'leader completeness: the newest leader has all that was acknowledged',
    { value: 1, maxElections: 2 },
    'long',
  ),

  sized(raftInSteps, {}, [7120, 11]),
  found(raftInSteps, 'commit-old-term', LOST),
  found(raftInSteps, 'ignore-log', LOST),
  found(raftInSteps, 'half-is-enough', TWO_LEADERS),
  found(raftInSteps, 'vote-in-past', TWO_LEADERS),

  sized(raftMembership, {}, [20317, 15]),
  sized(raftMembership, { server: 4 }, [567433, 19], { size: 'nightly' }),
  found(raftMembership, 'change-at-once', TWO_LEADERS, { server: 4 }, 'long'),
  found(raftMembership, 'change-two', TWO_LEADERS, { term: 2 }),
  found(raftMembership, 'change-uncommitted', TWO_LEADERS, { term: 2, length: 3 }),
]
