import { keyError } from '../closure-table.ts'
import { Codec } from '../codec.ts'
import type { AnyLayout } from '../layout.ts'
import { isListed } from '../layout.ts'
import { bitsEachOf, tableOf } from '../plan.ts'
import { noted } from '../reads.ts'
import type { Site, Slots } from '../site.ts'
import type { Universe } from '../universe.ts'
import type { Decoder } from './decoder.ts'
import type { Encoder } from './encoder.ts'

/** What sets, bags, and maps of which not all keys are listed have in common. */
export abstract class TableBase {
  readonly slots: Slots
  readonly base: number
  readonly path: string
  readonly codec: Codec
  readonly universe: Universe | undefined
  readonly width: number
  /** The members at the last walk, and what the slots were. */
  readonly walked: { readonly slots: Int32Array; members: readonly unknown[] }
  /** Room for the numbers of all members. */
  readonly numbers: Int32Array
  /** What members are called in errors, where it is not plain. */
  readonly what: string
  readonly bitsEach: number
  readonly eachSlot: number
  readonly reads: Int32Array | undefined
  /** What is noted when all is read, and when the first entry is. */
  readonly unit: number | undefined
  readonly entry: number | undefined

  constructor(site: Site, members: AnyLayout, what = '') {
    this.slots = site.slots
    this.base = site.base
    this.path = site.path
    this.codec = Codec.ofMembers(members, site.universes)
    this.universe = this.codec.universe
    const bitsEach = bitsEachOf(site.layout, site.universes)
    const table = tableOf(members, bitsEach, site.universes)
    const { slots, eachSlot } = table
    this.width = slots
    this.numbers = new Int32Array(slots * eachSlot)
    this.walked = { slots: new Int32Array(this.width), members: [] }
    this.what = what
    this.bitsEach = bitsEach
    this.eachSlot = eachSlot
    this.reads = site.reads?.log
    this.unit = site.reads?.whole(site.base, slots)
    this.entry = site.reads?.entries(site.base, table)
  }

  /** The number of a member, a new one if need be. */
  idOf(member: unknown): number {
    try {
      return this.codec.codeOf(member)
    } catch (error) {
      throw keyError(this.path, this.what, error)
    }
  }

  /** The number of a member, -1 if it was never seen. */
  findId(member: unknown): number {
    try {
      return this.codec.findCode(member)
    } catch (error) {
      throw keyError(this.path, this.what, error)
    }
  }

  /** Whether the same is there as at the last walk; most states are walked through repeatedly. */
  protected walkedBefore(): boolean {
    let same = this.walked.members.length > 0
    for (let slot = 0; slot < this.width; slot++) {
      const now = this.slots[this.base + slot]!
      if (this.walked.slots[slot] === now) continue
      this.walked.slots[slot] = now
      same = false
    }
    return same
  }

  clear(): void {
    for (let slot = 0; slot < this.width; slot++) this.slots[this.base + slot] = 0
  }
}

/** Pieces of code that read and write a table. Each is about the variable `member` or `id`. */
export interface TableText {
  /** Statements that make `id` the number of `member`, -1 if it was never seen. */
  readonly find: string
  /** Statements that make `id` the number of `member`. */
  readonly give: string
  /** An expression for what is kept for `id`. */
  readonly read: string
  /** A statement that keeps `kept` for `id`. */
  readonly write: string
  /**
   * Methods `ids()` and `members()`: those for which something is kept, in order; `list(ids)` puts
   * their numbers into an array and answers how many there are.
   */
  readonly methods: string
  /** A loop over the slots, with the statements for each `id` that is there, in any order. */
  each(statements: string): string
  /** An expression for the member with the number `id`. */
  readonly member: string
}

export function tableText(
  site: Site,
  members: AnyLayout,
  encoder: Encoder,
  decoder: Decoder,
): TableText {
  const bits = bitsEachOf(site.layout, site.universes)
  const { eachSlot, slots } = tableOf(members, bits, site.universes)
  const listed = isListed(members)
  const code = encoder.encode(members, 'member') ?? '-1'
  const slot = slots === 1 ? 'this.base' : `this.base + ${quotient('id', eachSlot)}`
  const shift = times(slots === 1 ? 'id' : remainder('id', eachSlot), bits)
  const mask = bits === 32 ? '-1' : String(2 ** bits - 1)
  const member = decoder.decode(members, 'id', 'this.codec', listed)
  const whole = noted(site.reads, 'this.unit')
  const entry = noted(site.reads, 'id < 0 || this.entry < 0 ? this.unit : this.entry + id')
  const each = (statements: string) => `${whole}
for (let slot = 0; slot < ${slots}; slot++) {
  let rest = this.slots[this.base + slot]
  while (rest !== 0) {
    const here = ${quotient('(31 - Math.clz32(rest & -rest))', bits)}
    const kept = rest >>> ${times('here', bits)} & ${mask}
    rest &= ~(${mask} << ${times('here', bits)})
    const id = slot * ${eachSlot} + here
    ${statements}
  }
}`
  return {
    find: listed
      ? `let id = ${code}\nif (id < 0) id = this.findId(member)\n${entry}`
      : `let id = this.universe.lastId
if (member !== this.universe.last) {
  const key = ${code}
  id = key >= 0 ? this.universe.find(key) : this.findId(member)
}
${entry}`,
    give: listed
      ? `let id = ${code}\nif (id < 0) id = this.idOf(member)`
      : `let id = this.universe.lastId
if (member !== this.universe.last) {
  id = this.universe.find(${code})
  if (id < 0) id = this.idOf(member)
}`,
    read: `(this.slots[${slot}] >>> ${shift} & ${mask})`,
    write: `this.slots[${slot}] = this.slots[${slot}] & ~(${mask} << ${shift}) | kept << ${shift}`,
    each,
    member,
    methods: methodsText(each, whole, listed ? '' : 'this.universe.sort(ids, count)', member),
  }
}

function methodsText(
  each: (statements: string) => string,
  noteAll: string,
  sort: string,
  member: string,
): string {
  return `list(ids) {
  let count = 0
  ${each('ids[count++] = id')}
  ${sort}
  return count
}
ids() {
  const count = this.list(this.numbers)
  const found = []
  for (let index = 0; index < count; index++) found.push(this.numbers[index])
  return found
}
members() {
  ${noteAll}
  if (this.walkedBefore()) return this.walked.members
  const found = this.ids()
  this.walked.members = found
  for (let index = 0; index < found.length; index++) {
    const id = found[index]
    found[index] = ${member}
  }
  return found
}`
}

function isPowerOfTwo(number: number): boolean {
  return (number & (number - 1)) === 0
}

function quotient(of: string, by: number): string {
  if (by === 1) return of
  return isPowerOfTwo(by) ? `(${of} >>> ${Math.log2(by)})` : `(${of} / ${by} | 0)`
}

function remainder(of: string, by: number): string {
  if (by === 1) return '0'
  return isPowerOfTwo(by) ? `(${of} & ${by - 1})` : `(${of} % ${by})`
}

function times(of: string, by: number): string {
  return by === 1 ? of : `(${of} * ${by})`
}
