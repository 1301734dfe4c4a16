import { canonical } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import type { Bar, Lane, Timeline, Window } from '../core/timeline.ts'
import type { Fault, History } from '../history/history.ts'
import { faultWindows } from './fault-windows.ts'
import { acknowledgements, jsonText, operationLabel } from './operation-label.ts'
import type { Place, Point } from './operation-places.ts'
import { placesOf, pointsOf } from './operation-places.ts'
import { durationText, grouped, placeText } from './time.ts'

/** What a picture needs of a violation: the shape in which checkers report one. */
export interface DrawnViolation {
  readonly sentence: string
  /** The ids of the operations that contradict each other. */
  readonly operations: readonly number[]
  readonly culprit?: number
  readonly part?: string
  /** Ids, in an order that is legal as far as it goes. */
  readonly longest?: readonly number[] | Int32Array
}

export interface HistoryTimelineInput {
  readonly history: History
  /** Absent for a picture of a history in which nothing is wrong: then its beginning is drawn. */
  readonly violation?: DrawnViolation
  /** Ids in a legal order, for the points; default: the violation's `longest`. */
  readonly order?: readonly number[] | Int32Array
  /** Default: nanoseconds if the operations that are drawn have times, else positions of events. */
  readonly unit?: Timeline['unit']
  /** At most so many operations are drawn, context included. Default: 200. */
  readonly limit?: number
  /** Operations of context on each side of each operation of the core. Default: 6. */
  readonly around?: number
  readonly title?: string
}

/**
 * Turns evidence into a picture: the operations at fault, some around them, the faults meanwhile.
 */
export function historyTimeline(input: HistoryTimelineInput): Timeline {
  const { history, violation, limit = 200, around = 6 } = input
  const core = coreOf(history, violation, limit)
  const drawn =
    violation === undefined
      ? history.operations.slice(0, limit)
      : withContext(history.operations, core, { limit, around })
  const timed = drawn.every((op) => op.calledAt !== undefined)
  const unit: Timeline['unit'] = input.unit === 'events' || !timed ? 'events' : 'ns'
  const places = placesOf(drawn, unit)
  const points = pointsOf(input.order ?? violation?.longest ?? [], places)
  const look = {
    unit,
    silent: acknowledgements(history.operations),
    withKey: new Set(drawn.map(({ key }) => canonical(key))).size > 1,
  }
  const bars = new Map(
    drawn.map((op) => {
      const role = op.id === violation?.culprit ? 'fault' : core.has(op.id) ? 'core' : 'context'
      return [op, barOf(op, role, places.get(op.id), points.get(op.id), look)]
    }),
  )
  return {
    title: input.title ?? titleOf(history, violation),
    unit,
    lanes: lanesOf(bars),
    windows: windowsOf(history.faults, places, unit),
    notes: notesOf(input, core.size, drawn.length, points.size),
  }
}

/**
 * The operations of the contradiction; where they are more than can be drawn, those nearest to the
 * culprit.
 */
function coreOf({ operations }: History, violation: DrawnViolation | undefined, limit: number) {
  const ids = [...new Set(violation?.operations ?? [])].filter((id) => operations[id] !== undefined)
  const culprit = violation?.culprit
  if (culprit !== undefined && operations[culprit] !== undefined && !ids.includes(culprit)) {
    ids.push(culprit)
  }
  if (ids.length > limit) {
    const centre = culprit ?? ids.at(-1) ?? 0
    ids.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))
    ids.length = limit
  }
  return new Set(ids)
}

/**
 * Adds the nearest operations on the same keys, before and after each operation of the core, as
 * far as the limit allows.
 */
function withContext(
  operations: readonly Operation[],
  core: ReadonlySet<number>,
  { limit, around }: { limit: number; around: number },
): Operation[] {
  const keys = new Set([...core].map((id) => canonical(operations[id]?.key)))
  const near = new Map<number, number>()
  for (const id of core) {
    for (const step of [-1, 1]) {
      // Where the keys are rare there may be none for a million operations.
      const end = id + step * Math.max(1000, 20 * around)
      let found = 0
      for (let at = id + step; at !== end && found < around; at += step) {
        const other = operations[at]
        if (other === undefined) break
        if (!keys.has(canonical(other.key))) continue
        found++
        if (!core.has(at)) near.set(at, Math.min(found, near.get(at) ?? Infinity))
      }
    }
  }
  const room = Math.max(0, limit - core.size)
  const context = [...near].sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, room)
  const ids = [...core, ...context.map(([id]) => id)].sort((a, b) => a - b)
  return ids.map((id) => operations[id]).filter((op) => op !== undefined)
}

interface Look {
  readonly unit: Timeline['unit']
  readonly silent: ReadonlySet<string>
  readonly withKey: boolean
}

function barOf(
  op: Operation,
  role: Bar['role'],
  place: Place | undefined,
  point: Point | undefined,
  look: Look,
): Bar {
  const { from, to } = place ?? { from: op.called, to: op.returned }
  const label = operationLabel(op, look)
  return { id: op.id, label, role, from, to, ...point, details: detailsOf(op) }
}

function detailsOf(op: Operation): string[] {
  const lines = []
  if (op.key !== undefined) lines.push(`key ${jsonText(op.key)}`)
  if (op.value !== null) lines.push(`argument ${jsonText(op.value)}`)
  if (op.result !== undefined && !isUnknown(op)) lines.push(`answer ${jsonText(op.result)}`)
  lines.push(timesOf(op))
  const end = isUnknown(op) ? 'without a second' : `and ${grouped(op.returned)}`
  lines.push(`operation ${grouped(op.id)}, events ${grouped(op.called)} ${end}`)
  return lines
}

function timesOf(op: Operation): string {
  const late = 'never answered: it may take effect at any later time, or never'
  if (op.calledAt === undefined) return isUnknown(op) ? late : 'no times recorded'
  const called = `called at ${placeText(op.calledAt, 'ns', 1e6)}`
  if (isUnknown(op)) return `${called}, ${late}`
  if (op.returnedAt === undefined) return called
  return `${called}, answered after ${durationText(op.returnedAt - op.calledAt)}`
}

function lanesOf(bars: ReadonlyMap<Operation, Bar>): Lane[] {
  const lanes = new Map<string | number, Bar[]>()
  for (const [{ process }, bar] of bars) {
    const lane = lanes.get(process)
    if (lane === undefined) lanes.set(process, [bar])
    else lane.push(bar)
  }
  return [...lanes]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([process, own]) => ({ label: processName(process), bars: own }))
}

/** Numbers by size, before names by their code units: the same everywhere. */
function inOrder(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

export function processName(process: string | number): string {
  return `client ${process}`
}

/** The faults that fall into the picture. */
function windowsOf(
  faults: readonly Fault[],
  places: ReadonlyMap<number, Place>,
  unit: Timeline['unit'],
): Window[] {
  let first = Infinity
  let last = -Infinity
  for (const { from, to } of places.values()) {
    first = Math.min(first, from)
    last = Math.max(last, from, to === Infinity ? from : to)
  }
  const known = unit === 'ns' ? faults.filter(({ time }) => time !== undefined) : faults
  const at = ({ position, time }: Fault) => (unit === 'ns' ? (time ?? 0) : position)
  return faultWindows(known, at).filter(({ from, to }) => from <= last && to >= first)
}

function titleOf({ source }: History, violation: DrawnViolation | undefined): string {
  if (violation === undefined) return source
  return violation.part === undefined ? source : `${source}, ${violation.part}`
}

function notesOf(
  { history, violation, order }: HistoryTimelineInput,
  core: number,
  drawn: number,
  placed: number,
): string[] {
  const total = history.operations.length
  const shown = `${grouped(drawn)} of ${grouped(total)} operations are drawn.`
  if (violation === undefined) return drawn < total ? [shown] : []
  const notes = [violation.sentence]
  const missing = violation.operations.length - core
  if (missing > 0) {
    notes.push(
      `${grouped(missing)} more operations belong to the contradiction; there is no room for them.`,
    )
  }
  const length = order?.length ?? violation.longest?.length ?? 0
  if (placed > 0 && length > placed) {
    notes.push(`The order covers ${grouped(length)} operations; those drawn are numbered from 1.`)
  }
  notes.push(shown)
  return notes
}
