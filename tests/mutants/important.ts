import { areas } from './areas.ts'
import type { MutantArea } from './mutant.ts'

/** A function on which the verdicts of many others depend. */
export interface ImportantFunction {
  /** As it is called in the code. */
  readonly name: string
  readonly file: string
  /** What it decides, in a few words. */
  readonly about: string
  /** Tests that notice all of the mistakes; fewer than those of the whole area. */
  readonly tests: readonly string[]
  /** What goes wrong in the mutants that are planted, as they say it themselves. */
  readonly mistakes: readonly string[]
}

const COMPOSED = ['tests/compose/by-hand.test.ts', 'tests/compose/random.test.ts']

export const importantFunctions: readonly ImportantFunction[] = [
  {
    name: 'Visited',
    file: 'src/linearize/visited.ts',
    about: 'which configurations the general search has seen',
    tests: ['tests/linearize/general-search.test.ts'],
    mistakes: ['what a configuration has used is not looked at', 'dominance is turned round'],
  },
  {
    name: 'registerClusters',
    file: 'src/linearize/register-clusters.ts',
    about: 'histories of registers in nearly linear time',
    tests: ['tests/linearize/register-zones.test.ts'],
    mistakes: ['the last call of a cluster is its first'],
  },
  {
    name: 'faultInOrder',
    file: 'src/linearize/replay.ts',
    about: 'whether an order proves that a history is linearizable',
    tests: ['tests/linearize/replay.test.ts'],
    mistakes: ['a proof need not keep to real time', 'operations may be missing from a proof'],
  },
  {
    name: 'shrink',
    file: 'src/linearize/shrink.ts',
    about: 'small counterexamples that are counterexamples',
    tests: ['tests/linearize/shrink.test.ts'],
    mistakes: ['what is left need not be illegal', 'single operations are not left out'],
  },
  {
    name: 'visitedFor',
    file: 'src/explore/visited-source.ts',
    about: 'which states the explorer has seen',
    tests: ['tests/explore/visited.test.ts', 'tests/explore/breadth-first.test.ts'],
    mistakes: ['states are taken for others'],
  },
  {
    name: 'violationOf',
    file: 'src/explore/search.ts',
    about: 'what is wrong in a state, and which violation is reported',
    tests: ['tests/explore/breadth-first.test.ts'],
    mistakes: ['deadlocks are not noticed', 'what is further away is reported'],
  },
  {
    name: 'Expander',
    file: 'src/explore/expander.ts',
    about: 'successors, and which claims have to be asked again',
    tests: ['tests/explore/incremental.test.ts', 'tests/explore/changes.test.ts'],
    mistakes: ['claims are trusted after one was false'],
  },
  {
    name: 'searchedForm',
    file: 'src/explore/reduce/canonical.ts',
    about: 'one state for all that differ by an exchange of identities',
    tests: ['tests/explore/reduce-canonical.test.ts'],
    mistakes: ['of two elements that differ, either is put first'],
  },
  {
    name: 'fairParts',
    file: 'src/explore/liveness/fair.ts',
    about: 'whether all fairness can be kept in a cycle',
    tests: ['tests/explore/liveness.test.ts', 'tests/explore/liveness-random.test.ts'],
    mistakes: [
      'weak fairness is as strong as strong fairness',
      'steps out of a cycle are taken in it',
    ],
  },
  {
    name: 'Fitting',
    file: 'src/explore/validate/fitting.ts',
    about: 'whether a trace is a behaviour of a spec',
    tests: ['tests/validate/twin.test.ts'],
    mistakes: ['only the first way that fits is followed'],
  },
  {
    name: 'localOutcomes',
    file: 'src/compose/local-step.ts',
    about: 'what a real node does with one event, and what a crash leaves of it',
    tests: COMPOSED,
    mistakes: ['what waits for a write leaves although the node crashed before'],
  },
  {
    name: 'ComposedRunner',
    file: 'src/compose/composed-runner.ts',
    about: 'the steps of joined nodes, clients and the network',
    tests: COMPOSED,
    mistakes: ['messages that are lost arrive', 'clients hear what they do not wait for'],
  },
  {
    name: 'MessageBag',
    file: 'src/compose/network.ts',
    about: 'the messages under way, as integers',
    tests: ['tests/compose/random.test.ts'],
    mistakes: ['two messages that are the same are one'],
  },
  {
    name: 'verifyLoad',
    file: 'src/quorum/load/verify-load.ts',
    about: 'whether a load is optimal, by its certificate',
    tests: ['tests/quorum/load/verify-load.test.ts'],
    mistakes: ['any load is believed', 'any bound is believed'],
  },
  {
    name: 'failureProbability',
    file: 'src/quorum/metrics/failure-probability.ts',
    about: 'how likely no quorum is alive',
    tests: ['tests/quorum/metrics'],
    mistakes: ['the second side is forgotten'],
  },
  {
    name: 'EventQueue',
    file: 'src/simulate/event-queue.ts',
    about: 'what the simulator does next',
    tests: ['tests/simulate/twin.test.ts', 'tests/simulate/run.test.ts'],
    mistakes: ['what is planned first for a time happens last', 'a heap out of order'],
  },
  {
    name: 'NodeDisk',
    file: 'src/simulate/node-disk.ts',
    about: 'what is written when, and what a crash leaves of it',
    tests: ['tests/simulate/twin.test.ts', 'tests/simulate/faults.test.ts'],
    mistakes: ['crashes lose nothing', 'nothing waits for the disk'],
  },
  {
    name: 'smallestPart',
    file: 'src/simulate/shrink-list.ts',
    about: 'the smallest run that fails',
    tests: ['tests/simulate/shrink.test.ts'],
    mistakes: ['parts are taken away that were needed', 'nothing is taken away'],
  },
  {
    name: 'scan',
    file: 'src/cluster/wal-format.ts',
    about: 'a file of records after a crash: torn, or damaged',
    tests: ['tests/cluster/wal-format.test.ts'],
    mistakes: ['damage is taken for a torn end', 'flipped bits are not seen'],
  },
  {
    name: 'replay',
    file: 'src/node/replay.ts',
    about: 'whether the pure code does what a real process did',
    tests: ['tests/node/replay.test.ts'],
    mistakes: ['an effect too few goes unseen'],
  },
  {
    name: 'Successors',
    file: 'src/valency/successors.ts',
    about: 'configurations of an asynchronous protocol',
    tests: ['tests/valency/twin.test.ts', 'tests/valency/zoo.test.ts'],
    mistakes: ['of several messages to a process only one can be received'],
  },
  {
    name: 'discerning',
    file: 'src/valency/shared-memory/discerning.ts',
    about: 'how many processes can agree by objects of a type',
    tests: ['tests/valency/shared-memory/discerning.test.ts'],
    mistakes: ['ties count twice'],
  },
  {
    name: 'Tally',
    file: 'src/campaign/tally.ts',
    about: 'the same result of a campaign by however many threads',
    tests: ['tests/campaign/campaign.test.ts'],
    mistakes: ['seeds in the order of threads'],
  },
  {
    name: 'changesBetween',
    file: 'src/core/run-compare.ts',
    about: 'what differs from the accepted verdicts',
    tests: ['tests/core/run-compare.test.ts'],
    mistakes: ['what is red is not told', 'rows vanish without a word'],
  },
]

/** The mutants of each of these functions, out of all that there are. */
export function importantAreas(): Readonly<Record<string, MutantArea>> {
  const all = Object.values(areas).flatMap(({ mutants }) => mutants)
  return Object.fromEntries(
    importantFunctions.map(({ name, file, tests, mistakes }) => [
      `${name} (${file})`,
      {
        tests,
        mutants: mistakes.map((mistake) => {
          const found = all.find((mutant) => mutant.file === file && mutant.mistake === mistake)
          if (found === undefined) throw new Error(`no mutant of ${file}: ${mistake}`)
          return found
        }),
      },
    ]),
  )
}
