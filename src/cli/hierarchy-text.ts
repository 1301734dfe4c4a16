import { storeFeatures } from '../../impls/flp/shared-memory/objects/stores.ts'
import { numberText } from '../../suites/hierarchy-claim.ts'
import type { StoreLattice } from '../../suites/store-lattice.ts'
import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import { counted } from '../core/wording.ts'
import type { SharedProtocol } from '../node/index.ts'
import type { TextTable } from '../report/text-table.ts'
import { alignedRows, alignedTable } from '../report/text-table.ts'
import { durationText, grouped } from '../report/time.ts'
import { shown, visible, wrap } from '../report/visible.ts'
import type { ConsensusNumber } from '../valency/shared-memory/discerning.ts'
import type { CriticalStep } from '../valency/shared-memory/critical-steps.ts'
import type { SharedFinding } from '../valency/shared-memory/shared-consensus.ts'
import type { SharedTrace } from '../valency/shared-memory/shared-trace.ts'
import type { TypeTable } from '../valency/shared-memory/type-table.ts'
import { operationText } from '../valency/shared-memory/type-table.ts'
import { exitOf } from './exit-code.ts'
import type { AskedType } from './hierarchy-asked.ts'
import type { HierarchyRow } from './hierarchy-row.ts'
import { rangeText } from './hierarchy-row.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

const LONGEST = 60

/** The table of all types. */
export function hierarchyText(
  rows: readonly HierarchyRow[],
  most: number,
  terminal: Terminal,
): string {
  const wrong = rows.filter(({ outcome }) => outcome !== 'pass')
  const told = [
    `discerning: up to so many processes tell who was first, by the criterion for readable ` +
      'types; + marks types with a read added, which can do at least as much',
    'steps: no more processes can agree, as any two steps interfere so that others cannot tell',
    'protocol: agrees for so many processes, in every interleaving',
  ]
  return [
    `Wait-free consensus by shared objects and registers, asked for up to ${most} processes\n\n`,
    alignedTable(hierarchyTable(rows)),
    '\n',
    ...told.map((line) => indented(line, terminal.width)),
    `\n${rows.length - wrong.length} of ${rows.length} as known\n`,
  ].join('')
}

/** One row a type; the page has the same. */
export function hierarchyTable(rows: readonly HierarchyRow[]): TextTable {
  return {
    columns: [
      { title: 'type' },
      { title: 'consensus number' },
      { title: 'known', align: 'right' },
      { title: 'discerning' },
      { title: 'steps', align: 'right' },
      { title: 'protocol' },
      ...(rows.every(({ outcome }) => outcome === 'pass') ? [] : [{ title: '' }]),
    ],
    rows: rows.map((row) => [
      shown(row.name, LONGEST),
      rangeText(row),
      String(row.known ?? ''),
      discerningCell(row),
      String(row.finding.steps.atMost ?? ''),
      protocolCell(row),
      row.outcome === 'pass' ? '' : row.outcome === 'fail' ? 'NOT AS KNOWN' : 'OPEN',
    ]),
  }
}

function discerningCell({ finding, most }: HierarchyRow): string {
  const { number, withRead } = finding
  if (number !== undefined) return numberText(number, most)
  return withRead === undefined ? 'not deterministic' : `+ ${numberText(withRead, most)}`
}

function protocolCell({ runs }: HierarchyRow): string {
  const good = runs.filter(({ outcome }) => outcome === 'pass').map(({ processes }) => processes)
  const bad = runs.find(({ outcome }) => outcome !== 'pass')
  return [
    ...(good.length === 0 ? [] : [`agrees for ${good.join(', ')}`]),
    ...(bad === undefined
      ? []
      : [`${bad.outcome === 'fail' ? 'not' : 'unknown'} for ${bad.processes}`]),
  ].join('; ')
}

/** Everything about one type. */
export function typeText(row: HierarchyRow, asked: AskedType, terminal: Terminal): string {
  const { finding, most, known, because, runs } = row
  const { table, readability, number, withRead, steps } = finding
  const { type, states, operations, complete } = table
  const size = `${complete ? '' : 'the first '}${counted(states.length, 'state')}`
  const lines: (readonly [string, string])[] = [
    ['what it does', type.about],
    ['readable', readableText(row)],
    ...(number === undefined ? [] : discerningLines(number, most, table)),
    ...(withRead === undefined
      ? []
      : [
          [
            'with a read',
            `${numberText(withRead, most)}, of a type that is at least as strong`,
          ] as const,
        ]),
    ['steps', stepsText(row)],
    ...(steps.told === undefined ? [] : [['', stepText(steps.told, table)] as const]),
    ...runs.map((found) => [`${found.processes} processes`, runText(found)] as const),
    ...(known === undefined ? [] : [['known', `${known} (${because ?? ''})`] as const]),
  ]
  const heading = `${shown(asked.name, LONGEST)}: consensus number ${rangeText(row)}`
  const about = `${size}, ${counted(operations.length, 'operation')}`
  return [
    `${heading} (${about}; asked for up to ${most} processes)\n\n`,
    alignedRows(lines, { width: terminal.width }),
    readability.readable ? '' : `\n${indented(REFUSAL[readability.because], terminal.width)}`,
    row.outcome === 'pass' ? '' : `\n  exit code ${exitOf(row.outcome)}\n`,
  ].join('')
}

const REFUSAL = {
  'not readable':
    'The criterion is about types that can be read, so it is not asked about this one: its ' +
    'number is known only between a protocol and an argument.',
  'not deterministic':
    'The criterion is about deterministic types, so it is not asked about this one.',
} as const

function readableText({ finding }: HierarchyRow): string {
  const { table, readability } = finding
  const name = (operation: number): string => operationText(table.operations[operation] ?? [''])
  if (readability.readable)
    return `${name(readability.operation)} changes no state and tells all apart`
  if (table.nondeterministic !== undefined) {
    const { operation, state, outcomes } = table.nondeterministic
    return (
      `no: ${operationText(operation)} in ${short(state)} has ` +
      counted(outcomes.length, 'outcome')
    )
  }
  const reasons = readability.evidence.map(({ operation, states: [one = 0, other] }) =>
    other === undefined
      ? `${name(operation)} changes ${short(table.states[one])}`
      : `${name(operation)} does not tell ${short(table.states[one])} from ` +
        short(table.states[other]),
  )
  return `no: ${reasons.join('; ')}`
}

function discerningLines(
  number: ConsensusNumber,
  most: number,
  table: TypeTable,
): readonly (readonly [string, string])[] {
  return [
    ['discerning', numberText(number, most)],
    ...number.answers.map(({ processes, answer }): readonly [string, string] => {
      const who = `  ${processes}`
      if (answer.outcome === 'no')
        return [who, `no: none of ${counted(answer.cases, 'choice')} of a state and operations`]
      if (answer.outcome === 'unknown') return [who, `unknown: ${answer.bound.covered}`]
      const { state, operations, teams } = answer.witness
      const team = (wanted: number): string =>
        operations
          .flatMap((each, process) =>
            teams[process] === wanted ? [operationText(table.operations[each] ?? [''])] : [],
          )
          .join(', ')
      return [who, `yes: in ${short(table.states[state])}, ${team(0)} against ${team(1)}`]
    }),
  ]
}

function stepsText({ finding: { steps } }: HierarchyRow): string {
  const { pairs, counts, atMost } = steps
  const told = (['unseen', 'unseen by others', 'seen'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${grouped(counts[kind])} ${kind}`)
  const meaning = atMost === undefined ? '' : `: no more than ${atMost} can agree`
  return `of ${counted(pairs, 'pair')} of operations in a state ${told.join(', ')}${meaning}`
}

function stepText({ state, first, second }: CriticalStep, table: TypeTable): string {
  const name = (operation: number): string => operationText(table.operations[operation] ?? [''])
  return `the order of ${name(first)} and ${name(second)} is seen in ${short(table.states[state])}`
}

function runText({
  protocol,
  outcome,
  violations,
  steps,
  configurations,
  bound,
}: SharedFinding): string {
  const size = counted(configurations, 'configuration')
  const [violation] = violations
  if (violation !== undefined)
    return `${protocol}: ${violation.claim} violated, ${violation.sentence}`
  if (outcome === 'unknown') return `${protocol}: unknown, ${bound?.covered ?? ''}`
  return `${protocol} agrees within ${counted(steps ?? 0, 'access', 'accesses')} each (${size})`
}

function short(value: Json | undefined): string {
  return shown(canonical(value), LONGEST)
}

/** What was found about a protocol. */
export function sharedText(
  { about, source }: SharedProtocol,
  found: SharedFinding,
  seconds: number,
  terminal: Terminal,
): string {
  const { protocol, processes, mutant, outcome, violations, steps, critical, bound } = found
  const name = `${protocol}${mutant === undefined ? '' : ` with ${mutant}`}`
  const facts = [
    `all ${counted(found.inputs, 'choice')} of inputs`,
    counted(found.configurations, 'configuration'),
    ...(steps === null ? [] : [`at most ${counted(steps, 'access', 'accesses')} each`]),
    durationText(seconds * 1e9),
  ]
  const claims = violations.map(({ claim }) => claim).join(' and ')
  const objects = Object.entries(critical.objects).map(([object, count]) => `${count} at ${object}`)
  return [
    `${visible(name)} (${processes} processes): ${outcomeWord(outcome, terminal)}`,
    `${claims === '' ? '' : ` ${claims}`} (${facts.join('; ')})\n\n`,
    indented(about, terminal.width),
    source === undefined ? '' : indented(source, terminal.width),
    bound === undefined ? '' : indented(`stopped: ${bound.covered}`, terminal.width),
    ...violations.map(
      ({ sentence, trace }) => `\n${indented(sentence, terminal.width)}\n${traceText(trace)}`,
    ),
    violations.length > 0 || bound !== undefined
      ? ''
      : `\n${alignedRows(
          [
            ['either value may come out', found.bivalentInitial.join(' ')],
            ['the next step decides it', `in ${counted(critical.configurations, 'configuration')}`],
            ['where all access', objects.join(', ')],
          ],
          { width: terminal.width },
        )}`,
    outcome === 'pass' ? '' : `\n  exit code ${exitOf(outcome)}\n`,
  ].join('')
}

/** One access a line. */
export function traceText({ steps, loop }: SharedTrace): string {
  const rows = steps.map((step, at) => [
    String(at + 1),
    `process ${step.process}`,
    shown(`${step.object}.${step.operation}`, LONGEST),
    step.response === null ? '' : `-> ${short(step.response)}`,
    step.decides === undefined ? '' : `decides ${short(step.decides)}`,
  ])
  const again = loop === undefined ? '' : `  and again from ${loop + 1}, for ever\n`
  return `${alignedRows(rows, { right: [true] })}${again}`
}

/** Which features let how many clients agree. */
export function latticeText({ most, points }: StoreLattice): string {
  const named = Object.entries(storeFeatures)
  const rows = points.map(({ features, number }) => [
    features.length === 0 ? 'get, put, delete' : features.join(', '),
    numberText(number, most),
  ])
  return [
    `A store with get, put and delete, and features of ZooKeeper: how many clients can agree\n\n`,
    alignedTable({ columns: [{ title: 'features' }, { title: 'consensus number' }], rows }),
    '\n',
    ...named.flatMap(([name, about]) => wrap(`${name}: ${about}`, 96).map((line) => `  ${line}\n`)),
  ].join('')
}
