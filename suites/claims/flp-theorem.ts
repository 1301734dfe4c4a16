import { counted } from '../../src/core/wording.ts'
import type { Delay } from '../../src/valency/adversary/adversary.ts'
import { delay } from '../../src/valency/adversary/adversary.ts'
import { inputChoices, inputsText, onlyDifference } from '../../src/valency/inputs.ts'
import { labelled, processOf, reported, runLines } from './asynchronous.ts'
import type { Answer, Question } from './check.ts'
import { answer, question } from './check.ts'
import type { Claim } from './claim.ts'
import { deterministic } from './deterministic-protocols.ts'
import { stayingBivalent } from './staying-bivalent.ts'
import type { TableFinding } from './table-protocols.ts'
import { tableProtocols } from './table-protocols.ts'

const FLP = 'Fischer, Lynch & Paterson 1985'
/** Every protocol of which all configurations can be looked at, with the number of processes. */
const ZOO = [...deterministic, ['ben-or-received', 2]] as const

/** The theorem itself. */
export const flpStatement: Claim = {
  id: 'FLP-01',
  name: 'The theorem',
  kind: 'theorem',
  says:
    'No deterministic protocol solves consensus in an asynchronous system in which a single ' +
    'process may crash.',
  source: `${FLP}, theorem 1`,
  verdict: 'holds',
  checks: [
    question('valency', 'every protocol that can be looked at whole has a defect', () => {
      const found = ZOO.map(([name, processes]) => {
        return `${name}, ${processes} processes: ${reported(name, processes).defects.join(', ')}`
      })
      const whole = ZOO.filter(([name, processes]) => reported(name, processes).defects.length > 0)
      const sentence = `${whole.length} of ${counted(ZOO.length, 'protocol')} have one`
      return answer(whole.length === ZOO.length, sentence, found)
    }),
    ofTables(
      'of all protocols of two processes that send their input once none is without defect',
      (all) => {
        const right = all.filter((found) => isSafe(found) && !blocks(found))
        const blocked = all.filter((found) => isSafe(found) && blocks(found)).length
        const wrong = all.filter(
          (found) => isValid(found) && !isSafe(found) && !blocks(found),
        ).length
        const sentence =
          `of ${counted(all.length, 'protocol')} ${right.length} agree, are valid and never ` +
          `block; ${blocked} are safe and block, ${wrong} are valid, never block and disagree`
        return [right.length === 0 && blocked > 0 && wrong > 0, sentence]
      },
    ),
    'valency/paxos/3-processes/010',
  ],
}

/** How it is proved. */
export const flpTheorem: readonly Claim[] = [
  {
    id: 'FLP-10',
    name: 'Lemma 2: bivalent inputs exist',
    kind: 'theorem',
    says:
      'A consensus protocol that tolerates a crash has an initial configuration from which both ' +
      'values can be decided.',
    source: `${FLP}, lemma 2`,
    verdict: 'holds',
    checks: [
      'valency/paxos/2-processes',
      ofTables(
        'of all protocols of two processes that send their input once, those that are valid and ' +
          'never block have bivalent inputs',
        (all) => {
          const tolerant = all.filter((found) => isValid(found) && !blocks(found))
          const having = tolerant.filter((found) => found.some(({ values }) => values.length > 1))
          const sentence = `${having.length} of ${tolerant.length} have some`
          return [tolerant.length > 0 && having.length === tolerant.length, sentence]
        },
      ),
      question(
        'valency',
        'those that have none do not tolerate a crash: where two neighbours decide differently, ' +
          'nothing is decided without the process at which they differ',
        () => {
          const without = ZOO.filter(([name, n]) => reported(name, n).bivalentInitial.length === 0)
          const pairs = without.flatMap(([name, n]) =>
            reported(name, n).adjacent.map((pair) => ({ name, pair })),
          )
          const blocking = pairs.filter(({ pair }) => pair.silentValues.length === 0)
          const shown = pairs.map(({ name, pair: { from, to, process } }) => {
            return `${name}: ${from} and ${to}, nothing is decided without process ${process}`
          })
          const sentence =
            `${counted(without.length, 'protocol')} without, ` +
            `${counted(pairs.length, 'pair')} of neighbours, ${blocking.length} of which block`
          return answer(pairs.length > 0 && blocking.length === pairs.length, sentence, shown)
        },
      ),
    ],
  },
  {
    id: 'FLP-11',
    name: 'Lemma 2 for two processes',
    kind: 'theorem',
    says:
      'With inputs 0 and 1, one process that runs alone must decide 0 and the other one that ' +
      'runs alone must decide 1, so these inputs are bivalent.',
    source: 'lecture notes, after Fischer, Lynch & Paterson 1985, lemma 2',
    verdict: 'holds',
    checks: [
      'valency/own-value/2-processes',
      ofTables(
        'it is so for all protocols of two processes that are valid and never block',
        (all) => {
          const tolerant = all.filter((found) => isValid(found) && !blocks(found))
          const so = tolerant.filter((found) => {
            const [first, second] = found[1]?.silentValues ?? []
            return second?.join() === '0' && first?.join() === '1' && found[1]?.values.length === 2
          })
          const count = tolerant.length
          const sentence = `in ${so.length} of ${count} the one alone decides 0, the other one 1`
          return [tolerant.length > 0 && so.length === tolerant.length, sentence]
        },
      ),
    ],
  },
  {
    id: 'FLP-12',
    name: 'All inputs in a line of neighbours',
    kind: 'claim',
    says:
      'The 2^N initial configurations can be put into a line in which neighbours differ in one ' +
      'input, so if each has one value only, somewhere a 0-valent one is beside a 1-valent one.',
    source: 'lecture notes, after Fischer, Lynch & Paterson 1985, lemma 2',
    verdict: 'holds',
    checks: [
      question('enumeration', 'for 2 to 8 processes there is such a line', () => {
        const sizes = [2, 3, 4, 5, 6, 7, 8]
        const good = sizes.filter((size) => isLine(grayLine(size), size))
        const sentence = `of 4 to 256 inputs: ${good.length} of ${sizes.length} lines are such`
        return answer(good.length === sizes.length, sentence)
      }),
      ...(['wait-for-all', 'fixed-leader', '2pc'] as const).map((name) =>
        question('valency', `${name}: the line changes from 0-valent to 1-valent somewhere`, () => {
          const { findings } = reported(name, 3)
          const line = grayLine(3).map((inputs) => {
            const found = findings.find((each) => inputsText(each.inputs) === inputsText(inputs))
            return `${inputsText(inputs)}: ${found?.values.map(String).join(' or ') ?? ''}`
          })
          const values = line.map((text) => text.split(': ')[1])
          const changes = values.filter((value, at) => at > 0 && value !== values[at - 1]).length
          const sentence = `it changes ${counted(changes, 'time')} along the line`
          return answer(values[0] === '0' && changes > 0, sentence, line)
        }),
      ),
    ],
  },
  {
    id: 'FLP-13',
    name: 'Lemma 3: staying bivalent',
    kind: 'theorem',
    says:
      'For a bivalent configuration and an event that can happen in it there is a configuration ' +
      'that can be reached, in which the event can happen and leads to a bivalent one.',
    source: 'lecture notes; Fischer, Lynch & Paterson 1985, lemma 3, have the hypothesis',
    verdict: 'holds with a correction',
    counterexamples: [
      'valency/2pc-timeout/3-processes',
      question(
        'valency',
        'two-phase commit with a timeout has bivalent configurations without',
        () => {
          const { graph, labels } = labelled('2pc-timeout', [1, 1, 1])
          const { pairs, failed } = stayingBivalent(graph, labels, graph.count)
          const decider = reported('2pc-timeout', 3).findings.at(-1)?.stories.critical
          const sentence = `${failed} of ${counted(pairs, 'pair')} of a configuration and an event`
          return answer(failed > 0, sentence, decider === undefined ? [] : runLines(decider))
        },
      ),
    ],
    instead:
      'It is so for protocols that agree and in which the others can still decide whoever is ' +
      'silent; and the configuration must be reached without the event.',
    checks: [
      question(
        'valency',
        'two proposers among three processes: each of the first pairs has one',
        () => {
          const { graph, labels } = labelled('paxos', [0, 1, 0], { states: 20_000 })
          const { pairs, failed, longest } = stayingBivalent(graph, labels, 300)
          const sentence =
            `${failed} of ${counted(pairs, 'pair')} with the first 300 configurations fail; ` +
            `at most ${counted(longest, 'step')} had to be put before the event`
          return answer(failed === 0 && pairs > 0, sentence)
        },
      ),
    ],
  },
  {
    id: 'FLP-14',
    name: 'The loop of the proof',
    kind: 'protocol',
    says:
      'Begin with bivalent inputs; take the oldest event, put others before it so that it leads ' +
      'to a bivalent configuration again, let it happen; repeat for ever.',
    source: `${FLP}, theorem 1`,
    verdict: 'holds',
    checks: [
      question(
        'valency',
        'played against two proposers among three processes it never ends',
        () => {
          const { stages, run, ends } = delay(processOf('paxos', 3), [0, 1, 0], { stages: STAGES })
          if (isCut(ends)) return cutAfter(stages)
          const loop =
            run.loop === undefined ? '' : `, ${run.steps.length - run.loop} of them a cycle`
          const decided = run.steps.filter((step) => step.decided !== undefined).length
          const sentence =
            `${counted(stages, 'stage')}, ${counted(run.steps.length, 'step')}${loop}, ` +
            `${counted(decided, 'decision')}, and both values are possible still`
          return answer(decided === 0 && (ends === 'stages' || ends === 'repeats'), sentence)
        },
      ),
      question('valency', 'it is stopped where the lemma fails', () => {
        const { ends, stages } = delay(processOf('2pc-timeout', 3), [1, 1, 1], { stages: STAGES })
        if (isCut(ends)) return cutAfter(stages)
        const sentence = `two-phase commit with a timeout: over after ${counted(stages, 'stage')}`
        return answer(ends === 'lost', sentence)
      }),
      'valency/paxos/2-processes/01-until-decided',
      'valency/paxos/3-processes/010',
    ],
  },
]

const STAGES = 60

/** Whether the adversary gave up before anybody knew. */
function isCut(ends: Delay['ends']): boolean {
  return ends === 'time' || ends === 'configurations'
}

function cutAfter(stages: number): Answer {
  return { outcome: 'unknown', sentence: `a bound was hit after ${counted(stages, 'stage')}` }
}

/** A statement about all 20,736 protocols of `table-protocols.ts`. */
export function ofTables(
  asks: string,
  judge: (all: readonly (readonly TableFinding[])[]) => readonly [isSo: boolean, sentence: string],
): Question {
  return question('enumeration', asks, () => {
    const [isSo, sentence] = judge(everyTable())
    return answer(isSo, sentence)
  })
}

let tables: readonly (readonly TableFinding[])[] | undefined

function everyTable(): readonly (readonly TableFinding[])[] {
  tables ??= [...tableProtocols()]
  return tables
}

function isValid(found: readonly TableFinding[]): boolean {
  return found.every(({ validity }) => !validity)
}

function isSafe(found: readonly TableFinding[]): boolean {
  return isValid(found) && found.every(({ agreement }) => !agreement)
}

function blocks(found: readonly TableFinding[]): boolean {
  return found.some((each) => each.blocks)
}

/** Gray's code: all inputs, each but the first with one more or less 1 than the one before. */
function grayLine(size: number): readonly (readonly number[])[] {
  const choices = inputChoices(size, 2)
  return choices.map((_, at) => choices[at ^ (at >> 1)] ?? [])
}

function isLine(line: readonly (readonly number[])[], size: number): boolean {
  const different = new Set(line.map(inputsText)).size === 2 ** size
  const neighbours = line
    .slice(1)
    .every((inputs, at) => onlyDifference(line[at] ?? [], inputs) !== undefined)
  return different && neighbours
}
