import type { Invariant, View } from '../core/invariant.ts'
import type { TraceHeader, TraceStep } from '../core/trace.ts'
import type { Divergence, Program } from '../node/index.ts'
import { replay } from '../node/index.ts'

export interface TraceCheck {
  /** How many handlers were run again. */
  readonly steps: number
  /** Absent: every handler asked for the same again. */
  readonly divergence?: Divergence
  readonly violation?: Broken
  /** How often a state that invariants look at has changed, and after how many they were asked. */
  readonly changes: number
  readonly looked: number
}

export interface Broken {
  readonly invariant: string
  readonly sentence: string
  /** The step of the merged trace after which it was seen. */
  readonly step: number
  /** Microseconds. */
  readonly time: number
}

/**
 * Runs a real run through the pure code once more: it must do the same, and the states that it goes
 * through, which no process could show all the time, are held against the invariants. Where that
 * takes long only some states are looked at, ever fewer, and the last one always.
 */
export function checkTrace(
  program: Program,
  trace: { readonly header: TraceHeader; readonly steps: Iterable<TraceStep> },
  invariants: readonly Invariant[],
  seconds = 20,
): TraceCheck {
  const states = new WatchedStates(trace.header.nodes, invariants, seconds)
  let steps = 0
  const divergence = replay(program, trace.header, trace.steps, (step, state) => {
    steps++
    // A crashed node keeps the last view that it had.
    if (state !== undefined) states.next(step, program.view(state))
  })
  states.last()
  const { violation, changes, looked } = states
  return {
    steps,
    ...(divergence === undefined ? {} : { divergence }),
    ...(violation === undefined ? {} : { violation }),
    changes,
    looked,
  }
}

/** Between two moments at which the states that are looked at become fewer by half. */
const PARTS = 8

class WatchedStates {
  readonly #nodes: readonly string[]
  readonly #invariants: readonly Invariant[]
  readonly #views: (View | undefined)[]
  readonly #partMs: number
  /** Those that look at something that has changed since they were asked. */
  readonly #due = new Set<Invariant>()
  #latest: TraceStep | undefined
  #spentMs = 0
  #stride = 1
  changes = 0
  looked = 0
  violation: Broken | undefined

  constructor(nodes: readonly string[], invariants: readonly Invariant[], seconds: number) {
    this.#nodes = nodes
    this.#invariants = invariants
    this.#views = nodes.map(() => undefined)
    this.#partMs = (1000 * seconds) / PARTS
  }

  next(step: TraceStep, view: View): void {
    const at = this.#nodes.indexOf(step.node ?? '')
    const before = this.#views[at]
    this.#views[at] = view
    this.#latest = step
    let changed = false
    for (const invariant of this.#invariants) {
      if (invariant.reads.every((part) => Object.is(before?.[part], view[part]))) continue
      this.#due.add(invariant)
      changed = true
    }
    if (changed && ++this.changes % this.#stride === 0) this.#look()
  }

  last(): void {
    if (this.#due.size > 0) this.#look()
  }

  #look(): void {
    const step = this.#latest
    if (step === undefined || this.violation !== undefined) return
    const began = performance.now()
    for (const invariant of this.#due) {
      const sentence = invariant.violated(this.#views, this.#nodes)
      if (sentence === undefined) continue
      const { step: number, time } = step
      this.violation = { invariant: invariant.name, sentence, step: number, time }
      break
    }
    this.#due.clear()
    this.looked++
    this.#spentMs += performance.now() - began
    // Half of the time at full care, and then half as much care with every part.
    const used = this.#spentMs / this.#partMs
    while (used > PARTS / 2 + Math.log2(this.#stride)) this.#stride *= 2
  }
}
