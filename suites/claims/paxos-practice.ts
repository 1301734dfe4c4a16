import { multiPaxos as multiPaxosCode } from '../../impls/multi-paxos/multi-paxos.ts'
import { paxos as paxosCode } from '../../impls/paxos/paxos.ts'
import { raft } from '../../impls/raft/raft.ts'
import { viewstamped } from '../../impls/viewstamped/viewstamped.ts'
import { zab } from '../../impls/zab/zab.ts'
import { multiPaxos } from '../../specs/log/multi-paxos.ts'
import type { AnyProtocol } from '../../src/node/index.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import { proposals } from './paxos-questions.ts'
import {
  acceptorsGoOn,
  acceptorsTell,
  curveOfRelays,
  oneRelayIsEnough,
  oneRoundTripInSteadyState,
  phaseOneBefore,
  proposerDies,
  proposerTells,
  refusalsCost,
  refusalsHelp,
  relaysTell,
  threeRoundTrips,
  twoRoundTrips,
  wavesOfMessages,
} from './paxos-runs.ts'
import { quietRun, sentIn, subsets } from './quiet-run.ts'
import { reaches } from './spec-states.ts'

const writes = (client: number) =>
  Array.from({ length: 10 }, (_, at) => ({ f: 'write', key: 'x', value: client * 100 + at }))

/** Leaders are elected by then. */
const ELECTED_MS = 2000

/** How many nodes send what proposes values, when three clients ask, in each of five runs. */
function proposersOf(protocol: AnyProtocol, type: string): readonly number[] {
  const isSymmetric = protocol === paxosCode
  const asks = isSymmetric ? proposals(3, [0, 1, 2]) : [1, 2, 3].map(writes)
  return [1, 2, 3, 4, 5].map((seed) => {
    const run = quietRun({
      protocol,
      nodes: 3,
      asks,
      rate: isSymmetric ? 1000 : 8,
      forMs: 4000,
      seed,
    })
    const sent = sentIn(run).filter(({ at }) => isSymmetric || at > ELECTED_MS)
    return new Set(sent.flatMap((one) => (one.type === type ? [one.from] : []))).size
  })
}

const whoProposes = question(
  'run',
  'in single-decree Paxos any node that is asked proposes; in the others only one, the leader',
  () => {
    const rows = [
      { protocol: paxosCode, type: 'prepare', wanted: 3 },
      { protocol: multiPaxosCode, type: 'accept', wanted: 1 },
      { protocol: raft, type: 'append', wanted: 1 },
      { protocol: zab, type: 'propose', wanted: 1 },
      { protocol: viewstamped, type: 'prepare', wanted: 1 },
    ].map(({ protocol, type, wanted }) => {
      const counts = proposersOf(protocol, type)
      return { name: protocol.name, counts, isSo: counts.every((count) => count === wanted) }
    })
    return answer(
      rows.every(({ isSo }) => isSo),
      `nodes that propose in each of five runs: ${rows
        .map(({ name, counts }) => `${name} ${counts.join(' ')}`)
        .join(', ')}`,
    )
  },
)

/** Whether all sets of these sizes meet as Fast Paxos needs it, by looking at the sets. */
function meets(nodes: number, classic: number, fast: number): boolean {
  const all = Array.from({ length: nodes }, (_, at) => at)
  const [classics, fasts] = [subsets(all, classic), subsets(all, fast)]
  const share = (one: readonly number[], other: readonly number[]): boolean =>
    one.some((node) => other.includes(node))
  const common = (one: readonly number[], other: readonly number[], third: readonly number[]) =>
    one.some((node) => other.includes(node) && third.includes(node))
  return (
    classics.every((one) => classics.every((other) => share(one, other))) &&
    fasts.every((one) =>
      fasts.every((other) => classics.every((third) => common(one, other, third))),
    )
  )
}

const fastQuorums = question(
  'enumeration',
  'with majorities as classic quorums the smallest fast quorums have three quarters of the nodes',
  () => {
    const rows = [3, 4, 5, 6].map((nodes) => {
      const classic = Math.floor(nodes / 2) + 1
      let fast = classic
      while (fast < nodes && !meets(nodes, classic, fast)) fast++
      return { nodes, fast, expected: Math.ceil((3 * nodes) / 4) }
    })
    const told = rows.map(({ nodes, fast }) => `${fast} of ${nodes}`)
    return answer(
      rows.every(({ fast, expected }) => fast === expected),
      `the smallest fast quorums by looking at all sets: ${told.join(', ')}`,
    )
  },
)

const faultsOfBoth = question(
  'enumeration',
  'f faults need more than 2f nodes in classic rounds and more than 3f in fast ones',
  () => {
    const rows = [2, 3, 4, 5, 6, 7].map((nodes) => {
      const tolerates = (fast: boolean): number => {
        let faults = 0
        const holds = (f: number): boolean =>
          fast ? meets(nodes, nodes - f, nodes - f) : 2 * (nodes - f) > nodes
        while (faults + 1 < nodes && holds(faults + 1)) faults++
        return faults
      }
      return { nodes, classic: tolerates(false), fast: tolerates(true) }
    })
    return answer(
      rows.every(
        ({ nodes, classic, fast }) =>
          classic === Math.ceil(nodes / 2) - 1 && fast === Math.ceil(nodes / 3) - 1,
      ),
      `faults, classic and fast: ${rows
        .map(({ nodes, classic, fast }) => `n = ${nodes}: ${classic} and ${fast}`)
        .join('; ')}`,
    )
  },
)

/** What it costs, and what becomes of it in practice. */
export const paxosPracticeClaims: readonly Claim[] = [
  {
    id: 'PAX-15',
    name: 'Clients wait two round trips',
    kind: 'metric',
    says: 'Each of the two phases is a round trip, so a client waits for two.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [threeRoundTrips],
    instead: 'The proposer waits for two; its client, if it sits elsewhere, for one more.',
    checks: [twoRoundTrips],
  },
  {
    id: 'PAX-18',
    name: 'Refusals',
    kind: 'protocol',
    says: 'An acceptor that says no instead of nothing lets a proposer give up early.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.3',
    verdict: 'holds',
    checks: [refusalsHelp, refusalsCost, 'protocols/paxos/silent'],
  },
  {
    id: 'PAX-19',
    name: 'The proposer tells the decision',
    kind: 'metric',
    says: 'A proposer that tells all others sends n - 1 messages, and nobody learns if it dies.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.3',
    verdict: 'holds',
    checks: [proposerTells, proposerDies],
  },
  {
    id: 'PAX-20',
    name: 'Acceptors tell the decision',
    kind: 'metric',
    says: 'If each acceptor tells all, that is of the order of n squared messages, and robust.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.3',
    verdict: 'holds',
    checks: [acceptorsTell, acceptorsGoOn, 'protocols/paxos/acceptors'],
  },
  {
    id: 'PAX-21',
    name: 'Relays tell the decision',
    kind: 'metric',
    says: 'A few distinguished learners that pass it on are a compromise between the two.',
    source: 'Lamport, Paxos Made Simple, 2001, section 2.3',
    verdict: 'holds',
    checks: [relaysTell, oneRelayIsEnough, curveOfRelays, 'protocols/paxos/relays'],
  },
  {
    id: 'PAX-26',
    name: 'Two phases or three',
    kind: 'claim',
    says: 'It is called a protocol of three phases, and elsewhere one of two.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [wavesOfMessages],
    instead:
      'Two phases choose, each a question with its answers; what some count as the third is the ' +
      'announcement, which nothing waits for.',
    checks: [twoRoundTrips],
  },
  {
    id: 'PAX-27',
    name: 'History of the paper',
    kind: 'claim',
    says: 'It was submitted in 1990, told as a story of Greek islanders, and printed in 1998.',
    source: 'Lamport, The Part-Time Parliament, 1998',
    verdict: 'not executable',
    because: 'when something was printed is in libraries, not in programs',
  },
  {
    id: 'PAX-28',
    name: 'Multi-Paxos',
    kind: 'protocol',
    says:
      'One first phase serves many slots of a log, so that a command takes one round trip from ' +
      'the leader to the acceptors.',
    source: 'Lamport, Paxos Made Simple, 2001, section 3',
    verdict: 'holds',
    checks: [
      oneRoundTripInSteadyState,
      'specs/log/multi-paxos/quorums-majority-n-2/claims',
      'specs/log/multi-paxos/slot-1/claims',
      'protocols/multi-paxos/claims',
      'traces/multi-paxos/claims',
      'specs/log/multi-paxos/apply-past-gap',
      'zoo/PX-10',
    ],
  },
  {
    id: 'PAX-29',
    name: 'Phase 1 knows no request',
    kind: 'claim',
    says: 'The first phase does not depend on what is asked for, and can be run in advance.',
    source: 'Lamport, Paxos Made Simple, 2001, section 3',
    verdict: 'holds',
    checks: [
      phaseOneBefore,
      reaches(
        'all acceptors have promised while nothing is proposed',
        { spec: multiPaxos, size: { quorums: 'majority(n=3)', slot: 1 } },
        (s) =>
          s.promise.get(0).every((promise) => promise !== null) &&
          s.proposal.every((slots) => slots.every((value) => value === null)),
      ),
    ],
  },
  {
    id: 'PAX-30',
    name: 'From the paper to practice',
    kind: 'claim',
    says:
      'The paper leaves out what an implementation needs: disks that go bad, disks that fill up, ' +
      'reads, and members that change. Each can be got wrong.',
    source: 'Chandra, Griesemer and Redstone, Paxos Made Live, 2007, section 5',
    verdict: 'holds',
    checks: [
      'zoo/RF-33',
      'zoo/RF-27',
      'protocols/multi-paxos/local-read',
      'protocols/raft/change-in-one-step',
    ],
  },
  {
    id: 'PAX-31',
    name: 'No formula beyond n1 > n2',
    kind: 'claim',
    says: 'The simple description contains no formula that is more complicated than n1 > n2.',
    source: 'Lamport, Paxos Made Simple, 2001, section 1',
    verdict: 'not executable',
    because: 'it is about the text of a paper',
  },
  {
    id: 'PAX-32',
    name: 'Cheap, fast, generalized, Byzantine',
    kind: 'claim',
    says:
      'There are variants with other quorums: fast rounds save a message delay and need larger ' +
      'quorums.',
    source: 'Lamport, Fast Paxos, 2006, section 2.3',
    verdict: 'holds',
    checks: [
      fastQuorums,
      faultsOfBoth,
      'specs/consensus/sf-paxos-sym/quorums-majority-n-3-value-2-ballot-3/claims',
    ],
  },
  {
    id: 'PAX-33',
    name: 'With and without a leader',
    kind: 'claim',
    says: 'Protocols fall into those in which any node proposes and those in which a leader does.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [whoProposes],
  },
  {
    id: 'PAX-34',
    name: 'Vertical Paxos',
    kind: 'protocol',
    says:
      'A separate master knows the configuration, and within it a primary and its backups do ' +
      'the work.',
    source: 'Lamport, Malkhi and Zhou, Vertical Paxos and Primary-Backup Replication, 2009',
    verdict: 'holds',
    checks: [
      'specs/replication/vertical-paxos/claims',
      'specs/replication/vertical-paxos/activate-early',
      'specs/replication/vertical-paxos/no-fence',
    ],
  },
]
