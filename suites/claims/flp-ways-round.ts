import { deterministic } from './deterministic-protocols.ts'
import { viewChanges } from '../../specs/consensus/view-changes.ts'
import { seeded } from '../../src/core/random.ts'
import { counted } from '../../src/core/wording.ts'
import { model } from '../../src/explore/index.ts'
import { asynchronousNamed, processOf, reported } from './asynchronous.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import { holds } from './model-questions.ts'
import type { RandomRun } from './random-runs.ts'
import { estimateText, estimated, randomRun } from './random-runs.ts'

/** What the theorem leaves open. */
export const waysRound: readonly Claim[] = [
  {
    id: 'FLP-15',
    name: 'Delayed as long as there is no synchrony',
    kind: 'claim',
    says:
      'Any algorithm that is safe can be kept from deciding for as long as the system is not ' +
      'synchronous.',
    source: 'lecture notes, after Fischer, Lynch & Paterson 1985',
    verdict: 'holds with a correction',
    counterexamples: [neverForEver()],
    instead:
      'Any deterministic algorithm that is safe can. Of a randomised one the delaying schedules ' +
      'have probability 0 together, unless the adversary chooses the coins as well.',
    checks: [
      question('valency', 'each deterministic protocol that is safe can be delayed', () => {
        const safe = deterministic.filter(([name, n]) => {
          const { agreement, validity } = reported(name, n)
          return agreement === 'holds' && validity === 'holds'
        })
        const delayed = safe.filter(([name, n]) => {
          const { defects } = reported(name, n)
          return defects.includes('blocks') || defects.includes('fair undecided run')
        })
        const shown = safe.map(([name, n]) => `${name}: ${reported(name, n).defects.join(', ')}`)
        const sentence = `${delayed.length} of ${counted(safe.length, 'safe protocol')}`
        return answer(safe.length > 0 && delayed.length === safe.length, sentence, shown)
      }),
      'valency/paxos/3-processes/010',
    ],
  },
  {
    id: 'FLP-16',
    name: 'Bad schedules are rare and do not last',
    kind: 'claim',
    says: 'Schedules that prevent a decision are rare in practice, and do not last long.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      question('run', 'two proposers left to chance decide after few ballots', () => {
        const ballots = randomRuns('paxos', [0, 1, 0]).map(highestBallot)
        const found = estimated(ballots)
        const beyond = (most: number) => ballots.filter((ballot) => ballot > most).length
        const tail = [2, 4, 8, 16].map((most) => `more than ${most}: ${beyond(most)}`)
        const sentence =
          `${counted(RUNS, 'run')} (seed ${SEED}), all decide; ballots needed: ` +
          `${estimateText(found)}, at most ${found.most}`
        // The tail must fall off at least as fast as one that halves from ballot to ballot.
        const falls = beyond(8) <= beyond(2) / 8 + 1 && ballots.every((ballot) => ballot > 0)
        return answer(falls, sentence, tail)
      }),
      // An adversary needs no end.
      'valency/paxos/3-processes/010',
    ],
  },
  {
    id: 'FLP-17',
    name: 'Way round 1: randomisation',
    kind: 'protocol',
    says: 'An algorithm that tosses coins agrees always, and decides with probability 1.',
    source: 'Ben-Or 1983',
    verdict: 'holds',
    checks: [
      neverForEver(),
      question('run', 'Ben-Or with three processes, left to chance, decides soon and alike', () => {
        const runs = randomRuns('ben-or', [0, 1, 1])
        const alike = runs.filter(({ decisions }) => new Set(decisions).size === 1)
        const steps = estimated(runs.map((run) => run.steps ?? Infinity))
        const sentence =
          `${alike.length} of ${counted(RUNS, 'run')} (seed ${SEED}) agree; steps needed: ` +
          `${estimateText(steps)}, at most ${steps.most}`
        return answer(alike.length === RUNS, sentence)
      }),
      // Majorities must be of all, not of those who were heard.
      'valency/ben-or-received/2-processes',
    ],
  },
  {
    id: 'FLP-18',
    name: 'Way round 2: weaker agreement',
    kind: 'protocol',
    says: 'What is impossible for one value can be done if processes may disagree for a while.',
    source: 'lecture notes; Chaudhuri 1993 for k-set agreement',
    verdict: 'holds',
    checks: [
      'valency/wait-for-n-1/3-processes/k-2',
      'valency/wait-for-n-1/3-processes',
      question(
        'valency',
        'three processes that decide their own values agree on three, not two',
        () => {
          const [three, two] = [3, 2].map((agree) => reported('own-value', 3, { agree }))
          const [wide, narrow] = [three, two].map((each) => defectsOf(each?.defects))
          const sentence = `with 3 values allowed: ${wide ?? ''}; with 2: ${narrow ?? ''}`
          return answer(three?.outcome === 'pass' && two?.agreement === 'violated', sentence)
        },
      ),
      'specs/replication/multi-master/claims',
    ],
  },
  {
    id: 'FLP-19',
    name: 'Way round 3: end in synchronous periods',
    kind: 'protocol',
    says: 'An algorithm that is always safe can be made to decide once the system is synchronous.',
    source: 'Dwork, Lynch & Stockmeyer 1988',
    verdict: 'holds',
    checks: [
      'valency/paxos/2-processes/gst',
      'valency/paxos/2-processes',
      // A fourth way: an oracle that names a leader.
      'valency/paxos/2-processes/omega',
      'protocols/paxos/instances',
      'protocols/raft/claims',
    ],
  },
  {
    id: 'FLP-20',
    name: 'Dijkstra prize 2001',
    kind: 'claim',
    says: 'The paper won the prize for influential papers in distributed computing of 2001.',
    source: 'lecture notes',
    verdict: 'not executable',
    because: 'who was given a prize is a matter of history, which no run can show',
  },
  {
    id: 'FLP-21',
    name: 'Neither wait nor decide',
    kind: 'claim',
    says:
      'A process that has not heard of another one can neither wait for it, perhaps for ever, ' +
      'nor decide without it, perhaps wrongly.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      'valency/wait-for-all/3-processes',
      'valency/wait-for-n-1/3-processes',
      'valency/own-value/2-processes',
    ],
  },
]

/** In rounds, and with traitors. */
export const roundBounds: readonly Claim[] = [
  {
    id: 'FLP-22',
    name: 'f + 1 rounds',
    kind: 'theorem',
    says:
      'A deterministic algorithm for synchronous processes that tolerates f crashes needs at ' +
      'least f + 1 rounds.',
    source: 'Fischer & Lynch 1982; Lynch 1996, section 6.7',
    verdict: 'holds with a correction',
    counterexamples: ['rounds/crash/n-2-f-1-r-1'],
    instead:
      'In the worst case, and if there are at least f + 2 processes: two of which one may crash ' +
      'need a single round.',
    checks: [
      'rounds/crash/n-3-f-1-r-1',
      'rounds/crash/n-3-f-1-r-2',
      'rounds/crash/n-4-f-2-r-1',
      'rounds/crash/n-4-f-2-r-2',
      'rounds/crash/n-4-f-2-r-3',
      'rounds/algorithms/flood-set-n-3-r-1',
      'rounds/algorithms/flood-set-n-3-r-2',
      'rounds/algorithms/flood-set-n-4-r-2',
      'rounds/algorithms/flood-set-n-4-r-3',
    ],
  },
  {
    id: 'FLP-23',
    name: 'Does PBFT beat these bounds?',
    kind: 'claim',
    says:
      'PBFT is deterministic and asynchronous, tolerates Byzantine faults, and decides within ' +
      'five rounds of messages.',
    source: 'lecture notes, on Castro & Liskov 1999',
    verdict: 'holds with a correction',
    counterexamples: ['specs/consensus/view-changes/timely-false/claims'],
    instead:
      'It is safe without any synchrony, and decides only where delays are bounded for long ' +
      'enough: so it beats neither bound. Five rounds are counted where nothing is late or faulty.',
    checks: [
      holds('without any synchrony no two correct replicas of four decide differently', () => {
        const { properties: _, ...safety } = viewChanges.make({ timely: false })
        return model(safety)
      }),
      'specs/consensus/view-changes/claims',
      'specs/consensus/view-changes/new-view-is-free',
      'rounds/byzantine/oral-n-4',
    ],
  },
]

const RUNS = 2000
const SEED = 1

/** Of Ben-Or: rounds at most one apart, which is its own bound. */
export function neverForEver(): Question {
  const asks = 'Ben-Or with three processes and fair coins has no fair run without decision'
  return question('valency', asks, () => {
    const { processes, findings, configurations, bivalentInitial } = reported('ben-or', 3, {
      inputs: [[0, 1, 1]],
      lemmas: 0,
      coins: 'random',
    })
    const bound = asynchronousNamed('ben-or').make(processes).normal?.bound ?? 'nothing'
    const undecided = findings.filter(({ stories }) => stories.undecided !== undefined)
    const disagree = findings.filter(({ agreement }) => !agreement)
    const sentence =
      `none in ${counted(configurations, 'configuration')} from the inputs 011, which are ` +
      `${bivalentInitial.length > 0 ? '' : 'not '}bivalent; left out: ${bound}`
    return answer(
      undecided.length === 0 && disagree.length === 0 && bivalentInitial.length > 0,
      undecided.length === 0 ? sentence : 'there is one',
    )
  })
}

const kept = new Map<string, readonly RandomRun[]>()

function randomRuns(name: string, inputs: readonly number[]): readonly RandomRun[] {
  const random = seeded(SEED)
  const process = processOf(name, inputs.length)
  const runs =
    kept.get(name) ?? Array.from({ length: RUNS }, () => randomRun(process, inputs, random))
  kept.set(name, runs)
  return runs
}

/** The number of the ballot in which two proposers decided, which acceptors remember; 0: none. */
function highestBallot({ steps, locals }: RandomRun): number {
  if (steps === undefined) return 0
  const promised = locals.map((local) => (local as { readonly promised: number }).promised)
  return Math.max(...promised)
}

function defectsOf(defects: readonly string[] | undefined): string {
  return defects === undefined || defects.length === 0 ? 'no defect' : defects.join(', ')
}
