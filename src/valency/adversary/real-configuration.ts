import type { Json } from '../../core/json.ts'
import type { Outcome, Process } from '../process.ts'
import type { ToldStep } from '../told-run.ts'

/** A message on its way, and which step sent it, from 0. */
export interface Flying {
  readonly to: number
  readonly message: unknown
  readonly sentBy: number
}

/**
 * A configuration as the protocol itself sees it: nothing is numbered, renamed or left out, so that
 * runs may go on for ever where a graph would not end.
 */
export interface RealConfiguration {
  readonly locals: readonly unknown[]
  /** The oldest first. */
  readonly buffer: readonly Flying[]
}

/** What happens next: `at` is the place of what is received in the buffer, -1 for nothing. */
export interface RealEvent {
  readonly self: number
  readonly at: number
}

/** A step that was taken, and what it led to. */
export interface RealStep {
  readonly event: RealEvent
  readonly told: ToldStep
  readonly next: RealConfiguration
}

/** The configuration before any step. */
export function startOf(process: Process, inputs: readonly number[]): RealConfiguration {
  return { locals: inputs.map((input, self) => process.start(self, input)), buffer: [] }
}

/** All outcomes of an event, by the code of the protocol; `index` is the number of the step. */
export function take(
  process: Process,
  { locals, buffer }: RealConfiguration,
  event: RealEvent,
  index: number,
): readonly RealStep[] {
  const { self, at } = event
  const taken = buffer[at]
  const made = process.step(locals[self], taken?.message, self)
  const outcomes = (Array.isArray(made) ? made : [made]) as readonly Outcome<unknown, unknown>[]
  return outcomes.map(({ local, sends = [] }) => ({
    event,
    told: {
      process: self,
      message: taken?.message as Json | undefined,
      sentBy: taken?.sentBy,
      local: local as Json,
      sends: sends as readonly (readonly [number, Json])[],
      decided: process.decided(local),
    },
    next: {
      locals: locals.map((before, each) => (each === self ? local : before)),
      buffer: [
        ...buffer.filter((_, each) => each !== at),
        ...sends.map(([to, message]) => ({ to, message, sentBy: index })),
      ],
    },
  }))
}

/** The place of the oldest message for a process, -1 if there is none. */
export function oldestFor({ buffer }: RealConfiguration, self: number): number {
  return buffer.findIndex(({ to }) => to === self)
}

/** All that is decided. */
export function decisionsIn(process: Process, { locals }: RealConfiguration): readonly Json[] {
  return locals.map((local) => process.decided(local)).filter((value) => value !== undefined)
}

/** Whether a step does nothing at all. */
export function isIdle({ told, event, next }: RealStep, before: RealConfiguration): boolean {
  return (
    event.at < 0 &&
    told.sends.length === 0 &&
    JSON.stringify(next.locals[event.self]) === JSON.stringify(before.locals[event.self])
  )
}

/**
 * Names a configuration: two with the same name go on in the same way, but for numbers of which
 * only the order matters.
 */
export function nameOf(process: Process, { locals, buffer }: RealConfiguration): string {
  const ranks = process.normal?.ranks
  const flying = buffer.map(({ to, message }) => [to, message] as const)
  if (ranks === undefined) return JSON.stringify([locals, flying])
  const found = new Set<number>()
  const note = (rank: number): number => {
    found.add(rank)
    return rank
  }
  for (const local of locals) ranks.local(local, note)
  for (const [, message] of flying) ranks.message(message, note)
  const before = [...found].sort((one, other) => one - other)
  const after = ranks.renamed(before)
  const names = new Map(before.map((rank, at) => [rank, after[at] ?? rank]))
  const rename = (rank: number): number => names.get(rank) ?? rank
  return JSON.stringify([
    locals.map((local) => ranks.local(local, rename)),
    flying.map(([to, message]) => [to, ranks.message(message, rename)]),
  ])
}
