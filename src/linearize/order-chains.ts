/**
 * A partial order on the events of a few clients that grows by derived edges, each with its reason,
 * and that notices the first cycle. What precedes an event is one number a client, so a question is
 * one comparison.
 */
import type { Meter } from '../core/budget.ts'
import { IntList } from './int-list.ts'
import type { Accesses } from './order-accesses.ts'
import type { Groups } from './order-groups.ts'

/** Why one event comes before another; `by` is the event that proves it, or -1. */
export interface Step {
  readonly from: number
  readonly to: number
  readonly why: Why
  readonly by: number
}

export type Why =
  /** Same client. */
  | 'client'
  /** The later one read what the earlier one wrote. */
  | 'reads'
  /** The earlier write comes before `by`, and `by` read what the later one wrote. */
  | 'overwritten'
  /** The earlier one read what `by` (-1: nobody, at first) wrote; the later one overwrote it. */
  | 'overwrites'

/** A circle of steps, and all events that take part in it or in the proof of its steps. */
export interface Contradiction {
  readonly cycle: readonly Step[]
  readonly events: readonly number[]
}

export type Added = 'fine' | 'cycle' | 'bound'

/** Fields of an edge. */
const FROM = 0
const TO = 1
const RULE = 2
const BY = 3
const NEXT = 4
const FIELDS = 5
const RULES: readonly Why[] = ['overwritten', 'overwrites']

export class ChainOrder {
  readonly accesses: Accesses
  readonly groups: Groups
  /** As in `ClientOrder`. It grows. */
  readonly before: Int32Array
  readonly #chains: number
  readonly #meter: Meter
  readonly #edges: IntList
  /** By event: the last derived edge that leaves it, or -1. */
  readonly #leaving: Int32Array
  /** By chain: events from this place on are left out. */
  readonly #scope: Int32Array | undefined
  readonly #starters = new Map<number, number[]>()
  readonly #open: number[] = []
  readonly #grown: (event: number) => void
  #cycle: Step | undefined

  /**
   * @param before is changed by this object
   * @param grown is told every event that more events precede than before
   * @param scope by chain, how many of its first events the order is about; all if absent
   */
  constructor(
    parts: { accesses: Accesses; groups: Groups; before: Int32Array },
    meter: Meter,
    grown: (event: number) => void = () => undefined,
    scope?: Int32Array,
  ) {
    this.accesses = parts.accesses
    this.groups = parts.groups
    this.before = parts.before
    this.#chains = parts.accesses.start.length - 1
    this.#meter = meter
    this.#edges = new IntList(meter)
    this.#leaving = new Int32Array(parts.accesses.count).fill(-1)
    this.#grown = grown
    this.#scope = scope
    parts.accesses.after.forEach((event, c) => {
      const first = parts.accesses.start[c]!
      if (event !== -1) this.#starters.set(event, [...(this.#starters.get(event) ?? []), first])
    })
  }

  /** True if `a` is `b` or precedes it. */
  reaches(a: number, b: number): boolean {
    const { chain, start } = this.accesses
    const c = chain[a]!
    return this.before[b * this.#chains + c]! > a - start[c]!
  }

  /** Puts `from` before `to`, and with it all that follows. */
  add(from: number, to: number, why: 'overwritten' | 'overwrites', by: number): Added {
    if (from !== to && this.reaches(from, to)) return 'fine'
    if (this.reaches(to, from)) {
      this.#cycle = { from, to, why, by }
      return 'cycle'
    }
    const edges = this.#edges
    if (!edges.reserve(FIELDS)) return 'bound'
    const at = edges.length
    edges.items[at + FROM] = from
    edges.items[at + TO] = to
    edges.items[at + RULE] = RULES.indexOf(why)
    edges.items[at + BY] = by
    edges.items[at + NEXT] = this.#leaving[from]!
    edges.length += FIELDS
    this.#leaving[from] = at
    this.#hand(from, to)
    return this.#spread() ? 'fine' : 'bound'
  }

  #hand(from: number, to: number): void {
    const before = this.before
    const chains = this.#chains
    if (this.#scope !== undefined) {
      const c = this.accesses.chain[to]!
      if (to - this.accesses.start[c]! >= this.#scope[c]!) return
    }
    let grew = false
    for (let c = 0, a = from * chains, b = to * chains; c < chains; c++, a++, b++) {
      if (before[a]! > before[b]!) {
        before[b] = before[a]!
        grew = true
      }
    }
    if (grew) this.#open.push(to)
  }

  #spread(): boolean {
    const { chain, start } = this.accesses
    const { readers, readersFrom } = this.groups
    for (let e = this.#open.pop(); e !== undefined; e = this.#open.pop()) {
      if (!this.#meter.step()) return false
      this.#grown(e)
      for (let i = readersFrom[e]!; i < readersFrom[e + 1]!; i++) this.#hand(e, readers[i]!)
      for (let at = this.#leaving[e]!; at !== -1; at = this.#edges.items[at + NEXT]!) {
        this.#hand(e, this.#edges.items[at + TO]!)
      }
      if (this.#starters.size > 0) for (const to of this.#starters.get(e) ?? []) this.#hand(e, to)
      if (e + 1 < start[chain[e]! + 1]!) this.#hand(e, e + 1)
    }
    return true
  }

  /**
   * After `add` said 'cycle': the circle, and all events that are needed to derive its edges.
   *
   * @param premises whether edges were derived from all edges before them, or from the order of
   *   clients and reads alone
   */
  contradiction(premises: 'all' | 'first' = 'all'): Contradiction {
    if (this.#cycle === undefined) throw new Error('there is no cycle')
    const { from, to } = this.#cycle
    const cycle = joined([...this.#path(to, from, this.#edges.length), this.#cycle])
    const events = new Set<number>()
    const proven = new Set<number>()
    const open: { step: Step; limit: number }[] = []
    const take = (steps: readonly Step[], limit: number): void => {
      for (const step of steps) {
        events.add(step.from).add(step.to)
        if (step.why === 'overwritten' || step.why === 'overwrites') open.push({ step, limit })
      }
    }
    take(cycle, this.#edges.length)
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { step, limit } = next
      const edge = step === this.#cycle ? this.#edges.length : this.#edgeOf(step, limit)
      if (proven.has(edge)) continue
      proven.add(edge)
      if (step.by === -1) continue
      events.add(step.by)
      // Only edges that are older may prove an edge.
      const [a, b] = step.why === 'overwritten' ? [step.from, step.by] : [step.by, step.to]
      const older = premises === 'all' ? edge : 0
      take(joined(this.#path(a, b, older)), older)
    }
    return { cycle, events: [...events] }
  }

  #edgeOf(step: Step, limit: number): number {
    const items = this.#edges.items
    for (let at = this.#leaving[step.from]!; at !== -1; at = items[at + NEXT]!) {
      if (at < limit && items[at + TO] === step.to && items[at + BY] === step.by) return at
    }
    throw new Error('a step of a proof is no edge')
  }

  /** A way from one event to a later one, without derived edges. */
  path(from: number, to: number): Step[] {
    return joined(this.#path(from, to, 0))
  }

  /**
   * The way from one event to another that changes clients least, over derived edges below a limit.
   * Steps along a client's own order cost nothing.
   */
  #path(from: number, to: number, limit: number): Step[] {
    const came = new Map<number, Step | undefined>([[from, undefined]])
    let near = [from]
    let far: Step[] = []
    while (near.length > 0 && !came.has(to)) {
      for (let at = 0; at < near.length && !came.has(to); at++) {
        const e = near[at]!
        for (const next of this.#followers(e)) {
          if (came.has(next) || !this.reaches(next, to)) continue
          came.set(next, { from: e, to: next, why: 'client', by: -1 })
          near.push(next)
        }
        this.#crossings(e, limit, far)
      }
      near = []
      for (const step of far) {
        if (came.has(step.to) || !this.reaches(step.to, to)) continue
        came.set(step.to, step)
        near.push(step.to)
      }
      far = []
    }
    const path: Step[] = []
    for (let step = came.get(to); step !== undefined; step = came.get(step.from)) path.push(step)
    if (path.length === 0 && from !== to) throw new Error('a proof has a gap')
    return path.reverse()
  }

  /** What comes directly after an event in its client's order. */
  #followers(e: number): number[] {
    const { chain, start } = this.accesses
    const next = e + 1 < start[chain[e]! + 1]! ? [e + 1] : []
    return this.#starters.size === 0 ? next : [...next, ...(this.#starters.get(e) ?? [])]
  }

  /** Adds the steps that leave an event for other clients. */
  #crossings(e: number, limit: number, steps: Step[]): void {
    const { readers, readersFrom } = this.groups
    const items = this.#edges.items
    for (let i = readersFrom[e]!; i < readersFrom[e + 1]!; i++) {
      steps.push({ from: e, to: readers[i]!, why: 'reads', by: -1 })
    }
    for (let edge = this.#leaving[e]!; edge !== -1; edge = items[edge + NEXT]!) {
      if (edge >= limit) continue
      const why = RULES[items[edge + RULE]!]!
      steps.push({ from: e, to: items[edge + TO]!, why, by: items[edge + BY]! })
    }
  }
}

/** Several steps along one client's order in a row are one. */
export function joined(steps: readonly Step[]): Step[] {
  const result: Step[] = []
  for (const step of steps) {
    const last = result.at(-1)
    if (step.why === 'client' && last?.why === 'client') {
      result[result.length - 1] = { ...last, to: step.to }
    } else result.push(step)
  }
  return result
}
