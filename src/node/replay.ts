import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Effect, TraceHeader, TraceStep } from '../core/trace.ts'
import type { Choices } from './recorded-fx.ts'
import { RecordedFx } from './recorded-fx.ts'
import type { Program } from './protocol.ts'
import { runStep } from './run-step.ts'

/** Where a replay differs from what was recorded. */
export interface Divergence {
  /** The step of the trace. */
  readonly step: number
  readonly node: string
  /** What is different, in one sentence. */
  readonly difference: string
  readonly recorded: Effect | undefined
  readonly replayed: Effect | undefined
}

/**
 * Runs what a trace says happened through the code once more, with the choices and clock readings
 * that were recorded. The same code must ask for the same effects at every step. `watch` is shown
 * the state of the node after each.
 *
 * @returns the first difference; `undefined` if there is none.
 */
export function replay(
  program: Program,
  header: TraceHeader,
  steps: Iterable<TraceStep>,
  watch?: (step: TraceStep, state: unknown) => void,
): Divergence | undefined {
  const states = new Map<string, unknown>()
  const effects = new Map<string, RecordedFx>()
  const told = new ToldChoices()
  for (const traced of steps) {
    const { step, node, event, effects: recorded } = traced
    if (node === undefined) continue
    // Each life of a node counts its tickets from 1.
    const known = event.type === 'boot' ? undefined : effects.get(node)
    const fx = known ?? new RecordedFx(node, header.nodes, told)
    effects.set(node, fx)
    told.listenTo(recorded)
    states.set(node, runStep(program, states.get(node), event, fx))
    const difference = firstDifference(recorded, fx.take())
    if (difference !== undefined) return { step, node, ...difference }
    watch?.(traced, states.get(node))
  }
  return undefined
}

/** Answers `pick` and `now` with what a trace says they answered. */
class ToldChoices implements Choices {
  #answers: Effect[] = []

  listenTo(effects: readonly Effect[]): void {
    this.#answers = effects.filter(({ type }) => type === 'pick' || type === 'now')
  }

  pick(options: number): number {
    const told = this.#answers.shift()
    // Where the code asks for something else than it did, the comparison of effects will say so.
    return told?.type === 'pick' && told.index < options ? told.index : 0
  }

  now(): number {
    const told = this.#answers.shift()
    return told?.type === 'now' ? told.ms : 0
  }
}

function firstDifference(
  recorded: readonly Effect[],
  replayed: readonly Effect[],
): Omit<Divergence, 'step' | 'node'> | undefined {
  for (let index = 0; index < Math.max(recorded.length, replayed.length); index++) {
    const [before, now] = [recorded[index], replayed[index]]
    const same =
      before !== undefined &&
      now !== undefined &&
      canonical(asWritten(before)) === canonical(asWritten(now))
    if (same) continue
    const difference = `effect ${index + 1} was ${shown(before)} and is ${shown(now)} when replayed`
    return { difference, recorded: before, replayed: now }
  }
  return undefined
}

/** A trace that was in a file has lost the parts that are undefined, and means the same. */
function asWritten(effect: Effect): Json {
  return JSON.parse(JSON.stringify(effect)) as Json
}

function shown(effect: Effect | undefined): string {
  return effect === undefined ? 'absent' : JSON.stringify(effect)
}
