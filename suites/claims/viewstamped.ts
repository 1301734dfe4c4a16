import { viewstamped as viewstampedCode } from '../../impls/viewstamped/viewstamped.ts'
import { viewstampedReplication } from '../../specs/log/viewstamped.ts'
import { answer, question } from './check.ts'
import type { ClaimGroup } from './claim.ts'
import { notOneLog, oneLog } from './one-log.ts'
import { names, quietRun } from './quiet-run.ts'
import { always } from './spec-states.ts'

const inTurn = question(
  'run',
  'in the code the primary of view v is node v mod n, view after view',
  () => {
    const nodes = 3
    const seen = new Map<number, string>()
    // Whoever is primary is cut off from the others for a while, so that the view changes.
    const faults = Array.from({ length: 9 }, (_, at) => ({
      type: 'partition' as const,
      from: [`n${(at % nodes) + 1}`],
      to: names(nodes).filter((node) => node !== `n${(at % nodes) + 1}`),
      both: true,
      at: at * 1000,
      until: at * 1000 + 600,
    }))
    const run = quietRun({ protocol: viewstampedCode, nodes, asks: [[]], faults, forMs: 9000 })
    for (const { node, view } of run.trace) {
      const { status, term } = (view ?? {}) as { readonly status?: string; readonly term?: number }
      if (node === undefined || status !== 'primary' || term === undefined) continue
      if (seen.has(term) && seen.get(term) !== node) {
        return answer(false, `${seen.get(term)} and ${node} are primary of view ${term}`)
      }
      seen.set(term, node)
    }
    const views = [...seen]
    return answer(
      views.length > nodes && views.every(([view, node]) => node === names(nodes)[view % nodes]),
      `primaries: ${views.map(([view, node]) => `${node} of view ${view}`).join(', ')}`,
    )
  },
)

/** Viewstamped Replication, revisited. */
export const viewstampedGroup: ClaimGroup = {
  name: 'Viewstamped replication',
  claims: [
    {
      id: 'VR-01',
      name: 'Viewstamped Replication revisited',
      kind: 'protocol',
      says:
        'State machine replication without disks: primaries in turn, view changes, recovery from ' +
        'the other replicas, and members that may change.',
      source: 'Liskov and Cowling, Viewstamped Replication Revisited, 2012',
      verdict: 'holds with a correction',
      counterexamples: [
        'specs/log/viewstamped/crashes-2/count-old-incarnations',
        'zoo/VR-B1',
        'protocols/viewstamped/state-transfer-truncates',
      ],
      instead:
        'Recovery and state transfer are unsafe as published. It is safe if what a replica said ' +
        'before it crashed is not counted afterwards, or its view number is on disk, and if a ' +
        'replica that is behind keeps its log until it has the newer one.',
      checks: [
        'specs/log/viewstamped/crashes-0/claims',
        'specs/log/viewstamped/crashes-1/claims',
        'specs/log/viewstamped/crashes-2/claims',
        'protocols/viewstamped/claims',
      ],
    },
    {
      id: 'VR-02',
      name: 'Primaries in turn',
      kind: 'protocol',
      says: 'The primary of a view is the replica whose number is the view modulo their count.',
      source: 'Liskov and Cowling, Viewstamped Replication Revisited, 2012, section 4',
      verdict: 'holds',
      checks: [
        inTurn,
        always(
          'whoever knows of others that they have stored something in its view is its primary',
          { spec: viewstampedReplication, size: { crashes: 0 } },
          (s) =>
            [0, 1, 2].every(
              (i) => s.acked.get(i).every((index) => index === 0) || s.view.get(i) % 3 === i,
            ),
        ),
      ],
    },
    {
      id: 'VR-03',
      name: 'A family',
      kind: 'claim',
      says: 'Raft and Zab resemble Viewstamped Replication and Paxos.',
      source: 'van Renesse, Schiper and Schneider, Vive la Difference, 2015',
      verdict: 'holds',
      checks: [oneLog, notOneLog, 'specs/log/multi-paxos/quorums-majority-n-2/claims'],
    },
  ],
}
