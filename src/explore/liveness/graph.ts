import { Meter } from '../../core/budget.ts'
import type { Runner, System } from '../system.ts'
import type { Bits } from './bits.ts'
import { hasBit } from './bits.ts'
import type { KnownStates } from './known.ts'
import type { Promises } from './promises.ts'

/** The steps between some states that change something, as rows of one long table. */
export interface Graph {
  /** The edges of a state are those from `first[state]` to `first[state + 1]`. */
  readonly first: Uint32Array
  readonly targets: Int32Array
  /** What the promises say of each edge; nothing where there are none. */
  readonly labels: Labels | undefined
  /** For each state, the promises about steps that are enabled: `promises.words` words each. */
  readonly enabled: Int32Array
  readonly promises: Promises
  /** Whether there are steps to states that are not known, being outside of `within`. */
  readonly cut: boolean
}

type Labels = Uint8Array | Uint16Array | Int32Array

/** The memory or the time that a meter allows is used up; the message says which. */
export class OutOfBudget extends Error {
  static of(meter: Meter): OutOfBudget {
    const { bound, limit } = meter.hit('')
    return new OutOfBudget(`the bound on ${bound}, ${limit}, was reached before this was decided`)
  }
}

const FIRST_EDGES = 1 << 12

/**
 * Takes all steps out of some states once more, and keeps those that stay among them. A step that
 * changes nothing is no step. A step out of what is `within` is not gone, but it is enabled.
 */
export function graphOf(
  system: System,
  known: KnownStates,
  states: Bits | undefined,
  promises: Promises,
  options: { readonly steps?: number; readonly meter?: Meter },
): Graph {
  const { meter = new Meter({ bytes: Infinity }), steps = FIRST_EDGES } = options
  const { words, about } = promises
  const count = known.count
  reserve(meter, 4 * (count + 1 + count * words))
  const first = new Uint32Array(count + 1)
  const enabled = new Int32Array(count * words)
  const edges = new Edges(promises, steps, meter)
  let cut = false
  let from = 0

  const runner: Runner = system.runner((action, instance) => {
    const to = known.find(runner.out)
    if (to === from) return false
    if (to < 0) cut = true
    let label = 0
    if (words > 0) {
      label = promises.labelOf(action, instance, runner.parameters)
      for (let word = 0; word < words; word++)
        enabled[from * words + word]! |= about[label * words + word]!
    }
    if (to >= 0 && (states === undefined || hasBit(states, to))) edges.add(to, label)
    return false
  })
  for (from = 0; from < count; from++) {
    first[from] = edges.count
    if (states !== undefined && !hasBit(states, from)) continue
    runner.expand(known.states, from * system.words)
    if (!meter.step()) throw OutOfBudget.of(meter)
  }
  first[count] = edges.count
  const { targets, labels } = edges
  return { first, targets, labels, enabled, promises, cut }
}

export function reserve(meter: Meter, bytes: number): void {
  if (!meter.reserve(bytes)) throw OutOfBudget.of(meter)
}

/** Two columns that grow. */
class Edges {
  count = 0
  targets: Int32Array
  labels: Labels | undefined
  readonly #meter: Meter
  readonly #each: number

  constructor(promises: Promises, steps: number, meter: Meter) {
    this.#meter = meter
    const label = promises.count === 0 ? 0 : columnFor(promises.labels, 0).BYTES_PER_ELEMENT
    this.#each = 4 + label
    // Memory that is never touched costs nothing, so there is room for all steps at once.
    const affordable = Math.floor((meter.rest.bytes ?? Infinity) / this.#each)
    const room = Math.min(Math.max(FIRST_EDGES, steps), Math.max(FIRST_EDGES, affordable))
    reserve(meter, room * this.#each)
    this.targets = new Int32Array(room)
    if (promises.count > 0) this.labels = columnFor(promises.labels, room)
  }

  add(to: number, label: number): void {
    if (this.count === this.targets.length) this.#grow()
    if (this.labels !== undefined) this.labels[this.count] = label
    this.targets[this.count++] = to
  }

  #grow(): void {
    const room = Math.ceil(this.count * 1.6)
    reserve(this.#meter, (room - this.count) * this.#each)
    const targets = new Int32Array(room)
    targets.set(this.targets)
    this.targets = targets
    if (this.labels === undefined) return
    const labels = new (this.labels.constructor as new (length: number) => Labels)(room)
    labels.set(this.labels)
    this.labels = labels
  }
}

function columnFor(labels: number, room: number): Labels {
  if (labels <= 1 << 8) return new Uint8Array(room)
  return labels <= 1 << 16 ? new Uint16Array(room) : new Int32Array(room)
}
