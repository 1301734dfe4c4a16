import type { Claim } from './claim.ts'
import { violates } from './drawn.ts'
import {
  allIsTheSlowest,
  freshOrNothing,
  goesOnWithoutIt,
  oneFaultStopsWrites,
  oneRequestForAWrite,
  oneSlowIsNoticed,
  onlyThePrimaryWorks,
  quorumIsFaster,
  readAnyWriteAll,
  slowMinorityIsNotNoticed,
  staleButServed,
  stopsWithThePrimary,
  survivesAllButOne,
} from './replica-runs.ts'
import { drawnOnce } from './state-machine-questions.ts'

const NOTES = 'lecture notes'
const COPY = 'Alsberg & Day 1976; Budhiraja, Marzullo, Schneider & Toueg 1993'

/** Ways to replicate, what they cost and what they bear. */
export const replicationProtocols: readonly Claim[] = [
  {
    id: 'REP-09',
    name: 'Passive replication',
    kind: 'protocol',
    says: 'One replica executes the operations and sends the others what came of them.',
    source: COPY,
    verdict: 'holds',
    checks: [
      'specs/replication/primary-copy/claims',
      'protocols/primary-copy/claims',
      // Then operations may draw numbers.
      drawnOnce,
      // A primary that was replaced must be refused, and its work given up.
      'specs/replication/primary-copy/no-fencing',
      'specs/replication/primary-copy/replicas-4-writes-3-crashes-2-takeovers-2/keeps-old-work',
    ],
  },
  {
    id: 'REP-10',
    name: 'Passive replication: one does the work',
    kind: 'metric',
    says: 'With passive replication the primary alone computes, so the load is not spread.',
    source: NOTES,
    verdict: 'holds',
    checks: [onlyThePrimaryWorks],
  },
  {
    id: 'REP-11',
    name: 'Synchronous replication bears n - 1 faults',
    kind: 'claim',
    says: 'Synchronous replication tolerates the failure of all servers but one.',
    source: NOTES,
    verdict: 'holds with a correction',
    counterexamples: [oneFaultStopsWrites],
    instead:
      'What was acknowledged survives all failures but one. To go on with writes none may fail, ' +
      'until those that did are taken out of the group.',
    checks: [
      survivesAllButOne,
      goesOnWithoutIt,
      'protocols/primary-copy/claims',
      'specs/replication/primary-copy/acknowledges-at-a-majority',
      'protocols/primary-copy/one-backup-is-enough',
    ],
  },
  {
    id: 'REP-12',
    name: 'As fast as the slowest',
    kind: 'metric',
    says: 'A request to synchronous replicas is served as fast as the slowest of them.',
    source: NOTES,
    verdict: 'holds with a correction',
    counterexamples: [quorumIsFaster, slowMinorityIsNotNoticed],
    instead:
      'That is so where all must answer. Where a quorum of k is enough it is as fast as the k-th ' +
      'fastest.',
    checks: [allIsTheSlowest, oneSlowIsNoticed],
  },
  {
    id: 'REP-13',
    name: 'Asynchronous replication loses writes',
    kind: 'claim',
    says: 'Asynchronous replication may lose what was acknowledged.',
    source: 'Gray, Helland, O’Neil & Shasha 1996; lecture notes',
    verdict: 'holds',
    checks: [
      'protocols/primary-backup/failover',
      'specs/replication/primary-copy/acknowledges-first',
      'protocols/primary-copy/acknowledges-first',
      // It does not happen where backups have a write before it is acknowledged.
      'protocols/primary-copy/claims',
    ],
  },
  {
    id: 'REP-14',
    name: 'One master: followers are stale',
    kind: 'claim',
    says: 'With one master and asynchronous followers, reads at a follower may see old values.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      'protocols/primary-backup/reads-anywhere',
      staleButServed,
      violates('a read of the value before the write', {
        history: `
          master:   [write 1]
          follower:           [read -> null]`,
        condition: 'linearizable',
      }),
      'protocols/primary-backup/in-the-end',
    ],
  },
  {
    id: 'REP-15',
    name: 'Two masters at once',
    kind: 'claim',
    says: 'If two processes both take themselves for the master, safety is lost.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      'specs/replication/primary-copy/no-fencing',
      'protocols/primary-copy/partition',
      // Epochs by which the one that was replaced is refused mend it.
      'specs/replication/primary-copy/claims',
    ],
  },
  {
    id: 'REP-16',
    name: 'Several masters diverge',
    kind: 'claim',
    says: 'Several masters that do not coordinate diverge when operations conflict.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      'specs/replication/multi-master/arrival-order',
      'specs/replication/multi-master/no-tie-break',
      // With stamps by which all take the same write for the last they come together again.
      'specs/replication/multi-master/claims',
      'specs/replication/multi-master/masters-3-writes-1/claims',
    ],
  },
  {
    id: 'REP-17',
    name: 'Primary copy: one request',
    kind: 'metric',
    says: 'With a primary copy a client sends one message for an operation, to the primary.',
    source: COPY,
    verdict: 'holds',
    checks: [oneRequestForAWrite],
  },
  {
    id: 'REP-18',
    name: 'Primary copy: stalls without the primary',
    kind: 'claim',
    says: 'If only the primary serves requests and it fails, nothing is served.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      stopsWithThePrimary,
      // It is not so if a backup takes over.
      survivesAllButOne,
    ],
  },
  {
    id: 'REP-19',
    name: 'Reads elsewhere',
    kind: 'claim',
    says: 'If reads are served by others than the primary, the view is no longer consistent.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      'protocols/primary-copy/reads-anywhere',
      'protocols/primary-backup/reads-anywhere',
      violates('a new value at one replica, and then the old one at another', {
        history: `
          primary: [write                            1]
          b:             [read -> 1]
          c:                          [read -> null]`,
        condition: 'linearizable',
      }),
      'protocols/primary-copy/claims',
    ],
  },
  {
    id: 'REP-20',
    name: 'Reading is simple: any server',
    kind: 'claim',
    says: 'With replication reading is simple, as any server can answer; it is writing that costs.',
    source: NOTES,
    verdict: 'holds with a correction',
    counterexamples: [
      'protocols/primary-backup/reads-anywhere',
      'protocols/primary-copy/reads-anywhere',
    ],
    instead:
      'A single server may answer a read only if every write was stored at all of them, and the ' +
      'read must see to it that no later one finds less.',
    checks: [readAnyWriteAll, 'protocols/abd/read-one-write-all'],
  },
  {
    id: 'REP-21',
    name: 'Available with stale data',
    kind: 'claim',
    says: 'Replication lets clients go on when servers fail, if they can live with stale data.',
    source: NOTES,
    verdict: 'holds',
    checks: [
      staleButServed,
      freshOrNothing,
      'histories/etcd-ser-partition/linearizable',
      'histories/etcd-ser-partition/sequential',
    ],
  },
  {
    id: 'REP-22',
    name: 'A slow minority does not matter',
    kind: 'claim',
    says: 'With quorums, a minority of servers that are slow or down does not slow clients down.',
    source: NOTES,
    verdict: 'holds',
    checks: [slowMinorityIsNotNoticed, oneSlowIsNoticed],
  },
]
