import { join } from 'node:path'

import type { Entry } from '../../suites/entry.ts'
import { packageFolder } from '../core/package.ts'
import { UserError } from '../core/user-error.ts'
import type { History } from '../history/history.ts'
import { readHistory } from '../history/read-history.ts'
import { historyTimeline } from '../report/history-timeline.ts'
import type { Exhibit } from '../report/report/content.ts'
import type { KnownRow } from './report-runs.ts'
import { evidenceOf } from './report-runs.ts'
import {
  HistoryEvidence,
  ProtocolEvidence,
  QuorumEvidence,
  SpecEvidence,
  TraceEvidence,
  ZooEvidence,
} from './report-shapes.ts'
import { onlyKey } from './run-entry.ts'
import { simulatedExhibits } from './report-simulated.ts'

/** What can be told of a row besides its verdict. */
export interface RowEvidence {
  readonly exhibits: readonly Exhibit[]
  /** The command that shows it again, where the evidence knows it better than the table. */
  readonly again?: string
}

export interface EvidenceOptions {
  /**
   * How many runs may be tried to make a failing one smaller, which take about a millisecond each.
   * 0: it is not run again.
   */
  readonly tries: number
  readonly mind: (warning: string) => void
}

const NOTHING: RowEvidence = { exhibits: [] }
/** `undefined`: what was saved has another form. */
type Drawn = RowEvidence | undefined
const MOST_STORIES = 3

/** Turns what was saved about a row into what can be drawn. */
export async function rowEvidence(
  known: KnownRow,
  entry: Entry | undefined,
  options: EvidenceOptions,
): Promise<RowEvidence> {
  const saved = await evidenceOf(known, options.mind)
  if (saved === undefined) return NOTHING
  const [suite = ''] = known.name.split('/')
  const shaped = async (drawn: Drawn | Promise<Drawn>): Promise<RowEvidence> => {
    const evidence = await drawn
    if (evidence !== undefined) return evidence
    const path = join(known.from.folder, known.row.evidence ?? '')
    options.mind(`not drawn: ${path}: this evidence has another form; is it of another version?`)
    return NOTHING
  }
  switch (suite) {
    case 'specs':
      return shaped(specEvidence(saved))
    case 'zoo':
      return shaped(zooEvidence(saved))
    case 'protocols':
      return shaped(protocolEvidence(saved, known, options))
    case 'traces':
      return shaped(traceEvidence(saved))
    case 'histories':
    case 'judged':
      return shaped(historyEvidence(saved, entry, options))
    case 'quorums':
      return shaped(quorumEvidence(saved))
    case 'rounds':
      return roundsEvidence(entry)
    case 'hierarchy':
      return hierarchyEvidence(entry)
    default:
      // An entry of somebody's own: what was saved says what it is.
      return ownEvidence(saved, known, entry, options)
  }
}

async function ownEvidence(
  saved: unknown,
  known: KnownRow,
  entry: Entry | undefined,
  options: EvidenceOptions,
): Promise<RowEvidence> {
  const candidates = [
    await historyEvidence(saved, entry, options),
    specEvidence(saved),
    await protocolEvidence(saved, known, options),
    traceEvidence(saved),
  ]
  return candidates.find((drawn) => (drawn?.exhibits.length ?? 0) > 0) ?? NOTHING
}

function specEvidence(saved: unknown): Drawn {
  const found = SpecEvidence.safeParse(saved)
  if (!found.success) return undefined
  const { violations, pictures, coverage, warnings } = found.data
  const stories = violations.slice(0, MOST_STORIES).map((story, at): Exhibit => {
    const picture = pictures[at]
    return { type: 'story', story, ...(picture == null ? {} : { picture }) }
  })
  const left = violations.length - stories.length
  const notes = [...warnings, ...(left > 0 ? [`${left} more violations are left out.`] : [])]
  return {
    exhibits: [
      ...stories,
      ...(notes.length > 0 ? [{ type: 'paragraphs', texts: notes } as const] : []),
      ...(coverage.length > 0 && stories.length === 0 ? [coverageText(coverage)] : []),
    ],
  }
}

/** What was done how often, in a line: there are hundreds of these. */
function coverageText(coverage: readonly { action: string; taken: number }[]): Exhibit {
  const parts = coverage.map(({ action, taken }) => `${action} ${taken.toLocaleString('en-US')}`)
  return { type: 'paragraphs', texts: [`Taken how often: ${parts.join(', ')}.`] }
}

function zooEvidence(saved: unknown): Drawn {
  const found = ZooEvidence.safeParse(saved)
  if (!found.success) return undefined
  const { about, story, picture } = found.data
  return {
    exhibits: [
      { type: 'paragraphs', texts: [about] },
      ...(story === undefined
        ? []
        : [{ type: 'story', story, ...(picture === undefined ? {} : { picture }) } as const]),
    ],
  }
}

async function protocolEvidence(
  saved: unknown,
  { name }: KnownRow,
  { tries, mind }: EvidenceOptions,
): Promise<Drawn> {
  const found = ProtocolEvidence.safeParse(saved)
  if (!found.success) return undefined
  const { protocol, mutant, nodes, ran, events, operations, faults, simulatedMs } = found.data
  const count = (value: number): string => value.toLocaleString('en-US')
  const facts: Exhibit = {
    type: 'facts',
    facts: [
      { name: 'nodes', text: String(nodes) },
      { name: 'runs', text: `${count(ran)}, ${count(Math.round(simulatedMs / 1000))} s simulated` },
      { name: 'steps', text: count(events) },
      { name: 'operations', text: count(operations) },
      { name: 'faults', text: count(faults) },
      ...(mutant === undefined ? [] : [{ name: 'planted', text: mutant }]),
    ],
  }
  const [first] = found.data.failures
  if (first === undefined) return { exhibits: [facts] }
  const again = againOfSeed(protocol, mutant, first.seed)
  if (tries === 0) return { exhibits: [facts], again }
  try {
    const { seed, sentence } = first
    const drawn = await simulatedExhibits({ protocol, mutant, seed, sentence }, tries)
    if (drawn !== undefined) return { exhibits: [facts, ...drawn], again }
    mind(`${name}: seed ${seed} does not fail any more, so its run is not drawn`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    mind(`${name}: ${error.message}`)
  }
  return { exhibits: [facts], again }
}

/** A mutant's own entry plants it already. */
function againOfSeed(protocol: string, mutant: string | undefined, seed: number): string {
  const planted =
    mutant === undefined || protocol.endsWith(`/${mutant}`) ? '' : ` --mutant ${mutant}`
  return `synod simulate ${protocol}${planted} --seed ${seed}`
}

function traceEvidence(saved: unknown): Drawn {
  const found = TraceEvidence.safeParse(saved)
  if (!found.success) return undefined
  const { protocol, mutant, seed, spec, matched, actions, misfit } = found.data
  const facts = [
    { name: 'protocol', text: mutant === undefined ? protocol : `${protocol} with ${mutant}` },
    { name: 'seed', text: String(seed) },
    { name: 'spec', text: spec },
    { name: 'steps explained', text: `${matched}, by ${actions} actions of the spec` },
  ]
  if (misfit === undefined) return { exhibits: [{ type: 'facts', facts }] }
  const { step, nearest } = misfit
  const { action, parameters, because, reads = [], state } = nearest
  return {
    exhibits: [
      {
        type: 'facts',
        facts: [
          ...facts,
          { name: 'does not fit', text: `step ${step.step} of ${step.node ?? 'the cluster'}` },
          { name: 'it is', text: JSON.stringify(step.event) },
          ...(action === undefined
            ? []
            : [{ name: 'nearest action', text: `${action}(${parameters.join(', ')})` }]),
          { name: 'which asks for', text: because },
          ...reads.map(({ variable, value }) => ({ name: `but ${variable} is`, text: value })),
        ],
      },
      ...(state === undefined
        ? []
        : [{ type: 'text', title: 'The spec until then', lines: state.split('\n') } as const]),
    ],
  }
}

async function historyEvidence(
  saved: unknown,
  entry: Entry | undefined,
  { mind }: EvidenceOptions,
): Promise<Drawn> {
  const found = HistoryEvidence.safeParse(saved)
  if (!found.success) return undefined
  const { file, operations, evidence, timelines } = found.data
  if (timelines.length > 0) {
    return { exhibits: timelines.map((timeline): Exhibit => ({ type: 'timeline', timeline })) }
  }
  const { violation, witness } = evidence
  if (violation === undefined && witness?.orders === undefined) return NOTHING
  const history = await historyOf(file, entry)
  if (history === undefined || (operations ?? 0) > history.operations.length) {
    mind(`${file}: not here, or another one by now, so it is not drawn`)
    return NOTHING
  }
  if (violation !== undefined) {
    const { culprit, part, longest, ...rest } = violation
    const drawn = {
      ...rest,
      ...(culprit === undefined ? {} : { culprit }),
      ...(part === undefined ? {} : { part }),
      ...(longest === undefined ? {} : { longest }),
    }
    const others = violation.others?.length ?? 0
    return {
      exhibits: [
        { type: 'timeline', timeline: historyTimeline({ history, violation: drawn }) },
        ...(others > 0
          ? [{ type: 'paragraphs', texts: [`${others} more violations were found.`] } as const]
          : []),
      ],
    }
  }
  const [first] = witness?.orders ?? []
  if (first === undefined) return NOTHING
  const placed = new Set(first.order)
  const title = `${history.source}${first.part === '' ? '' : `, ${first.part}`}: an order`
  const some = history.operations.filter(({ id }) => placed.has(id))
  const timeline = historyTimeline({
    history: { ...history, operations: some },
    order: first.order,
    title,
    limit: MOST_PLACED,
  })
  return { exhibits: [{ type: 'timeline', timeline }] }
}

/** Operations of an order that are drawn: enough to see how it is meant. */
const MOST_PLACED = 40

async function historyOf(file: string, entry: Entry | undefined): Promise<History | undefined> {
  const own = entry?.type === 'history' ? join(packageFolder(), entry.file) : file
  try {
    const history = await readHistory(own, { source: file })
    return entry?.type === 'history' ? onlyKey(history, entry) : history
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function quorumEvidence(saved: unknown): Drawn {
  const found = QuorumEvidence.safeParse(saved)
  if (!found.success) return undefined
  const facts = [
    { name: 'found', text: found.data.found },
    { name: 'by', text: found.data.method },
  ]
  return { exhibits: [{ type: 'facts', facts }] }
}

/** A chain is found again, as its arrows are not in what was saved. */
async function roundsEvidence(entry: Entry | undefined): Promise<RowEvidence> {
  if (entry?.type !== 'rounds' || 'algorithm' in entry.question) return NOTHING
  const { chainExhibit } = await import('./report-rounds.ts')
  const exhibit = chainExhibit(entry.question)
  return exhibit === undefined ? NOTHING : { exhibits: [exhibit] }
}

async function hierarchyEvidence(entry: Entry | undefined): Promise<RowEvidence> {
  if (entry?.type !== 'hierarchy' || entry.claim.type !== 'protocol') return NOTHING
  if (entry.expected === 'pass') return NOTHING
  const { accessExhibits } = await import('./report-objects.ts')
  return { exhibits: accessExhibits(entry.claim) }
}
