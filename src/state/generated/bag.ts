import { countsOf, notThere, tooOften } from '../closure-set.ts'
import type { AnyLayout } from '../layout.ts'
import { isListed } from '../layout.ts'
import { OutOfBounds } from '../not-a-value.ts'
import type { BagPlace } from '../places.ts'
import type { Site } from '../site.ts'
import { classOf, compiled } from './compile.ts'
import { Decoder } from './decoder.ts'
import { Encoder } from './encoder.ts'
import type { TableText } from './table.ts'
import { TableBase, tableText } from './table.ts'

/** What of a bag need not be generated. */
abstract class BagBase extends TableBase {
  readonly of: AnyLayout
  readonly max: number

  constructor(site: Site, of: AnyLayout, max: number) {
    super(site, of)
    this.of = of
    this.max = max
  }

  abstract members(): readonly unknown[]
  abstract count(member: unknown): number
  abstract putAt(id: number, kept: number): void

  tooOften(member: unknown, before: number): never {
    throw new OutOfBounds(this.path, tooOften(this.of, member, this.max, before))
  }

  notThere(member: unknown): never {
    throw new OutOfBounds(this.path, notThere(this.of, member))
  }

  value(): ReadonlyMap<unknown, number> {
    return new Map(this.members().map((member) => [member, this.count(member)]))
  }

  assign(counts: unknown): void {
    const entries = countsOf(this.path, this.max, counts)
    const ids = entries.map(([member]) => this.idOf(member))
    this.clear()
    for (const [index, id] of ids.entries()) this.putAt(id, entries[index]![1])
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.members()[Symbol.iterator]()
  }
}

type Place = new (site: Site, of: AnyLayout, max: number) => BagPlace<unknown>

/** A bag with code of its own: a small count for each value. */
export function generatedBag(site: Site, of: AnyLayout, max: number): BagPlace<unknown> {
  const Place = classOf(site.layout, site, () => placeClass(site, of, max))
  return new Place(site, of, max)
}

function placeClass(site: Site, of: AnyLayout, max: number): Place {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const table = tableText(site, of, encoder, decoder)
  return compiled<Place>(
    { BagBase },
    `${encoder.functions.join('\n')}
${decoder.lists.join('\n')}
return class extends BagBase {
  constructor(...given) {
    super(...given)
    Object.freeze(this)
  }
${accessText(table, isListed(of), max)}
${callbackText(table)}
${table.methods}
}`,
  )
}

function accessText(table: TableText, listed: boolean, max: number): string {
  const unseen = (answer: string) => (listed ? '' : `if (id < 0) ${answer}`)
  return `  get size() {
    let all = 0
    ${table.each('all += kept')}
    return all
  }
  count(member) {
    ${table.find}
    ${unseen('return 0')}
    return ${table.read}
  }
  has(member) {
    return this.count(member) > 0
  }
  putAt(id, kept) {
    ${table.write}
  }
  add(member, times = 1) {
    ${table.give}
    const kept = ${table.read} + times
    if (kept > ${max}) this.tooOften(member, kept - times)
    ${table.write}
  }
  remove(member) {
    ${table.find}
    ${unseen('this.notThere(member)')}
    const kept = ${table.read} - 1
    if (kept < 0) this.notThere(member)
    ${table.write}
  }`
}

function callbackText(table: TableText): string {
  const walk = (statement: string) => `for (const id of this.ids()) {
      if (${statement.replace('HOLDS', `holds(${table.member}, ${table.read})`)}
    }`
  return `  every(holds) {
    ${walk('!HOLDS) return false')}
    return true
  }
  some(holds) {
    ${walk('HOLDS) return true')}
    return false
  }`
}
