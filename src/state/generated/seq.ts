import { isFull, noLength, noPosition, sequenceOf } from '../closure-seq.ts'
import { Codec } from '../codec.ts'
import type { AnyLayout } from '../layout.ts'
import { isDirect } from '../layout.ts'
import { OutOfBounds, ofVariable } from '../not-a-value.ts'
import type { SeqPlace } from '../places.ts'
import type { Reads } from '../reads.ts'
import { noted } from '../reads.ts'
import type { Site, Slots } from '../site.ts'
import { classOf, compiled } from './compile.ts'
import { Decoder } from './decoder.ts'
import { Encoder, isWhole } from './encoder.ts'

/** What of a sequence need not be generated. */
abstract class SeqBase {
  readonly slots: Slots
  readonly base: number
  readonly path: string
  readonly codec: Codec
  readonly max: number
  readonly reads: Int32Array | undefined
  /** All of it is noted as one. */
  readonly unit: number | undefined

  constructor(site: Site, of: AnyLayout, max: number) {
    this.slots = site.slots
    this.base = site.base
    this.path = site.path
    this.codec = Codec.ofAtom(of, site.universes)
    this.max = max
    this.reads = site.reads?.log
    this.unit = site.reads?.whole(site.base, 1 + max)
  }

  abstract at(position: number): unknown

  codeOf(position: number, value: unknown): number {
    try {
      return this.codec.codeOf(value)
    } catch (error) {
      throw ofVariable(`${this.path}[${position}]`, error)
    }
  }

  noPosition(position: unknown): never {
    throw new OutOfBounds(this.path, noPosition(position, this.slots[this.base]!))
  }

  isFull(): never {
    throw new OutOfBounds(this.path, isFull(this.max))
  }

  truncate(to: number): void {
    if (!Number.isInteger(to) || to < 0) throw new OutOfBounds(this.path, noLength(to))
    if (to < this.slots[this.base]!) this.#resize(to)
  }

  clear(): void {
    this.#resize(0)
  }

  #resize(to: number): void {
    for (let position = to; position < this.slots[this.base]!; position++)
      this.slots[this.base + 1 + position] = 0
    this.slots[this.base] = to
  }

  abstract readonly length: number

  value(): readonly unknown[] {
    return Array.from({ length: this.length }, (_, position) => this.at(position))
  }

  assign(values: unknown): void {
    const list = sequenceOf(this.path, this.max, values)
    const codes = list.map((value, position) => this.codeOf(position, value))
    this.clear()
    this.slots.set(codes, this.base + 1)
    this.slots[this.base] = codes.length
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.value()[Symbol.iterator]()
  }
}

type Place = new (site: Site, of: AnyLayout, max: number) => SeqPlace<unknown>

/** A sequence with code of its own: its length, then its values, then zeros. */
export function generatedSeq(site: Site, of: AnyLayout, max: number): SeqPlace<unknown> {
  const Place = classOf(site.layout, site, () => placeClass(site, of, max))
  return new Place(site, of, max)
}

function placeClass(site: Site, of: AnyLayout, max: number): Place {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const text = accessText(site.reads, of, max, encoder, decoder)
  return compiled<Place>(
    { SeqBase },
    `${encoder.functions.join('\n')}
${decoder.lists.join('\n')}
return class extends SeqBase {
  constructor(...given) {
    super(...given)
    Object.freeze(this)
  }
${text}
}`,
  )
}

function accessText(
  reads: Reads | undefined,
  of: AnyLayout,
  max: number,
  encoder: Encoder,
  decoder: Decoder,
): string {
  const found = encoder.encode(of, 'value') ?? '-1'
  const encode = isDirect(of) ? found : `this.codec.universe.find(${found})`
  const decode = decoder.decode(of, 'code', 'this.codec')
  const isInside = `${isWhole('position')} && position < this.slots[this.base]`
  const inside = `if (!(${isInside})) this.noPosition(position)`
  const note = noted(reads, 'this.unit')
  return `  get length() {
    ${note}
    return this.slots[this.base]
  }
  get full() {
    ${note}
    return this.slots[this.base] === ${max}
  }
  at(position) {
    ${note}
    ${inside}
    const code = this.slots[this.base + 1 + position]
    return ${decode}
  }
  last() {
    ${note}
    return this.at(this.slots[this.base] - 1)
  }
  put(position, value) {
    ${inside}
    const code = ${encode}
    this.slots[this.base + 1 + position] = code >= 0 ? code : this.codeOf(position, value)
  }
  push(value) {
    const length = this.slots[this.base]
    if (length === ${max}) this.isFull()
    const code = ${encode}
    this.slots[this.base + 1 + length] = code >= 0 ? code : this.codeOf(length, value)
    this.slots[this.base] = length + 1
  }
  shift() {
    const first = this.at(0)
    this.remove(0)
    return first
  }
  pop() {
    const last = this.last()
    this.remove(this.slots[this.base] - 1)
    return last
  }
  remove(position) {
    ${inside}
    const end = this.base + this.slots[this.base]
    for (let slot = this.base + 1 + position; slot < end; slot++)
      this.slots[slot] = this.slots[slot + 1]
    this.slots[end] = 0
    this.slots[this.base]--
  }
${walkText(note, decode)}`
}

/** Methods that look at the values one after the other. */
function walkText(note: string, decode: string): string {
  return `  every(holds) {
    ${note}
    const length = this.slots[this.base]
    for (let position = 0; position < length; position++) {
      const code = this.slots[this.base + 1 + position]
      if (!holds(${decode}, position)) return false
    }
    return true
  }
  some(holds) {
    ${note}
    const length = this.slots[this.base]
    for (let position = 0; position < length; position++) {
      const code = this.slots[this.base + 1 + position]
      if (holds(${decode}, position)) return true
    }
    return false
  }`
}
