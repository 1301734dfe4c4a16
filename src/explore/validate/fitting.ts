import type { StateType, Variables, Workspace } from '../../state/index.ts'
import type { ModelSteps, OpenStep } from '../model-steps.ts'
import { forEachChoice as forEachBeginning } from '../model-system.ts'
import type { Mapping, Part, Way } from './mapping.ts'
import { StateSet } from './state-set.ts'
import { forEachChoice, isEnabled, Steps } from './steps.ts'
import type { Named } from './steps.ts'

/** States of a spec that fit what was seen until now, packed one after the other. */
interface Packed {
  readonly count: number
  readonly words: Int32Array
}

/** Too many states fit. */
export class TooManyFit extends Error {
  constructor(most: number) {
    super(`more than ${most} states of the spec fit`)
    this.name = 'TooManyFit'
  }
}

/** What is seen of a state, and which states that leaves. */
type Sees = (state: unknown) => string | undefined

/**
 * The states of the spec that fit all of a trace so far. A trace that says everything leaves one:
 * that one lies unpacked, and actions are taken in place.
 */
export class Fitting {
  readonly steps: Steps
  readonly type: StateType<Variables>
  /** The most states that fitted at a time, and how many actions were taken in all. */
  most = 1
  taken = 0
  readonly #mostStates: number
  readonly #words: number
  readonly #current: Workspace<Variables>
  readonly #backup: Int32Array
  /** One workspace for each action of a way. */
  readonly #depths: Workspace<Variables>[] = []
  readonly #out: Int32Array
  readonly #gathered: StateSet
  readonly #beginning: readonly OpenStep[]
  #initially: Packed | undefined
  readonly #runs = new Map<string, Packed>()
  readonly #silent: readonly Named[]
  readonly #silentMost: number
  /** The run whose only state lies unpacked in `current`, if any. */
  #loaded: string | undefined

  constructor(
    { initial, actions }: ModelSteps,
    type: StateType<Variables>,
    { silent }: Pick<Mapping, 'silent'>,
    mostStates: number,
  ) {
    this.steps = new Steps(actions)
    this.type = type
    this.#mostStates = mostStates
    this.#words = type.plan.words
    this.#current = type.workspace()
    this.#backup = this.#current.slots.slice()
    this.#out = new Int32Array(this.#words)
    this.#gathered = new StateSet(this.#words)
    this.#silent = (silent?.ways ?? []).map((instance) => this.steps.named(instance))
    this.#silentMost = silent?.most ?? 0
    this.#beginning = initial
  }

  /** How many states fit, of one run. */
  count(run = ''): number {
    return this.#loaded === run ? 1 : (this.#runs.get(run) ?? this.#initial).count
  }

  /** Keeps the states that fit the part as well; false, and nothing has changed, if none does. */
  take(part: Part): boolean {
    const { run = '', sees } = part
    const ways = waysOf(part)
    if (ways.length === 1 && this.#silent.length === 0 && this.#load(run)) {
      const way = ways[0]!.map((instance) => this.steps.named(instance))
      if (way.every(({ open }) => !open)) return this.#inPlace(way, sees as Sees | undefined)
    }
    const next = this.#fitting(this.#states(run), part, ways)
    if (next.count === 0) return false
    this.#put(run, next)
    return true
  }

  /** The states of a run, to look at. */
  look(run: string | undefined, visit: (at: Workspace<Variables>) => void): void {
    const { words, count } = this.#states(run ?? '')
    const at = this.#depth(0)
    for (let state = 0; state < count; state++) {
      this.type.unpack(words, state * this.#words, at.slots)
      visit(at)
    }
  }

  /** Rewrites all states of the only run. */
  rewrite(change: (state: unknown) => void): void {
    const run = this.#loaded ?? ''
    if (this.#load(run)) {
      change(this.#current.state)
      return
    }
    const { words, count } = this.#states(run)
    const kept = this.#gathering()
    for (let state = 0; state < count; state++) {
      this.type.unpack(words, state * this.#words, this.#current.slots)
      change(this.#current.state)
      this.#keep(kept, this.#current)
    }
    this.#put(run, packed(kept))
  }

  #inPlace(way: readonly Named[], sees: Sees | undefined): boolean {
    const { state, slots } = this.#current
    this.#backup.set(slots)
    for (const { step, parameters } of way) {
      if (!isEnabled(step, state, parameters)) {
        slots.set(this.#backup)
        return false
      }
      step.then(state, ...parameters)
      this.taken++
    }
    if (sees?.(state) === undefined) return true
    slots.set(this.#backup)
    return false
  }

  #fitting(from: Packed, part: Part, ways: readonly Way[]): Packed {
    const named = ways.map((way) => way.map((instance) => this.steps.named(instance)))
    const all = this.#silent.length === 0 ? from : this.#withSilent(from)
    const kept = this.#gathering()
    const sees = part.sees as Sees | undefined
    const start = this.#depth(0)
    for (let state = 0; state < all.count; state++) {
      for (const way of named) {
        this.type.unpack(all.words, state * this.#words, start.slots)
        let fitted = 0 as number
        this.#follow(way, 0, (last) => {
          if (sees?.(last.state) !== undefined) return
          fitted++
          this.#keep(kept, last)
        })
        if (fitted > 0 && part.first === true) break
      }
    }
    return packed(kept)
  }

  /** Takes the actions of a way from the workspace of a depth on, with all that is left open. */
  #follow(way: readonly Named[], depth: number, end: (last: Workspace<Variables>) => void): void {
    const at = this.#depth(depth)
    const action = way[depth]
    if (action === undefined) {
      end(at)
      return
    }
    const { step, parameters, open } = action
    const next = this.#depth(depth + 1)
    const go = (chosen: readonly unknown[]): void => {
      if (!isEnabled(step, at.state, chosen)) return
      next.slots.set(at.slots)
      step.then(next.state, ...chosen)
      this.taken++
      this.#follow(way, depth + 1, end)
    }
    if (open) forEachChoice(action, at.state, go)
    else go(parameters)
  }

  /** These states and all that silent steps lead to from them. */
  #withSilent(from: Packed): Packed {
    const kept = this.#gathering()
    for (let state = 0; state < from.count; state++) {
      this.type.unpack(from.words, state * this.#words, this.#current.slots)
      this.#keep(kept, this.#current)
    }
    let first = 0
    for (let round = 0; round < this.#silentMost; round++) {
      const last = kept.count
      for (; first < last; first++) {
        for (const silent of this.#silent) {
          this.type.unpack(kept.states, first * this.#words, this.#depth(0).slots)
          this.#follow([silent], 0, (end) => {
            this.#keep(kept, end)
          })
        }
      }
    }
    return packed(kept)
  }

  get #initial(): Packed {
    return (this.#initially ??= this.#beginnings())
  }

  #beginnings(): Packed {
    const kept = this.#gathering()
    const start = this.#current.slots.slice()
    const at = this.#current
    for (const step of this.#beginning) {
      at.slots.set(start)
      forEachBeginning(step.ranges, at.state, (chosen) => {
        at.slots.set(start)
        if (step.when?.(at.state, ...chosen) === false) return
        step.then(at.state, ...chosen)
        this.#keep(kept, at)
      })
    }
    return packed(kept)
  }

  #gathering(): StateSet {
    this.#gathered.clear()
    return this.#gathered
  }

  #keep(kept: StateSet, { slots }: Workspace<Variables>): void {
    this.type.pack(slots, this.#out, 0)
    kept.add(this.#out)
    if (kept.count > this.#mostStates) throw new TooManyFit(this.#mostStates)
  }

  #depth(depth: number): Workspace<Variables> {
    return (this.#depths[depth] ??= this.type.workspace())
  }

  /** Unpacks the state of a run if it has only one. */
  #load(run: string): boolean {
    if (this.#loaded === run) return true
    const states = this.#runs.get(run) ?? this.#initial
    if (states.count !== 1) return false
    this.#unload()
    this.type.unpack(states.words, 0, this.#current.slots)
    this.#loaded = run
    return true
  }

  #unload(): void {
    if (this.#loaded === undefined) return
    const words = new Int32Array(this.#words)
    this.type.pack(this.#current.slots, words, 0)
    this.#runs.set(this.#loaded, { count: 1, words })
    this.#loaded = undefined
  }

  #states(run: string): Packed {
    this.#unload()
    return this.#runs.get(run) ?? this.#initial
  }

  #put(run: string, states: Packed): void {
    this.#runs.set(run, states)
    if (states.count > this.most) this.most = states.count
  }
}

export function waysOf({ ways }: Pick<Part, 'ways'>): readonly Way[] {
  return (typeof ways === 'function' ? ways() : ways) ?? STANDS_STILL
}

const STANDS_STILL: readonly Way[] = [[]]

function packed({ count, words, states }: StateSet): Packed {
  return { count, words: states.slice(0, count * words) }
}
