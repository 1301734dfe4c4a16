import type { Json } from '../../core/json.ts'
import type { Process } from '../process.ts'
import type { ToldRun, ToldStep } from '../told-run.ts'
import type { Fate } from './fates.ts'
import { fatesOf } from './fates.ts'
import type { RealConfiguration, RealEvent, RealStep } from './real-configuration.ts'
import { isIdle, nameOf, oldestFor, startOf, take } from './real-configuration.ts'

/** For how long the adversary plays. */
export interface AdversaryBounds {
  /** How many stages are wanted, if it does not come back before. Default: 100. */
  readonly stages?: number
  /** How many configurations are looked at in a stage. Default: 20,000. */
  readonly configurations?: number
  /** Default: 60. */
  readonly seconds?: number
}

/** What came of delaying the decision on purpose. */
export interface Delay {
  readonly inputs: readonly number[]
  /** `loop` where it came back: then the run goes on for ever. */
  readonly run: ToldRun
  /**
   * In each stage one process, one after the other, receives its oldest message, or takes an empty
   * step if there is none.
   */
  readonly stages: number
  /**
   * `repeats`: it came back to where it was, and can go on for ever. `stages`: as many as were
   * asked for. `lost`: no way keeps both decisions possible, all have been looked at. `not
   * bivalent`: it could not begin. `configurations`, `time`: these were used up, and nobody knows.
   */
  readonly ends: 'repeats' | 'stages' | 'lost' | 'not bivalent' | 'configurations' | 'time'
  /** In the end both of these can still be decided, after so many steps. */
  readonly fates: readonly { readonly value: Json; readonly steps: number }[]
}

const STAGES = 100
const CONFIGURATIONS = 20_000
const SECONDS = 60

/**
 * The adversary of the proof of Fischer, Lynch and Paterson (1985, Theorem 1), for protocols whose
 * configurations are too many to be looked at, or endless. It goes from stage to stage. In each the
 * next process must receive its oldest message; other steps are put before it so that the
 * configuration afterwards is bivalent (Lemma 3), which is shown by two ways to go on that decide
 * differently. Nothing is numbered or renamed: all steps are taken by the code of the protocol.
 */
export function delay(
  process: Process,
  inputs: readonly number[],
  { stages = STAGES, configurations = CONFIGURATIONS, seconds = SECONDS }: AdversaryBounds = {},
): Delay {
  const deadline = performance.now() + seconds * 1000
  const start = startOf(process, inputs)
  const steps: ToldStep[] = []
  const seen = new Map<string, number>()
  let now = start
  let fates = fatesOf(process, now)
  const taken: Chosen[] = []
  const ended = (
    ends: Delay['ends'],
    stage: number,
    loop?: { readonly at: number; readonly repeated: boolean },
  ): Delay => ({
    inputs,
    run: {
      inputs,
      start: start.locals as readonly Json[],
      steps,
      ...(loop === undefined ? {} : { loop: loop.at, replayed: loop.repeated }),
    },
    stages: stage,
    ends,
    fates: fates.map(({ value, steps: way }) => ({ value, steps: way.length })),
  })
  if (fates.length < 2) return ended('not bivalent', 0)
  for (let stage = 0; stage < stages; stage++) {
    const self = stage % inputs.length
    const name = `${self} ${nameOf(process, now)}`
    const before = seen.get(name)
    if (before !== undefined) {
      const repeated = repeats(process, now, taken.slice(before), steps.length)
      return ended('repeats', stage, { at: before, repeated })
    }
    seen.set(name, steps.length)
    const found = bivalentAfter(process, now, self, { most: configurations, deadline })
    if (typeof found === 'string') return ended(found, stage)
    for (const chosen of found.events) {
      // Taken again, so that each step knows which one sent what it receives.
      const step = takeAgain(process, now, chosen, steps.length)
      steps.push(step.told)
      taken.push(chosen)
      now = step.next
    }
    ;({ fates } = found)
  }
  return ended('stages', stages)
}

interface Chosen extends RealEvent {
  readonly outcome: number
}

function takeAgain(
  process: Process,
  now: RealConfiguration,
  chosen: Chosen,
  index: number,
): RealStep {
  const step = take(process, now, chosen, index)[chosen.outcome]
  if (step === undefined) throw new Error('a step that was taken can be taken again')
  return step
}

/** Whether steps that came back once come back again, and once more. */
function repeats(
  process: Process,
  from: RealConfiguration,
  loop: readonly Chosen[],
  index: number,
): boolean {
  const name = nameOf(process, from)
  let now = from
  for (let time = 0; time < 2; time++) {
    for (const [at, chosen] of loop.entries()) {
      const step = takeAgain(process, now, chosen, index + time * loop.length + at)
      if (step.told.decided !== undefined) return false
      now = step.next
    }
    if (nameOf(process, now) !== name) return false
  }
  return true
}

interface Way {
  readonly events: readonly Chosen[]
  readonly fates: readonly Fate[]
}

/** A configuration on the way, and the place of the message that is kept for the end. */
interface Reached {
  readonly configuration: RealConfiguration
  readonly kept: number
  readonly parent: Reached | undefined
  readonly by: Chosen | undefined
}

/** The shortest way to receive the oldest message of a process, and be bivalent afterwards. */
function bivalentAfter(
  process: Process,
  from: RealConfiguration,
  self: number,
  { most, deadline }: { readonly most: number; readonly deadline: number },
): Way | 'lost' | 'configurations' | 'time' {
  const kept = oldestFor(from, self)
  const queue: Reached[] = [{ configuration: from, kept, parent: undefined, by: undefined }]
  const names = new Set([nameOf(process, from)])
  for (let at = 0; at < queue.length; at++) {
    if (at >= most) return 'configurations'
    if (performance.now() > deadline) return 'time'
    const reached = queue[at]!
    for (const [outcome, step] of outcomes(process, reached, { self, at: reached.kept })) {
      const fates = fatesOf(process, step.next)
      if (fates.length === 2)
        return { events: [...wayTo(reached), { ...step.event, outcome }], fates }
    }
    for (const event of othersThan(reached, self))
      for (const [outcome, step] of outcomes(process, reached, event)) {
        if (isIdle(step, reached.configuration)) continue
        const name = nameOf(process, step.next)
        if (names.has(name)) continue
        names.add(name)
        const moved = event.at >= 0 && event.at < reached.kept ? reached.kept - 1 : reached.kept
        const by = { ...event, outcome }
        queue.push({ configuration: step.next, kept: moved, parent: reached, by })
      }
  }
  return 'lost'
}

function outcomes(
  process: Process,
  { configuration }: Reached,
  event: RealEvent,
): readonly (readonly [number, RealStep])[] {
  return take(process, configuration, event, 0).map((step, outcome) => [outcome, step] as const)
}

/** All events but the one that is kept for the end; the same message twice is one event. */
function othersThan({ configuration, kept }: Reached, self: number): readonly RealEvent[] {
  const { locals, buffer } = configuration
  const events: RealEvent[] = []
  for (const each of locals.keys())
    if (kept >= 0 || each !== self) events.push({ self: each, at: -1 })
  for (const [at, { to }] of buffer.entries()) if (at !== kept) events.push({ self: to, at })
  return events
}

function wayTo(reached: Reached): readonly Chosen[] {
  const way: Chosen[] = []
  for (let at: Reached | undefined = reached; at?.by !== undefined; at = at.parent) way.push(at.by)
  return way.reverse()
}
