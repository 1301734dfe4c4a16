import { counted, shown } from '../../src/core/wording.ts'
import { inputChoices } from '../../src/valency/inputs.ts'
import { stepsAlong } from '../../src/valency/runs.ts'
import { toldRun } from '../../src/valency/told-run.ts'
import { isBivalent } from '../../src/valency/valence.ts'
import { labelled, processOf, reported, runLines } from './asynchronous.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import {
  ambiguousParts,
  countLabels,
  crashesAddNothing,
  graphsOf,
  idleWhileWaiting,
  longSchedules,
  onlyChanges,
  swapped,
} from './flp-questions.ts'
import { isFor, plainGraph, valuesFrom } from './plain-configurations.ts'

const FLP = 'Fischer, Lynch & Paterson 1985, section 2'
/** Small enough for the plain search: protocol and number of processes. */
const SMALL = [
  ['wait-for-all', 3],
  ['wait-for-n-1', 3],
  ['fixed-leader', 3],
  ['leader-timeout', 3],
  ['2pc', 3],
  ['2pc-timeout', 3],
] as const

/** The model in which the theorem is stated. */
export const flpModel: readonly Claim[] = [
  {
    id: 'FLP-02',
    name: 'The model: a buffer of messages',
    kind: 'spec',
    says:
      'To send puts a message into a buffer; to receive takes one of those for the process out ' +
      'of it, whichever, or finds nothing even though there are some.',
    source: FLP,
    verdict: 'holds',
    checks: [
      question(
        'enumeration',
        'the engine reaches just the configurations that follow from this definition',
        () => {
          const rows = SMALL.map(([name, processes]) => {
            const plain = graphsOf(name, processes)
            const all = plain.reduce((sum, graph) => sum + graph.configurations.length, 0)
            return { name, all, engine: reported(name, processes).configurations }
          })
          const shown = rows.map(({ name, all, engine }) => `${name}: ${all}, engine ${engine}`)
          const sentence = `${counted(rows.length, 'protocol')}: the same counts both ways`
          return answer(
            rows.every(({ all, engine }) => all === engine),
            sentence,
            shown,
          )
        },
      ),
      question(
        'enumeration',
        'what is received is left to an adversary: it alone decides what is decided',
        () => {
          const { values } = reported('2pc-timeout', 3).findings.at(-1) ?? { values: [] }
          const decided = values.map(shown).join(' or ')
          const sentence = `two-phase commit with a timeout, all for 1: decides ${decided}`
          return answer(values.length === 2, sentence)
        },
      ),
    ],
  },
  {
    id: 'FLP-03',
    name: 'Configuration',
    kind: 'spec',
    says: 'A configuration is the internal states of all processes and what is in the buffer.',
    source: FLP,
    verdict: 'holds',
    checks: [
      question(
        'enumeration',
        'neither the states alone nor the buffer alone say what can be decided, both together do',
        () => {
          const { configurations, byStates, byBuffer, byBoth } = ambiguousParts()
          const sentence =
            `a process tells its input and forgets it: of ` +
            `${counted(configurations, 'configuration')}, ${byStates} share their states and ` +
            `${byBuffer} their buffer with one that ends otherwise, ${byBoth} both`
          return answer(byStates > 0 && byBuffer > 0 && byBoth === 0, sentence)
        },
      ),
    ],
  },
  {
    id: 'FLP-04',
    name: 'Step: receive, change, send; or crash',
    kind: 'spec',
    says:
      'In a step one process receives or not, changes its state and sends; or it crashes, and ' +
      'takes no more steps.',
    source: `${FLP}, where a crash is no event`,
    verdict: 'holds',
    checks: [
      question('enumeration', 'each step changes the state of one process alone', () => {
        let steps = 0
        let others = 0
        for (const [name, processes] of SMALL) {
          for (const graph of graphsOf(name, processes)) {
            for (const [at, out] of graph.steps.entries()) {
              for (const { process, to } of out) {
                steps++
                if (!onlyChanges(graph, at, to, process)) others++
              }
            }
          }
        }
        return answer(others === 0, `${counted(steps, 'step')}, ${others} change another process`)
      }),
      ...SMALL.slice(0, 4).map(([name, processes]) => crashesAddNothing(name, processes)),
    ],
  },
  {
    id: 'FLP-05',
    name: 'Execution and schedule',
    kind: 'spec',
    says:
      'An execution is a sequence of steps, which may go on for ever; a schedule is a finite ' +
      'sequence of events that leads from a configuration to another.',
    source: FLP,
    verdict: 'holds',
    checks: [
      question(
        'enumeration',
        'each configuration that can be reached is reached by a finite schedule',
        () => {
          const { graph } = labelled('wait-for-n-1', [0, 1, 1])
          let longest = 0
          let same = 0
          for (let at = 0; at < graph.count; at++) {
            const steps = stepsAlong(graph, graph.pathTo(at))
            longest = Math.max(longest, steps.length)
            if (toldRun(graph, [0, 1, 1], steps).replayed !== false) same++
          }
          const sentence =
            `${counted(graph.count, 'configuration')}, all within ${counted(longest, 'step')}, ` +
            `${same} reached again by the code of the protocol`
          return answer(same === graph.count, sentence)
        },
      ),
      question('valency', 'an execution may go on for ever, as two proposers show', () => {
        const found = reported('paxos', 2).findings.find(({ stories }) => stories.undecided)
        const run = found?.stories.undecided?.run
        if (run?.loop === undefined) return answer(false, 'no such run was found')
        const cycle = run.steps.length - run.loop
        const sentence = `after ${run.loop} steps, ${cycle} can be repeated without end`
        return answer(run.replayed === true, sentence, runLines(run))
      }),
    ],
  },
  {
    id: 'FLP-06',
    name: 'Messages are received in the end',
    kind: 'property',
    says: 'No message is lost: one that is sent to a process that does not crash is received.',
    source: FLP,
    verdict: 'holds',
    checks: [
      question(
        'enumeration',
        'runs without a decision in which a message waits for ever are not among the fair ones',
        () => {
          let unfair = 0
          for (const graph of graphsOf('wait-for-all', 3)) unfair += idleWhileWaiting(graph)
          const { findings } = reported('wait-for-all', 3)
          const fair = findings.filter(({ stories }) => stories.undecided !== undefined)
          const sentence =
            `${counted(unfair, 'configuration')} of wait-for-all in which nobody need do ` +
            `anything while a message waits; ${counted(fair.length, 'fair run')} without decision`
          return answer(unfair > 0 && fair.length === 0, sentence)
        },
      ),
      'valency/wait-for-all/3-processes',
      'valency/paxos/2-processes/01-until-decided',
    ],
  },
  {
    id: 'FLP-07',
    name: 'Lemma 1: disjoint schedules commute',
    kind: 'theorem',
    says:
      'If two schedules can be applied to a configuration and no process takes steps in both, ' +
      'they can be applied one after the other in either order, with the same result.',
    source: 'Fischer, Lynch & Paterson 1985, lemma 1',
    verdict: 'holds',
    checks: [
      'valency/wait-for-all/3-processes',
      'valency/wait-for-n-1/3-processes',
      longSchedules('wait-for-n-1'),
      longSchedules('leader-timeout'),
      longSchedules('2pc-timeout'),
      question('enumeration', 'two events of one process do not commute', () => {
        let pairs = 0
        let differ = 0
        for (const graph of graphsOf('wait-for-n-1', 3)) {
          for (const now of graph.configurations) {
            for (const self of now.locals.keys()) {
              const [one, other] = [...new Set(now.buffer.filter((each) => isFor(each, self)))]
              if (one === undefined || other === undefined) continue
              pairs++
              if (!swapped(graph, now, { self, message: one }, { self, message: other })) differ++
            }
          }
        }
        const sentence = `${differ} of ${counted(pairs, 'pair')} end in two configurations`
        return answer(differ > 0, sentence)
      }),
    ],
  },
  {
    id: 'FLP-08',
    name: '0-valent and 1-valent',
    kind: 'property',
    says:
      'A configuration is 0-valent if 0 is decided in every configuration with a decision that ' +
      'can be reached from it, and 1-valent likewise.',
    source: 'lecture notes; Fischer, Lynch & Paterson 1985, section 3, name what can be reached',
    verdict: 'holds with a correction',
    counterexamples: [
      question(
        'valency',
        'there are configurations that are 0-valent and 1-valent at once by this wording',
        () => {
          const found = countLabels('rotating-coordinator', 1)
          const sentence =
            `from ${found.none} of ${counted(found.all, 'configuration')} of a rotating ` +
            'coordinator nothing can be decided any more, neither 0 nor 1'
          return answer(found.none > 0, sentence, found.example)
        },
      ),
    ],
    instead:
      'There are four kinds: 0-valent (0 can be reached and 1 cannot), 1-valent, bivalent (both ' +
      'can), and those from which nothing can be reached.',
    checks: [
      question('valency', 'each configuration is of one of the four kinds', () => {
        const { none, zero, one, both, all } = countLabels('rotating-coordinator', 1)
        const sentence = `${all}: ${zero} 0-valent, ${one} 1-valent, ${both} bivalent, ${none} none`
        return answer(none + zero + one + both === all && Math.min(zero, one) > 0, sentence)
      }),
      question('enumeration', 'a plain search finds the same values from each of them', () => {
        let same = 0
        let all = 0
        for (const inputs of inputChoices(3, 2)) {
          const values = valuesFrom(plainGraph(processOf('leader-timeout', 3), inputs))
          const { labels, graph } = labelled('leader-timeout', inputs)
          const sizes = (bits: number): number => (bits === 0 ? 0 : isBivalent(bits) ? 2 : 1)
          const engine = [...labels].map(sizes).sort()
          const plain = values.map(({ size }) => size).sort()
          all += graph.count
          if (engine.join() === plain.join()) same += graph.count
        }
        return answer(same === all, `${same} of ${counted(all, 'configuration')} alike`)
      }),
    ],
  },
  {
    id: 'FLP-09',
    name: 'Bivalent configuration',
    kind: 'property',
    says: 'A configuration is bivalent if both decisions can still be reached from it.',
    source: 'Fischer, Lynch & Paterson 1985, section 3',
    verdict: 'holds',
    checks: [
      question(
        'valency',
        'with a leader that may be too slow, inputs 011 lead to 0 and to 1, which two runs show',
        () => {
          const inputs = [0, 1, 1]
          const { graph, labels } = labelled('leader-timeout', inputs)
          const told = [0, 1].map((value) => {
            const bit = 1 << graph.successors.elements.valueId(value)
            const at = graph.decided.data.findIndex((bits) => bits === bit)
            return toldRun(graph, inputs, stepsAlong(graph, graph.pathTo(at)))
          })
          const lengths = told.map(({ steps }) => steps.length).join(' and ')
          return answer(
            isBivalent(labels[0] ?? 0) && told.every(({ steps }) => steps.length > 0),
            `runs of ${lengths} steps decide 0 and 1`,
            told.flatMap(runLines),
          )
        },
      ),
      'valency/paxos/2-processes',
      // Who waits for all never has the choice.
      'valency/wait-for-all/3-processes',
    ],
  },
]
