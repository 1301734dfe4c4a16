import type { Json } from '../core/json.ts'
import type { RunStep } from './fair-cycle.ts'
import type { Graph } from './graph.ts'
import type { Outcome, Process } from './process.ts'

/** A run in the protocol's own words: with the numbers that it really uses, not renamed. */
export interface ToldRun {
  readonly inputs: readonly number[]
  /** The local states before the first step. */
  readonly start: readonly Json[]
  readonly steps: readonly ToldStep[]
  /** For what goes on for ever: the number of steps before what is repeated. */
  readonly loop?: number
  /**
   * The whole run was taken by the code of the protocol itself, without renaming, what is repeated
   * three times; and each time all numbers had grown by the same.
   */
  readonly replayed?: boolean
}

/** One step of a run: who got which message, and what came of it. */
export interface ToldStep {
  readonly process: number
  /** `undefined`: an empty step. */
  readonly message: Json | undefined
  /** Which step sent the message, from 0. */
  readonly sentBy: number | undefined
  readonly local: Json
  readonly sends: readonly (readonly [to: number, message: Json])[]
  readonly decided: Json | undefined
}

const REPETITIONS = 3

/** A configuration as the protocol itself sees it. */
interface Real {
  readonly locals: readonly unknown[]
  readonly buffer: readonly Flying[]
}

interface Flying {
  readonly to: number
  readonly message: unknown
  readonly sentBy: number
}

/** Tells a run of the graph; `loop` says how many of the steps come before what is repeated. */
export function toldRun(
  graph: Graph,
  inputs: readonly number[],
  steps: readonly RunStep[],
  loop?: number,
): ToldRun {
  const { elements, processes } = graph.successors
  const { process } = elements
  const locals = Array.from({ length: processes }, (_, self) => process.start(self, inputs[self]!))
  const told: ToldStep[] = []
  let now: Real = { locals, buffer: [] }
  let at = 0
  const go = (run: readonly RunStep[]): boolean =>
    run.every(({ event, to }) => {
      const taken = takeReal(graph, at, event, to, now, told.length)
      if (taken === undefined) return false
      now = taken.real
      at = to
      told.push(taken.step)
      return true
    })
  const common = { inputs, start: locals as readonly Json[], steps: told }
  const whole = go(steps)
  if (loop === undefined) return whole ? common : { ...common, replayed: false }
  const length = told.length
  const marks = [ranksOf(process, now)]
  let replayed = whole
  for (let times = 1; replayed && times < REPETITIONS; times++) {
    replayed = goes(() => go(steps.slice(loop)))
    marks.push(ranksOf(process, now))
  }
  told.length = length
  return { ...common, loop, replayed: replayed && growsEvenly(marks) }
}

/** Numbers that grow beyond what the search can rename are not followed further. */
function goes(attempt: () => boolean): boolean {
  try {
    return attempt()
  } catch {
    return false
  }
}

/** The step of the protocol itself that is the step of the graph from `at` to `to`. */
function takeReal(
  graph: Graph,
  at: number,
  event: number,
  to: number,
  real: Real,
  index: number,
): { readonly real: Real; readonly step: ToldStep } | undefined {
  const { successors } = graph
  const { processes, elements } = successors
  const { process } = elements
  const self = successors.actor(event)
  if (!settlesTo(graph, real, at)) return undefined
  const { renaming } = successors
  const name = ({ to: receiver, message }: Flying): number => {
    const parcel = elements.parcelId(receiver, message, () => elements.name)
    if (renaming?.covers(parcel) === false) return -1
    return processes + (renaming?.parcel(parcel) ?? parcel)
  }
  const empty = event < processes
  const taken = empty ? undefined : real.buffer.find((each) => name(each) === event)
  if (!empty && taken === undefined) return undefined
  for (const outcome of outcomesOf(process, real, self, taken)) {
    const sends = outcome.sends ?? []
    const sent = sends.map(([receiver, message]) => ({ to: receiver, message, sentBy: index }))
    const next: Real = {
      locals: real.locals.map((local, each) => (each === self ? outcome.local : local)),
      buffer: [...real.buffer.filter((each) => each !== taken), ...sent],
    }
    if (!settlesTo(graph, next, to)) continue
    const step: ToldStep = {
      process: self,
      message: taken?.message as Json | undefined,
      sentBy: taken?.sentBy,
      local: outcome.local as Json,
      sends: sends as readonly (readonly [number, Json])[],
      decided: process.decided(outcome.local),
    }
    return { real: next, step }
  }
  return undefined
}

function outcomesOf(
  process: Process,
  real: Real,
  self: number,
  taken: Flying | undefined,
): readonly Outcome<unknown, unknown>[] {
  const made = process.step(real.locals[self], taken?.message, self)
  return Array.isArray(made)
    ? (made as readonly Outcome<unknown, unknown>[])
    : [made as Outcome<unknown, unknown>]
}

/** Whether a real configuration is, renamed and without what is spent, this one of the graph. */
function settlesTo(graph: Graph, { locals, buffer }: Real, at: number): boolean {
  const { successors } = graph
  const { elements, processes } = successors
  const where = () => elements.name
  const row = [
    ...locals.map((local, self) => elements.localId(self, local, where)),
    ...buffer.map(({ to, message }) => elements.parcelId(to, message, where)),
  ]
  if (row.length > successors.out.length) successors.out = new Int32Array(row.length * 2)
  successors.out.set(row)
  successors.outSize = row.length
  successors.settle()
  const settled = successors.out.slice(0, successors.outSize)
  graph.load(at)
  const { here, hereSize } = successors
  return hereSize === settled.length && settled.every((each, place) => each === here[place])
    ? settled.length >= processes
    : false
}

/** All numbers that may be renamed, in ascending order. */
function ranksOf(process: Process, { locals, buffer }: Real): readonly number[] {
  const found = new Set<number>()
  const note = (rank: number): number => {
    found.add(rank)
    return rank
  }
  for (const local of locals) process.normal?.ranks?.local(local, note)
  for (const { message } of buffer) process.normal?.ranks?.message(message, note)
  return [...found].sort((one, other) => one - other)
}

/** Whether the highest numbers grow by the same from one time to the next. */
function growsEvenly(marks: readonly (readonly number[])[]): boolean {
  const tops = marks.map((ranks) => ranks.at(-1) ?? 0)
  const growth = tops.slice(1).map((top, at) => top - tops[at]!)
  return growth.every((each) => each === growth[0])
}
