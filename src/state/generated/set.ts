import { membersOf } from '../closure-set.ts'
import type { AnyLayout } from '../layout.ts'
import { isListed } from '../layout.ts'
import type { SetPlace } from '../places.ts'
import { noted } from '../reads.ts'
import type { Site } from '../site.ts'
import { classOf, compiled } from './compile.ts'
import { Decoder } from './decoder.ts'
import { Encoder } from './encoder.ts'
import type { TableText } from './table.ts'
import { TableBase, tableText } from './table.ts'

/** What of a set need not be generated. */
abstract class SetBase extends TableBase {
  abstract members(): readonly unknown[]

  value(): ReadonlySet<unknown> {
    return new Set(this.members())
  }

  assign(members: unknown): void {
    const ids = membersOf(this.path, members).map((member) => this.idOf(member))
    this.clear()
    for (const id of ids) this.slots[this.base + (id >>> 5)]! |= 1 << id
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.members()[Symbol.iterator]()
  }
}

/** A set with code of its own: a bit for each member. */
export function generatedSet(site: Site, of: AnyLayout): SetPlace<unknown> {
  const Place = classOf(site.layout, site, () => placeClass(site, of))
  return new Place(site, of)
}

type Place = new (site: Site, of: AnyLayout) => SetPlace<unknown>

function placeClass(site: Site, of: AnyLayout): Place {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const table = tableText(site, of, encoder, decoder)
  return compiled<Place>(
    { SetBase, ones },
    `${encoder.functions.join('\n')}
${decoder.lists.join('\n')}
return class extends SetBase {
  constructor(...given) {
    super(...given)
    Object.freeze(this)
  }
${accessText(site, table, isListed(of))}
${callbackText(table, isListed(of))}
${table.methods}
}`,
  )
}

function accessText({ reads }: Site, table: TableText, listed: boolean): string {
  const unseen = (answer: string) => (listed ? '' : `if (id < 0) ${answer}`)
  return `  get size() {
    ${noted(reads, 'this.unit')}
    let all = 0
    for (let slot = 0; slot < this.width; slot++) all += ones(this.slots[this.base + slot])
    return all
  }
  has(member) {
    ${table.find}
    ${unseen('return false')}
    return ${table.read} === 1
  }
  hasAll(members) {
    for (const member of members) if (!this.has(member)) return false
    return true
  }
  add(member) {
    ${table.give}
    const kept = 1
    ${table.write}
  }
  delete(member) {
    ${table.find}
    ${unseen('return')}
    const kept = 0
    ${table.write}
  }`
}

/** Where the bits are in the order of the members, they are walked without a list. */
function callbackText(table: TableText, listed: boolean): string {
  const walk = (statement: (member: string) => string) =>
    listed
      ? table.each(statement(table.member))
      : `for (const member of this.members()) ${statement('member')}`
  return `  every(holds) {
    ${walk((member) => `if (!holds(${member})) return false`)}
    return true
  }
  some(holds) {
    ${walk((member) => `if (holds(${member})) return true`)}
    return false
  }
  count(holds) {
    let all = 0
    ${walk((member) => `if (holds(${member})) all++`)}
    return all
  }`
}

/** How many bits of a word are set. */
export function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
