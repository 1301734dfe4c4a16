import type { View } from '../core/invariant.ts'
import type { Effect, TraceEvent, TraceStep } from '../core/trace.ts'
import type { Program } from '../node/index.ts'
import type { Failure } from './run.ts'
import type { World } from './world.ts'

/** Looks at a run from outside: asks invariants, and writes the trace if somebody wants it. */
export class Watcher {
  readonly trace: TraceStep[] = []
  readonly tracing: boolean
  failure: Failure | undefined
  readonly #world: World
  readonly #program: Program
  readonly #views: (View | undefined)[]
  readonly #nodes: readonly string[]
  readonly #looks: boolean

  constructor(world: World, program: Program) {
    const { trace, nodes, invariants } = world.simulation
    this.tracing = trace === true
    this.#world = world
    this.#program = program
    this.#nodes = world.names.slice(0, nodes)
    this.#views = this.#nodes.map(() => undefined)
    this.#looks = invariants.length > 0 || this.tracing
  }

  /** A handler ran at a node, and its state is another one now. */
  changed(node: number, state: unknown): void {
    if (!this.#looks) return
    const before = this.#views[node]
    const now = this.#program.view(state)
    this.#views[node] = now
    for (const invariant of this.#world.simulation.invariants) {
      if (before !== undefined && invariant.reads.every((part) => before[part] === now[part])) {
        continue
      }
      const sentence = invariant.violated(this.#views, this.#nodes, node)
      if (sentence === undefined) continue
      this.fail({ kind: 'invariant', name: invariant.name, sentence, node: this.#nodes[node]! })
      return
    }
  }

  /** The first thing that is wrong is what counts. */
  fail(failure: Omit<Failure, 'step' | 'time'>): void {
    const { step, now } = this.#world
    this.failure ??= { ...failure, step, time: now }
  }

  /** Writes down a step of a node. */
  step(node: number, event: TraceEvent, effects: readonly Effect[]): void {
    const { step, now, names } = this.#world
    const view = this.#views[node]
    this.trace.push({
      step,
      time: now,
      node: names[node]!,
      event,
      effects,
      ...(view === undefined ? {} : { view }),
    })
  }

  /** Something befell the cluster. */
  befell(label: string): void {
    if (this.tracing) {
      const { step, now } = this.#world
      this.trace.push({ step, time: now, event: { type: 'fault', label }, effects: [] })
    }
    this.#world.step++
  }
}
