import type { Variables } from '../state/index.ts'
import type { Step } from './exploration.ts'
import type { ReadTrace } from './itf.ts'
import { itfKey } from './itf.ts'
import { stepText } from './story.ts'
import type { FalseClause, ModelSystem } from './system.ts'

export interface Replay {
  /** The steps as far as they could be taken, the initial state first. */
  readonly trace: readonly Step[]
  /** Absent: all could be taken. */
  readonly stuck?: {
    /** The number of the state that cannot be reached. */
    readonly at: number
    /** What the trace says was done. */
    readonly wanted?: string
    /** What can be done instead. */
    readonly possible: readonly string[]
  }
  /** Whether it can go back as the trace says; only where it says so and all steps were taken. */
  readonly loops?: boolean
  /** What is false in the last state that was reached. */
  readonly clauses: readonly FalseClause[]
}

/** Takes the steps of a trace once more. */
export function replay(system: ModelSystem, wanted: ReadTrace): Replay {
  const { model } = system
  const variables = model.state as Variables
  const trace: Step[] = []
  let packed: Int32Array | undefined
  const reach = (at: number): Reached => {
    const looked = look(system, packed, (state) => itfKey(variables, state) === wanted.keys[at])
    const texts = looked.fitting.map(({ step }) => stepText(model, step))
    const told = Math.max(0, texts.indexOf(wanted.steps[at] ?? ''))
    return { found: looked.fitting[told], possible: looked.possible }
  }
  for (const at of wanted.keys.keys()) {
    const { found, possible } = reach(at)
    if (found === undefined) {
      const step = wanted.steps[at]
      const stuck = { at, ...(step === undefined ? {} : { wanted: step }), possible }
      return { trace, stuck, clauses: clausesOf(system, packed) }
    }
    trace.push(found.step)
    packed = found.packed
  }
  const { loop } = wanted
  const loops =
    loop === undefined
      ? undefined
      : loop === wanted.keys.length - 1 ||
        wanted.keys[loop] === wanted.keys.at(-1) ||
        reach(loop).found !== undefined
  return { trace, ...(loops === undefined ? {} : { loops }), clauses: clausesOf(system, packed) }
}

interface Reached {
  readonly found: Fitting | undefined
  readonly possible: readonly string[]
}

interface Fitting {
  readonly step: Step
  readonly packed: Int32Array
}

/** All steps that can be taken from a state, and those that lead to a state as asked for. */
function look(
  system: ModelSystem,
  from: Int32Array | undefined,
  fits: (state: Step['state']) => boolean,
): { readonly fitting: readonly Fitting[]; readonly possible: readonly string[] } {
  const fitting: Fitting[] = []
  const possible = new Set<string>()
  const runner = system.runner((action) => {
    const name = system.actions[action]
    const packed = runner.out.slice(0, system.words)
    const state = system.snapshot(packed)
    const parameters = [...runner.parameters()]
    const step = { ...(name === undefined ? {} : { action: name }), parameters, state }
    possible.add(stepText(system.model, step))
    if (fits(state)) fitting.push({ step, packed })
    return true
  })
  if (from === undefined) runner.initial()
  else runner.expand(from, 0)
  return { fitting, possible: [...possible] }
}

function clausesOf(system: ModelSystem, packed: Int32Array | undefined): readonly FalseClause[] {
  return packed === undefined ? [] : (system.falseClauses?.(packed) ?? [])
}
