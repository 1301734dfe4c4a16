import { UserError } from '../core/user-error.ts'
import { IntList } from '../core/int-list.ts'
import { Elements, MOST_PROCESSES } from './elements.ts'
import type { Process } from './process.ts'
import type { Renaming } from './renaming.ts'
import { Renamings } from './renaming.ts'
import { Spent } from './spent.ts'
import { Steps } from './steps.ts'

/** Told of each successor, which lies in `out` until the function returns. */
export type Visit = (event: number) => void

/**
 * Configurations as rows of numbers: the local states of the processes, then the parcels on their
 * way in ascending order, some of them several times. An event is the number of a process, which
 * takes an empty step, or `processes` and the number of a parcel, which is received.
 */
export class Successors {
  readonly elements: Elements
  readonly steps: Steps
  readonly processes: number
  /** The configuration that is gone on from. */
  here = new Int32Array(64)
  hereSize = 0
  /** The successor that was made last. */
  out = new Int32Array(64)
  outSize = 0
  /** How it was renamed, if it was. */
  renaming: Renaming | undefined
  /** The processes whose empty steps change nothing, as bits; such steps are not told. */
  idle = 0
  readonly #renamings: Renamings | undefined
  readonly #spent: Spent | undefined
  /** Of each parcel: the processes whose steps may make it spent, as bits. */
  readonly #interest = new IntList()

  constructor(name: string, process: Process, processes: number) {
    if (processes > MOST_PROCESSES) {
      throw new UserError(`${processes} processes are too many`, {
        where: name,
        hint: `at most ${MOST_PROCESSES}; what the theorem says is seen with 2 or 3`,
      })
    }
    this.elements = new Elements(name, process, processes)
    this.steps = new Steps(this.elements)
    this.processes = processes
    const ranks = process.normal?.ranks
    if (ranks !== undefined) this.#renamings = new Renamings(this.elements, ranks)
    if (process.normal?.spent !== undefined) this.#spent = new Spent(this.elements, this.steps)
  }

  /**
   * Makes the configuration before any step, for these inputs, in `out`.
   *
   * @param endless whether a process alone may come to ever new states
   */
  initial(inputs: readonly number[], endless: boolean): void {
    const { elements, processes } = this
    for (let self = 0; self < processes; self++) {
      const input = inputs[self] ?? 0
      const where = () => `${elements.name}, the start of process ${self} with input ${input}`
      this.out[self] = elements.localId(self, elements.process.start(self, input), where)
    }
    this.outSize = processes
    this.#rename()
    if (endless) return
    for (let self = 0; self < processes; self++)
      this.steps.checkAlone(this.out[self]!, (local) => this.#alone(local))
  }

  /** Makes of `out`, whose parcels are in any order, what the search makes of it. */
  settle(): void {
    this.out.subarray(this.processes, this.outSize).sort()
    const spent = this.#spent
    if (spent !== undefined) {
      let kept = this.processes
      for (let from = this.processes; from < this.outSize; from++)
        if (!spent.has(this.out[from]!, this.out)) this.out[kept++] = this.out[from]!
      this.outSize = kept
    }
    this.#rename()
  }

  /** Makes `out` the configuration that is gone on from. */
  enter(): void {
    const { here, hereSize } = this
    this.here = this.out
    this.hereSize = this.outSize
    this.out = here
    this.outSize = hereSize
  }

  /** Tells all successors, events in ascending order; outcomes of one event follow each other. */
  expand(visit: Visit): void {
    const { steps, processes, here } = this
    this.idle = 0
    for (let self = 0; self < processes; self++) {
      const group = steps.at(here[self]!, -1)
      const { data } = steps
      if (data[group] === 1 && data[group + 1] === here[self] && data[group + 2] === 0)
        this.idle |= 1 << self
      else this.#each(group, self, -1, self, visit)
    }
    const { destinations } = this.elements
    for (let at = processes; at < this.hereSize; at++) {
      const parcel = here[at]!
      if (at > processes && parcel === here[at - 1]) continue
      const to = destinations[parcel]!
      this.#each(steps.at(here[to]!, parcel), to, at, processes + parcel, visit)
    }
  }

  /** Who takes the step of an event. */
  actor(event: number): number {
    return event < this.processes ? event : this.elements.destinations[event - this.processes]!
  }

  /** All outcomes of one event; `taken` is the place of the parcel, or -1. */
  #each(group: number, self: number, taken: number, event: number, visit: Visit): void {
    let at = group + 1
    for (let left = this.steps.data[group]!; left > 0; left--) {
      const { data } = this.steps
      const sent = data[at + 1]!
      this.#merge(data, at, self, taken)
      if (this.#renamings !== undefined) this.#rename()
      visit(event)
      at += 2 + sent
    }
  }

  /** The configuration after one outcome: parcels in order, but for those that are spent now. */
  #merge(data: Int32Array, at: number, self: number, taken: number): void {
    const { here, hereSize, processes } = this
    const sent = data[at + 1]!
    if (hereSize + sent > this.out.length) this.#makeRoom(hereSize + sent)
    const { out } = this
    const spent = this.#spent
    const interest = spent === undefined ? this.#interest.data : this.#interestOfAll()
    // Where no state changes, nothing that was there before becomes spent.
    const changed = spent !== undefined && data[at] !== here[self] ? 1 << self : 0
    for (let each = 0; each < processes; each++) out[each] = here[each]!
    out[self] = data[at]!
    let to = processes
    let next = at + 2
    const end = next + sent
    for (let from = processes; from < hereSize; from++) {
      if (from === taken) continue
      const parcel = here[from]!
      for (; next < end && data[next]! < parcel; next++)
        if (spent?.has(data[next]!, out) !== true) out[to++] = data[next]!
      if ((interest[parcel]! & changed) === 0 || spent?.has(parcel, out) !== true)
        out[to++] = parcel
    }
    for (; next < end; next++) if (spent?.has(data[next]!, out) !== true) out[to++] = data[next]!
    this.outSize = to
  }

  #makeRoom(size: number): void {
    this.out = new Int32Array(size * 2)
    const here = new Int32Array(size * 2)
    here.set(this.here)
    this.here = here
  }

  #interestOfAll(): Int32Array {
    const { destinations, askers } = this.elements
    const interest = this.#interest
    for (let parcel = interest.length; parcel < destinations.length; parcel++) {
      const asker = askers[parcel]!
      interest.push((1 << destinations[parcel]!) | (asker < 0 ? 0 : 1 << asker))
    }
    return interest.data
  }

  #rename(): void {
    const { elements, out, outSize, processes } = this
    this.renaming = undefined
    if (this.#renamings === undefined) return
    let mask = 0
    for (let at = 0; at < processes; at++) mask |= elements.localRanks[out[at]!]!
    for (let at = processes; at < outSize; at++) mask |= elements.parcelRanks[out[at]!]!
    const renaming = this.#renamings.of(mask)
    if (renaming.identity) return
    this.renaming = renaming
    for (let at = 0; at < processes; at++) out[at] = renaming.local(out[at]!)
    for (let at = processes; at < outSize; at++) {
      const parcel = renaming.parcel(out[at]!)
      let place = at
      for (; place > processes && out[place - 1]! > parcel; place--) out[place] = out[place - 1]!
      out[place] = parcel
    }
  }

  #alone(local: number): number {
    if (this.#renamings === undefined) return local
    return this.#renamings.of(this.elements.localRanks[local]!).local(local)
  }
}
