import { UserError } from '../../core/user-error.ts'
import type { State, Variables } from '../../state/index.ts'
import type { Open, OpenStep } from '../model-steps.ts'
import { stepsOf } from '../model-steps.ts'
import { forEachChoice } from '../model-system.ts'
import type { Emit, ModelSystem, Runner } from '../system.ts'
import { valueKey } from '../value-key.ts'
import { observed } from './observed.ts'
import { outletOf } from './outlet.ts'
import type { ReducedSystem } from './reduction.ts'
import { retrace, sameWords } from './retrace.ts'
import { Parts, Uses, WRITES } from './uses.ts'

/** A step that needs not be taken, as it was taken before those that led here. */
interface Sleeping {
  readonly name: string
  /** What it uses, and how: the same as where it was enabled, as nobody changed it since. */
  readonly uses: Uint8Array
}

interface Tally {
  taken: number
  slept: number
  searched: boolean
}

/**
 * The same machine with fewer steps, and as many states: of two steps that are in nobody's way,
 * only one order is taken (sleep sets; Godefroid 1996, chapter 5). Only for a breadth-first search
 * by one thread. There, what sleeps in a state is what sleeps on all steps by which states of the
 * level before lead to it, and every state is still found on its level: of all shortest paths to a
 * state, the first one in the order of steps is never asleep. If one of its steps were, it could be
 * taken earlier and lead to the same state by a path that comes before this one. Steps that lead
 * back need not be looked at, as they are on no shortest path.
 *
 * Two steps are in nobody's way, in a state, if neither writes what the other reads or writes.
 */
export function sleeping(whole: ModelSystem): ReducedSystem {
  if (whole.model.within !== undefined)
    throw new UserError('sleep sets are not used with a bound on states', {
      where: whole.name,
      hint: 'leave one of the two away: another order may lead through states beyond the bound',
    })
  const tallies: Tally[] = []
  return {
    ...whole,
    whole,
    runner: (emit) => {
      const tally = { taken: 0, slept: 0, searched: false }
      tallies.push(tally)
      return sleepingRunner(whole, tally, emit)
    },
    retrace: (path) => retrace(whole, path, sameWords),
    report: () => {
      const searched = tallies.filter((tally) => tally.searched)
      const slept = searched.reduce((all, tally) => all + tally.slept, 0)
      const taken = searched.reduce((all, tally) => all + tally.taken, 0)
      return {
        kind: 'sleep sets',
        about: `${String(slept)} of ${String(slept + taken)} steps were not taken`,
        factor: (slept + taken) / taken,
      }
    },
  }
}

function sleepingRunner(whole: ModelSystem, tally: Tally, emit: Emit): Runner {
  // What sleeps in the states that were found and not gone on from.
  const asleep = new Map<string, readonly Sleeping[]>()
  const look = stepsIn(whole)
  const made = new Int32Array(whole.words)
  const { put, runner } = outletOf(whole, (action, instance) => tell(action, instance, []))
  const tell = (action: number, instance: number, sleeps: readonly Sleeping[]): boolean => {
    const isNew = emit(action, instance)
    const key = runner.out.join()
    const before = asleep.get(key)
    if (isNew) asleep.set(key, sleeps)
    else if (before !== undefined) asleep.set(key, inBoth(before, sleeps))
    tally.searched ||= isNew
    return isNew
  }
  const expand: Runner['expand'] = (words, offset) => {
    const key = words.subarray(offset, offset + made.length).join()
    // What slept here, and then also what was taken here.
    const before: Sleeping[] = [...(asleep.get(key) ?? [])]
    asleep.delete(key)
    let enabled = 0
    look(words, offset, (step) => {
      enabled++
      if (before.some(({ name }) => name === step.name)) {
        tally.slept++
        return
      }
      tally.taken++
      const uses = step.take(made)
      const sleeps = before.filter((other) => !areInTheWay(other.uses, uses))
      put(made, 0, step.choice)
      tell(step.action, step.instance, sleeps)
      before.push({ name: step.name, uses })
    })
    return enabled
  }
  return { ...runner, expand }
}

function inBoth(some: readonly Sleeping[], others: readonly Sleeping[]): readonly Sleeping[] {
  const names = new Set(others.map(({ name }) => name))
  return some.filter(({ name }) => names.has(name))
}

function areInTheWay(one: Uint8Array, other: Uint8Array): boolean {
  return one.some((how, part) => {
    const there = other[part]!
    return how !== 0 && there !== 0 && ((how | there) & WRITES) !== 0
  })
}

interface EnabledStep {
  readonly name: string
  readonly action: number
  readonly instance: number
  readonly choice: readonly unknown[]
  /** Writes the state after it, and answers what guard and effect used. */
  take(out: Int32Array): Uint8Array
}

type Look = (words: Int32Array, offset: number, visit: (step: EnabledStep) => void) => void

/** Visits the enabled steps of a state, noting what they use. */
function stepsIn({ model, type }: ModelSystem): Look {
  const { actions } = stepsOf(model)
  const uses = new Uses(new Parts(type.variables))
  const current = type.workspace()
  const next = type.workspace()
  const watched: Open = observed<State<Variables>>(current.state, type.variables, uses)
  const watchedNext: Open = observed<State<Variables>>(next.state, type.variables, uses)
  const take = (step: OpenStep, choice: readonly unknown[]) => (out: Int32Array) => {
    next.slots.set(current.slots)
    step.then(watchedNext, ...choice)
    type.pack(next.slots, out, 0)
    return uses.of.slice()
  }
  return (words, offset, visit) => {
    type.unpack(words, offset, current.slots)
    for (const [action, step] of actions.entries()) {
      uses.clear()
      let instance = 0
      let ranged: Uint8Array | undefined
      forEachChoice(step.ranges, watched, (choice) => {
        // What the ranges read, each step depends on.
        ranged ??= uses.of.slice()
        uses.of.set(ranged)
        const number = instance++
        if (step.when?.(watched, ...choice) === false) return
        const name = `${String(action)} ${valueKey(choice)}`
        visit({ name, action, instance: number, choice, take: take(step, choice) })
      })
    }
  }
}
