import { multiPaxosFacts } from '../../specs/log/multi-paxos-facts.ts'
import { multiPaxos } from '../../specs/log/multi-paxos.ts'
import { raftFacts } from '../../specs/log/raft-facts.ts'
import { raftMembership } from '../../specs/log/raft-membership.ts'
import { raftInSteps } from '../../specs/log/raft-rpc.ts'
import { raft } from '../../specs/log/raft.ts'
import { replicatedLog } from '../../specs/log/replicated-log.ts'
import { viewstampedReplication } from '../../specs/log/viewstamped.ts'
import { zabFacts } from '../../specs/log/zab-facts.ts'
import { zab } from '../../specs/log/zab.ts'
import type { SpecEntry } from '../spec-entry.ts'
import { counted, found, sized } from './counted.ts'

const TWO_LEADERS = 'election safety: at most one leader in a term'
const LOST = 'leader completeness: a leader of a later term has what was committed'

const TWO_CHOSEN = 'no two values are chosen for a slot'
const INTEGRITY = 'primary integrity: an established leader has what was delivered before'
const ORDER = 'total order: what two servers deliver is the same'
const LEADS_WITHOUT = 'primary integrity: an established leader has what was committed before'
const COMMITTED_LOST = 'a primary has all that was committed in earlier views'

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

  sized(replicatedLog, {}, [7, 2]),
  found(replicatedLog, 'stop-early', 'some step can always be taken'),

  sized(multiPaxos, { quorums: 'majority(n=2)' }, [923, 21]),
  sized(multiPaxos, { slot: 1 }, [2737, 18]),
  sized(multiPaxos, {}, [208545, 27], { size: 'long' }),
  found(multiPaxos, 'apply-past-gap', 'what is applied is what is chosen'),
  found(multiPaxos, 'ignore-votes', TWO_CHOSEN, { command: 2 }, 'long'),
  found(multiPaxos, 'promise-one-slot', TWO_CHOSEN, { command: 2 }, 'long'),

  sized(zab, { epoch: 2 }, [8359, 18]),
  sized(zab, {}, [48580, 20], { size: 'long' }),
  found(zab, 'promise-again', 'one leader is established in an epoch'),
  found(zab, 'broadcast-early', INTEGRITY),
  found(zab, 'own-history', INTEGRITY),
  found(zab, 'compare-promises', ORDER),
  found(zab, 'longest-history', ORDER),

  sized(viewstampedReplication, { crashes: 0 }, [1212, 18]),
  sized(viewstampedReplication, { crashes: 1 }, [4019, 19]),
  sized(viewstampedReplication, { crashes: 2 }, [7039, 21]),
  sized(viewstampedReplication, { crashes: 0, view: 2 }, [77050, 28], { size: 'long' }),
  found(viewstampedReplication, 'count-old-incarnations', COMMITTED_LOST, { crashes: 2 }),
  found(viewstampedReplication, 'own-log', COMMITTED_LOST),
  found(viewstampedReplication, 'answer-too-early', COMMITTED_LOST),
  found(
    viewstampedReplication,
    'longest-log',
    COMMITTED_LOST,
    { crashes: 0, view: 2, op: 2 },
    'long',
  ),

  // As they are run: what traces of real code are held against.
  counted(raftFacts, { term: 1 }, [1257, 16465, 14]),
  counted(raftFacts, { restarts: false }, [97908, 944692, 23], { size: 'long' }),
  found(raftFacts, 'forget-vote', TWO_LEADERS),
  found(raftFacts, 'half-is-enough', TWO_LEADERS),
  found(
    raftFacts,
    'lose-acknowledged',
    'state machine safety: what two servers commit is the same',
  ),
  found(raftFacts, 'ignore-log', LOST, {}, 'long'),
  counted(multiPaxosFacts, { value: 1 }, [16984, 114709, 20]),
  counted(multiPaxosFacts, { restarts: false }, [38549, 206383, 20]),
  counted(multiPaxosFacts, { ballot: 1, slot: 2, value: 1, restarts: false }, [5853, 47288, 19]),
  found(multiPaxosFacts, 'accept-below-promise', TWO_CHOSEN, { restarts: false }),
  found(multiPaxosFacts, 'ignore-votes', TWO_CHOSEN, { restarts: false }),
  found(multiPaxosFacts, 'apply-accepted', TWO_CHOSEN, { restarts: false }),
  counted(zabFacts, { server: 2, epoch: 1 }, [109, 909, 19]),
  counted(zabFacts, { server: 2 }, [4865, 41911, 29]),
  counted(zabFacts, { epoch: 1 }, [2131, 30178, 23]),
  counted(zabFacts, { restarts: false }, [352087, 4026712, 37], { size: 'long' }),
  counted(zabFacts, {}, [714241, 10249003, 38], { size: 'nightly' }),
  found(zabFacts, 'epoch-twice', 'one leader is established in an epoch', { server: 2 }),
  found(zabFacts, 'epoch-before-history', LEADS_WITHOUT, { server: 2 }),
  found(zabFacts, 'lose-acknowledged', LEADS_WITHOUT, { server: 2 }),
  found(zabFacts, 'own-history', LEADS_WITHOUT, { restarts: false }, 'long'),
  found(zabFacts, 'half-is-enough', LEADS_WITHOUT, { restarts: false }, 'long'),
  found(zabFacts, 'deliver-acknowledged', ORDER, { restarts: false }, 'long'),
  found(zabFacts, 'promise-below', LEADS_WITHOUT, { restarts: false }, 'nightly'),
]
