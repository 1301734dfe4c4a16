import { inspect } from 'node:util'
import { UserError } from '../core/user-error.ts'
import type { StateType, Variables, Workspace } from '../state/index.ts'
import { format, formatState, OutOfBounds, UniverseFull } from '../state/index.ts'
import type { Open, OpenClause, OpenRange, OpenStep } from './model-steps.ts'
import { stepsOf } from './model-steps.ts'
import { forEachChoice } from './model-system.ts'
import type { ModelSystem, System } from './system.ts'
import { UnknownName, watched } from './watched.ts'

/**
 * The first states are looked at by a search that expects the worst of a model: at most so many,
 */
const MOST_STATES = 200
/** at most so many choices of parameters, */
const MOST_CHOICES = 1000
/** and claims of at most so many: all that takes some milliseconds. */
const MOST_CLAIMED = 1000

/**
 * Takes the first steps of a model slowly: each twice, with a state that knows its variables, and
 * with a look at what guards do. Throws a `UserError` that names what is wrong, and where.
 */
export function trySteps(system: ModelSystem): void {
  const trial = new Trial(system, MOST_CLAIMED)
  try {
    trial.initial()
    for (const state of trial.states) {
      if (trial.choices > MOST_CHOICES) return
      trial.expand(state)
    }
  } catch (error) {
    // What throws is left to the search, which may find something nearer that is wrong.
    if (error instanceof UserError && thrown(error.cause)) return
    throw error
  }
}

function thrown(cause: unknown): boolean {
  return cause !== undefined && !(cause instanceof UnknownName)
}

/**
 * Says where an error comes from that was thrown while a state was gone on from: takes the steps
 * once more, one after the other. The error itself where that cannot be found out.
 *
 * @param state `undefined` for the initial states
 */
export function explained(system: System, state: Int32Array | undefined, error: unknown): unknown {
  if (!('model' in system) || error instanceof UserError) return error
  const { whole } = system as { readonly whole?: ModelSystem }
  const trial = new Trial(whole ?? (system as ModelSystem))
  try {
    if (state === undefined) trial.initial()
    else trial.expand(state)
  } catch (told) {
    return told
  }
  return error
}

class Trial {
  readonly states: Int32Array[] = []
  choices = 0
  /** Choices of which something was claimed. */
  #claimed = 0
  readonly #mostClaimed: number
  readonly #name: string
  readonly #steps
  readonly #type: StateType<Variables>
  readonly #before: Workspace<Variables>
  readonly #after: Workspace<Variables>
  /** The same two states, which know what they have. */
  readonly #asked: Open
  readonly #made: Open
  readonly #start: Int32Array
  readonly #seen = new Set<string>()

  constructor({ name, model, type }: ModelSystem, mostClaimed = Infinity) {
    this.#mostClaimed = mostClaimed
    this.#name = name
    this.#steps = stepsOf(model)
    this.#type = type
    this.#before = type.workspace()
    this.#after = type.workspace()
    this.#asked = watched(this.#before.state)
    this.#made = watched(this.#after.state)
    this.#start = this.#before.slots.slice()
  }

  initial(): void {
    this.#before.slots.set(this.#start)
    for (const step of this.#steps.initial) this.#take(step, `init '${step.name}'`)
  }

  expand(state: Int32Array): void {
    this.#type.unpack(state, 0, this.#before.slots)
    for (const step of this.#steps.actions) this.#take(step, `action '${step.name}'`)
    const { slots } = this.#after
    slots.set(this.#before.slots)
    const { mayEnd } = this.#steps
    this.#ask('ends', this.#after, () => mayEnd(this.#made))
  }

  #take(step: OpenStep, what: string): void {
    const { slots } = this.#before
    const view = this.#asked
    const before = slots.slice()
    this.#guarded(what, [], step.ranges, this.#before, () => {
      forEachChoice(step.ranges, view, (chosen) => {
        this.choices++
        const enabled = this.#guarded(`${what}, when`, chosen, step.ranges, this.#before, () =>
          step.when === undefined ? true : (step.when(view, ...chosen) as unknown),
        )
        if (typeof enabled !== 'boolean')
          throw this.#told(`${what}, when`, chosen, step.ranges, this.#before, {
            fact: `it answers ${inspect(enabled)}, neither true nor false`,
            hint: 'is a return missing?',
          })
        if (slots.some((slot, at) => slot !== before[at])) {
          slots.set(before)
          throw this.#told(`${what}, when`, chosen, step.ranges, this.#before, {
            fact: 'it changes the state',
            hint: 'a guard only looks: changes belong into `then`',
          })
        }
        if (enabled) this.#effect(step, what, chosen)
      })
    })
  }

  #effect(step: OpenStep, what: string, chosen: readonly unknown[]): void {
    const once = this.#done(step, what, chosen)
    const twice = this.#done(step, what, chosen)
    if (once.some((word, at) => word !== twice[at]))
      throw this.#told(`${what}, then`, chosen, step.ranges, this.#before, {
        fact: 'it does not do the same when it is done again',
        hint: 'no randomness, clocks or variables outside of it: what may vary goes into `for`',
      })
    const key = once.join()
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#judge()
    const { within } = this.#steps
    if (this.states.length >= MOST_STATES) return
    if (within === undefined || within(this.#after.state)) this.states.push(once)
  }

  #done(step: OpenStep, what: string, chosen: readonly unknown[]): Int32Array {
    this.#after.slots.set(this.#before.slots)
    this.#guarded(`${what}, then`, chosen, step.ranges, this.#before, () => {
      step.then(this.#made, ...chosen)
    })
    const words = new Int32Array(this.#type.plan.words)
    this.#type.pack(this.#after.slots, words, 0)
    return words
  }

  /** Asks all that is claimed of the state that was made. */
  #judge(): void {
    if (this.#claimed > this.#mostClaimed) return
    const view = this.#made
    for (const clause of this.#steps.invariants) this.#clause(clause, view)
    for (const { name, holds } of this.#steps.sometimes)
      this.#ask(`sometimes '${name}'`, this.#after, () => holds(view))
    const { within } = this.#steps
    if (within !== undefined) this.#ask('within', this.#after, () => within(view))
  }

  #clause({ name, ranges, holds }: OpenClause, view: Open): void {
    const what = `invariant '${name}'`
    this.#guarded(what, [], ranges, this.#after, () => {
      forEachChoice(ranges, view, (chosen) => {
        this.#claimed++
        this.#ask(what, this.#after, () => holds(view, ...chosen), chosen, ranges)
      })
    })
  }

  #ask(
    what: string,
    at: Workspace<Variables>,
    ask: () => unknown,
    chosen: readonly unknown[] = [],
    ranges: readonly OpenRange[] = [],
  ): void {
    const before = at.slots.slice()
    const answer = this.#guarded(what, chosen, ranges, at, ask)
    if (typeof answer !== 'boolean')
      throw this.#told(what, chosen, ranges, at, {
        fact: `it answers ${inspect(answer)}, neither true nor false`,
        hint: 'is a return missing?',
      })
    if (at.slots.every((slot, index) => slot === before[index])) return
    at.slots.set(before)
    throw this.#told(what, chosen, ranges, at, {
      fact: 'it changes the state',
      hint: 'a claim only looks',
    })
  }

  #guarded<T>(
    what: string,
    chosen: readonly unknown[],
    ranges: readonly OpenRange[],
    at: Workspace<Variables>,
    work: () => T,
  ): T {
    const before = at.slots.slice()
    try {
      return work()
    } catch (error) {
      if (error instanceof UserError || error instanceof UniverseFull) throw error
      at.slots.set(before)
      throw this.#told(what, chosen, ranges, at, { ...factOf(error), cause: error })
    }
  }

  #told(
    what: string,
    chosen: readonly unknown[],
    ranges: readonly OpenRange[],
    at: Workspace<Variables>,
    { fact, ...options }: { fact: string; hint?: string; cause?: unknown },
  ): UserError {
    const given = chosen.map((value, index) => shown(ranges[index], value)).join(', ')
    const state = formatState(this.#type.variables, this.#type.snapshot(at.state))
    const parameters = given === '' ? '' : ` (${given})`
    const where = `${this.#name}, ${what}${parameters}`
    return new UserError(`${fact}\n  in the state\n${indented(state)}`, { where, ...options })
  }
}

function factOf(error: unknown): { fact: string; hint?: string } {
  if (error instanceof UnknownName) return { fact: error.message, hint: error.hint }
  if (error instanceof OutOfBounds)
    return {
      fact: error.message,
      hint: 'widen the layout of the variable, or let `when` or `within` keep away from there',
    }
  return { fact: `it throws: ${error instanceof Error ? error.message : inspect(error)}` }
}

function shown(range: OpenRange | undefined, value: unknown): string {
  if (range !== undefined && typeof range !== 'function') return format(range, value)
  return inspect(value, { breakLength: Infinity })
}

function indented(lines: string): string {
  return lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
