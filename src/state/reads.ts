import type { Table } from './plan.ts'

/** Slots that are read as a whole, or some bits of one slot: what a guard can depend on. */
export interface Unit {
  readonly slot: number
  readonly slots: number
  /** The lowest bit that is read and how many; 32 for whole slots. */
  readonly shift: number
  readonly bits: number
}

/** More than this is more than is worth remembering. */
const MOST_NOTED = 1 << 10
/** In larger tables it is not told apart which entries were read. */
const MOST_ENTRIES = 1 << 12

/**
 * What was read of a state, noted by its places as they are read. Who asks for it begins a new
 * list by writing 0 into the first entry.
 */
export class Reads {
  /** How many units were read, and then their numbers. Not all of them if there are too many. */
  readonly log = new Int32Array(1 + MOST_NOTED)
  readonly units: Unit[] = []

  /** The number of the unit that is all of some slots. */
  whole(slot: number, slots: number): number {
    return this.units.push({ slot, slots, shift: 0, bits: 32 }) - 1
  }

  /** A unit for each of some slots; the number of the first. */
  each(slots: readonly number[]): number {
    const first = this.units.length
    for (const slot of slots) this.whole(slot, 1)
    return first
  }

  /** A unit for each entry of a table; the number of the first, -1 where there are too many. */
  entries(slot: number, { bitsEach, eachSlot, slots }: Table): number {
    if (eachSlot * slots > MOST_ENTRIES) return -1
    const first = this.units.length
    for (let entry = 0; entry < eachSlot * slots; entry++) {
      const place = slot + Math.floor(entry / eachSlot)
      const shift = (entry % eachSlot) * bitsEach
      this.units.push({ slot: place, slots: 1, shift, bits: bitsEach })
    }
    return first
  }

  /** Whether the list is not complete. */
  get overflown(): boolean {
    return this.log[0]! > MOST_NOTED
  }
}

/** A statement of generated code that notes a unit, where anybody wants to know. */
export function noted(reads: Reads | undefined, unit: string, own = 'this.'): string {
  return reads === undefined ? '' : `{ const log = ${own}reads; log[++log[0]] = ${unit} }`
}
