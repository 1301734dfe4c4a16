import { protocol } from '../../src/node/index.ts'
import { raft, raftNode } from './raft.ts'
import { rulesOf } from './rules.ts'

/** How much faster or slower than true time a clock may run, in percent. */
const SKEW = 25

/**
 * Raft whose leader answers reads alone for a while after a majority heard of it (dissertation
 * §6.4.1). A voter waits `electionMs` by its own clock, which may be the fastest, before it helps
 * to elect somebody else; the leader counts its lease by its own, which may be the slowest. So the
 * lease is shorter, by as much as two clocks may differ. Clocks that jump are not survived.
 */
export const raftLease = protocol(
  'raft-lease',
  {
    about: 'Raft that answers reads under a lease, without a message, if clocks do not differ much',
    source: 'Ongaro 2014, Consensus: bridging theory and practice, §6.4.1',
    options: raft.options,
    mutants: {
      'lease-too-long': 'the lease lasts far longer than voters are silent',
      'lease-without-answers': 'the lease begins anew when others are asked, not when they answer',
    },
    tolerates: { ...raft.tolerates, clockSkew: SKEW, clockJumps: false },
    usesClock: true,
    sessions: true,
  },
  (options, planted) => {
    const endsInTime = !planted('lease-too-long')
    const leasesNeedAnswers = !planted('lease-without-answers')
    const safe = Math.floor((options.electionMs * (100 - SKEW)) / (100 + SKEW))
    const leaseMs = endsInTime ? safe : 10 * options.electionMs
    const rules = { ...rulesOf(() => false), leasesNeedAnswers }
    return raftNode({ ...options, leaseMs, rules })
  },
)
