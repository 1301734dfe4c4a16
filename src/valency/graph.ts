import { BoundReached } from '../explore/bounds.ts'
import type { Visited } from '../explore/visited.ts'
import { visitedFor } from '../explore/visited-source.ts'
import { IntList } from '../core/int-list.ts'
import { Packing } from './packing.ts'
import type { Successors } from './successors.ts'

/** The limits of one search. Whatever is left out is unlimited, except memory, which never is. */
export interface GraphBounds {
  /** Default: 20 million. */
  readonly states?: number
  readonly seconds?: number
  /** Memory for the table and the edges of one graph, in bytes. */
  readonly bytes?: number
  /** A process alone may come to ever new states; otherwise that is an error. */
  readonly endless?: boolean
  /** Do not go on from configurations in which something is decided. */
  readonly untilDecided?: boolean
}

/** Which bound cut the graph off. */
export interface Stopped {
  readonly bound: 'states' | 'time' | 'memory'
  readonly limit: number
  /** New local states came to the end, as of a protocol whose state grows without bound. */
  readonly growing?: Growing
}

/** What grows without bound, as far as it was seen. */
export interface Growing {
  /** How many local states there were, of all processes. */
  readonly locals: number
  /** The step that made the last one: state and event. */
  readonly step: string
  /** What it made. */
  readonly to: string
}

const DEFAULT_BYTES = 8_000_000_000
export const DEFAULT_STATES = 20_000_000
/** Where an edge leads that leaves what the protocol's own bound is about. */
export const OUTSIDE = -1
const STATES_PER_LOOK = 1 << 10
/** A protocol that has finitely many local states shows them early: so many times more is odd. */
const GROWTH = 1.3

/**
 * The configurations that can be reached from one of inputs, in the order of a breadth-first
 * search, with all steps between them, but for empty steps that change nothing: those are bits.
 */
export class Graph {
  readonly successors: Successors
  /** The edges of a configuration are those from `first[c]` to `first[c + 1]`. */
  readonly first = new IntList()
  readonly events = new IntList(1 << 12)
  readonly targets = new IntList(1 << 12)
  /** Of each configuration: the values that are decided in it, as bits. */
  readonly decided = new IntList()
  /** Of each configuration: the processes whose empty steps change nothing, as bits. */
  readonly idle = new IntList()
  /** The first configuration of each level. */
  readonly levels: number[] = [0]
  /** Configurations that were gone on from: all, if no bound was reached. */
  expanded = 0
  stopped: Stopped | undefined
  /** Whether steps lead out of what the protocol calls `within`. */
  left = false
  /** The most messages that were on their way at the same time. */
  mostParcels = 0
  /** How many local states there were when half as many configurations were gone on from. */
  readonly #locals: number[] = []
  #packing: Packing
  #visited: Visited
  #words: Int32Array
  readonly #bounds: GraphBounds

  constructor(successors: Successors, inputs: readonly number[], bounds: GraphBounds = {}) {
    this.successors = successors
    this.#bounds = bounds
    successors.initial(inputs, bounds.endless === true)
    const { processes } = successors
    this.#packing = new Packing(processes, processes + 5, true)
    this.#visited = this.#table()
    this.#words = new Int32Array(this.#packing.words)
    this.#add(-1)
    this.#explore()
  }

  get count(): number {
    return this.#visited.count
  }

  get edges(): number {
    return this.targets.length
  }

  /** All configurations and all steps are there. */
  get complete(): boolean {
    return this.stopped === undefined && !this.left
  }

  get bytes(): number {
    return this.#visited.bytes + 8 * this.edges + 12 * this.count
  }

  /** How many steps lead to a configuration, at least. */
  depth(configuration: number): number {
    let depth = 0
    while (depth + 1 < this.levels.length && this.levels[depth + 1]! <= configuration) depth++
    return depth
  }

  /** Whether the search does not go on from a configuration, as something is decided in it. */
  isEnd(configuration: number): boolean {
    return this.#bounds.untilDecided === true && this.decided.data[configuration] !== 0
  }

  /** Makes a configuration the one that `successors` goes on from. */
  load(configuration: number): void {
    const { successors } = this
    if (successors.here.length < this.#packing.most) {
      successors.here = new Int32Array(this.#packing.most)
      successors.out = new Int32Array(this.#packing.most)
    }
    const offset = configuration * this.#packing.words
    successors.hereSize = this.#packing.unpack(this.#visited.states, offset, successors.here)
  }

  /** The number of the configuration in `successors.out`, -1 if it is not known. */
  find(): number {
    const { out, outSize } = this.successors
    if (!this.#packing.fits(out, outSize)) return -1
    this.#packing.pack(out, outSize, this.#words)
    return this.#visited.find(this.#words)
  }

  /** The way by which a configuration was found first: configurations from the initial one on. */
  pathTo(configuration: number): readonly number[] {
    const path = []
    for (let at = configuration; at >= 0; at = this.#visited.parents[at]!) path.push(at)
    return path.reverse()
  }

  /** An event that leads from one configuration straight to another; the first one. */
  eventBetween(from: number, to: number): number {
    for (let edge = this.first.data[from]!; edge < this.first.data[from + 1]!; edge++)
      if (this.targets.data[edge] === to) return this.events.data[edge]!
    throw new Error('no step leads from one of these configurations to the other')
  }

  #explore(): void {
    const { successors } = this
    const deadline = performance.now() + (this.#bounds.seconds ?? Infinity) * 1000
    let here = 0
    const visit = (event: number): void => {
      const target = this.#isWithin() ? this.#add(here) : OUTSIDE
      if (target === OUTSIDE) this.left = true
      this.events.push(event)
      this.targets.push(target)
    }
    try {
      for (; here < this.count; here++) {
        if (here === this.levels.at(-1)! && here > 0) this.levels.push(this.count)
        if (here % STATES_PER_LOOK === 0) {
          this.#look(deadline)
          this.#locals.push(successors.elements.localValues.length)
        }
        this.first.push(this.edges)
        this.load(here)
        if (this.isEnd(here)) successors.idle = 0
        else successors.expand(visit)
        this.idle.push(successors.idle)
        if (here === 0) this.levels.push(1)
      }
    } catch (error) {
      if (!(error instanceof BoundReached)) throw error
      this.stopped ??= { bound: error.bound, limit: error.limit }
      const growing = this.#growing()
      if (growing !== undefined) this.stopped = { ...this.stopped, growing }
    }
    this.expanded = here
    for (let rest = this.first.length; rest <= this.count; rest++) this.first.push(this.edges)
    for (let rest = this.idle.length; rest < this.count; rest++) this.idle.push(0)
    if (this.levels.at(-1)! >= this.count && this.levels.length > 1) this.levels.pop()
  }

  #look(deadline: number): void {
    const { bytes = DEFAULT_BYTES, seconds } = this.#bounds
    if (this.bytes > bytes) throw new BoundReached('memory', bytes)
    if (seconds === undefined || performance.now() < deadline) return
    this.stopped = { bound: 'time', limit: seconds }
    throw new BoundReached('states', 0)
  }

  #growing(): Growing | undefined {
    const { elements, steps } = this.successors
    const locals = elements.localValues.length
    const before = this.#locals[this.#locals.length >> 1] ?? locals
    if (steps.newest === undefined || locals < before * GROWTH) return undefined
    const { local, parcel, to } = steps.newest
    return { locals, step: steps.place(local, parcel), to: elements.localText(to) }
  }

  #isWithin(): boolean {
    const { out, processes, elements } = this.successors
    for (let self = 0; self < processes; self++) if (!elements.within[out[self]!]!) return false
    return true
  }

  /** The number of the configuration in `successors.out`. */
  #add(parent: number): number {
    const { out, outSize, processes, elements } = this.successors
    if (!this.#packing.fits(out, outSize)) this.#widen()
    this.#packing.pack(out, outSize, this.#words)
    const found = this.#visited.add(this.#words, parent)
    if (found >= 0) return found
    let decided = 0
    for (let self = 0; self < processes; self++) {
      const value = elements.decisions[out[self]!]!
      if (value >= 0) decided |= 1 << value
    }
    this.decided.push(decided)
    if (outSize - processes > this.mostParcels) this.mostParcels = outSize - processes
    return ~found
  }

  /** All configurations anew, in a packing that has room for the one in `successors.out`. */
  #widen(): void {
    const { out, outSize } = this.successors
    const before = this.#packing
    const { states, parents, count } = this.#visited
    this.#packing = before.wider(out, outSize)
    this.#visited = this.#table()
    this.#words = new Int32Array(this.#packing.words)
    const row = new Int32Array(before.most)
    for (let each = 0; each < count; each++) {
      const size = before.unpack(states, each * before.words, row)
      this.#packing.pack(row, size, this.#words)
      this.#visited.add(this.#words, parents[each])
    }
  }

  #table(): Visited {
    const { states = DEFAULT_STATES, bytes = DEFAULT_BYTES } = this.#bounds
    return visitedFor(this.#packing.words, { states, bytes })
  }
}
