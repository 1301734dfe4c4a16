import type { Claim } from './claim.ts'
import {
  aLiarBreaksPaxos,
  boundsBindInRounds,
  inAllRuns,
  paxosFollowsTheDead,
} from './consensus-questions.ts'
import { floodSet, hastyCoordinators } from './crash-runs.ts'
import { satisfies, violates } from './drawn.ts'
import { neverForEver } from './flp-ways-round.ts'

const BOOK = 'Cachin, Guerraoui & Rodrigues 2011, section 5.1.1'

/** What is asked of consensus. */
export const consensusProperties: readonly Claim[] = [
  {
    id: 'CNS-01',
    name: 'Consensus: agreement',
    kind: 'property',
    says: 'Uniform agreement: all processes that stay correct decide the same.',
    source: 'lecture notes; Cachin, Guerraoui & Rodrigues 2011, sections 5.1.1 and 5.2.1',
    verdict: 'holds with a correction',
    counterexamples: [
      inAllRuns(
        'the correct may agree, and one that has crashed may have decided otherwise before',
        hastyCoordinators,
        'dead',
        ({ disagree, disagreeWithDead }) => disagree === 0 && disagreeWithDead > 0,
      ),
    ],
    instead:
      'That the correct agree is agreement as such. It is uniform if what processes decided ' +
      'that crashed later counts as well, which is what Paxos, Raft, Zab and Viewstamped ' +
      'Replication have.',
    checks: [
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      'protocols/paxos/instances',
      inAllRuns(
        'who decides only after the last round agrees with all, dead or alive',
        floodSet,
        'dead',
        ({ disagreeWithDead }) => disagreeWithDead === 0,
      ),
      // A round less, and not even the living agree.
      'rounds/algorithms/flood-set-n-3-r-1',
      violates('a decision of a process that crashes, and another one of those that live', {
        history: `
          a: [propose 1 -> 1] [crash]
          b: [propose 2                ->   2]`,
        condition: 'consensus',
      }),
    ],
  },
  {
    id: 'CNS-02',
    name: 'Consensus: integrity',
    kind: 'property',
    says: 'A process that stays correct decides at most once, and a value that was proposed.',
    source: BOOK,
    verdict: 'holds',
    checks: [
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      'valency/paxos/2-processes',
      violates('a value that nobody proposed', {
        history: `
          a: [propose 1 -> 3]
          b: [propose 2 -> 3]`,
        condition: 'consensus',
      }),
      violates('a process that decides twice', {
        history: `
          a: [propose 1 -> 1]
          b: [propose 2 -> null] [decide -> 1] [decide -> 1]`,
        condition: 'consensus',
      }),
      satisfies('the value of one of them', {
        history: `
          a: [propose 1 -> 2]
          b: [propose 2 -> 2]`,
        condition: 'consensus',
      }),
      'protocols/consensus-from-broadcast/last-delivered',
    ],
  },
  {
    id: 'CNS-03',
    name: 'Consensus: termination',
    kind: 'property',
    says: 'Every process decides in the end.',
    source:
      'lecture notes; for correct processes Cachin, Guerraoui & Rodrigues 2011, section 5.1.1',
    verdict: 'holds with a correction',
    counterexamples: [
      inAllRuns(
        'who crashes before it decides never does, in whatever protocol',
        floodSet,
        'undecided',
        ({ undecided }) => undecided > 0,
      ),
    ],
    instead:
      'Every process that does not crash decides in the end. Without a clock no deterministic ' +
      'protocol does that; with coins it has probability 1.',
    checks: [
      'specs/broadcast/consensus-by-order/claims',
      'rounds/algorithms/flood-set-n-3-r-2',
      violates('a process that proposes and is never told', {
        history: `
          a: [propose 1 -> 1]
          b: [propose 2 -> null]`,
        condition: 'consensus',
      }),
      satisfies('the same where it crashes', {
        history: `
          a: [propose 1 -> 1]
          b: [propose 2 -> null] [crash]`,
        condition: 'consensus',
      }),
      'valency/paxos/2-processes/01-until-decided',
      neverForEver(),
    ],
  },
  {
    id: 'CNS-04',
    name: 'Consensus: what the correct propose binds',
    kind: 'property',
    says: 'If all correct processes propose the same value, all correct processes decide it.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      paxosFollowsTheDead,
      inAllRuns(
        'three processes in rounds decide what only one proposed that has crashed',
        floodSet,
        'against',
        ({ against }) => against > 0,
      ),
      'rounds/crash/n-2-f-1-r-2-correct',
    ],
    instead:
      'Where processes crash, what is decided was proposed by some process, perhaps by one that ' +
      'has crashed. The stronger demand is for traitors; in rounds with crashes it takes n > 2f.',
    checks: ['valency/paxos/2-processes', boundsBindInRounds],
  },
  {
    id: 'CNS-05',
    name: 'Consensus: validity',
    kind: 'property',
    says: 'The decision is one of the values that were proposed.',
    source: BOOK,
    verdict: 'holds',
    checks: [
      'valency/paxos/2-processes',
      'hierarchy/compare-and-set/3-processes',
      'specs/broadcast/consensus-by-order/claims',
      violates('a value that stands for none', {
        history: `
          a: [propose 1 -> 0]
          b: [propose 2 -> 0]`,
        condition: 'consensus',
      }),
      // All vote for 1, and 0 is decided: right for commit, wrong for consensus.
      'valency/2pc-timeout/3-processes',
    ],
  },
  {
    id: 'CNS-06',
    name: 'Bits are enough',
    kind: 'claim',
    says: 'It is no loss of generality to look at consensus on 0 and 1 alone.',
    source: 'Mostefaoui, Raynal & Tronel 2000',
    verdict: 'holds',
    checks: [
      'specs/consensus/values-by-bits/processes-3/symmetry/claims',
      'specs/consensus/values-by-bits/processes-2/claims',
      // It takes care: bits of different values put together are nobody's value.
      'specs/consensus/values-by-bits/processes-2/each-bit-alone',
      'specs/consensus/values-by-bits/processes-2/tells-nobody',
    ],
  },
  {
    id: 'CNS-07',
    name: 'Crashes, not lies',
    kind: 'claim',
    says: 'Consensus as it is meant here must bear processes that crash, not processes that lie.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      'protocols/paxos/instances',
      aLiarBreaksPaxos,
      // Three can agree in spite of a crash, and cannot in spite of a traitor.
      'rounds/crash/n-3-f-1-r-2',
      'rounds/byzantine/glued-n-3',
    ],
  },
]
