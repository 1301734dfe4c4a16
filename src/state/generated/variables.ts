import type { Codec } from '../codec.ts'
import { recordAllowed } from '../composites.ts'
import type { AnyLayout } from '../layout.ts'
import { isAtom, isDirect } from '../layout.ts'
import { notA, ofVariable } from '../not-a-value.ts'
import { slotsOf } from '../plan.ts'
import type { Reads } from '../reads.ts'
import { noted } from '../reads.ts'
import type { Slots } from '../site.ts'
import { ASSIGN, VALUE } from '../site.ts'
import type { Universes } from '../universes.ts'
import { assignTo } from '../whole.ts'
import { classOf, compiled } from './compile.ts'
import { Decoder } from './decoder.ts'
import { Encoder } from './encoder.ts'

type Fields = Readonly<Record<string, AnyLayout>>

/** What the variables of a state or the fields of a record work on. */
interface Ground {
  readonly slots: Slots
  readonly base: number
  readonly path: string
  readonly fields: Fields
  /** The codecs of atoms, and the places of all else, in the order of the fields. */
  readonly parts: readonly (Codec | object)[]
  readonly reads: Reads | undefined
}

type Class = new (ground: Ground) => object

/** The class of states, and of records in states, with these fields. */
export function variablesClass(fields: Fields, universes: Universes, reads?: Reads): Class {
  return classOf(fields, { universes, reads }, () => classWith(fields, universes, reads))
}

function classWith(fields: Fields, universes: Universes, reads?: Reads): Class {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const own = ownNames(Object.keys(fields))
  const members: string[] = []
  const atoms: number[] = []
  let offset = 0
  for (const [index, [name, layout]] of Object.entries(fields).entries()) {
    const unit = noted(reads, `this.${own}unit + ${atoms.length}`, `this.${own}`)
    members.push(
      isAtom(layout)
        ? atomText(own, name, layout, index, offset, encoder, decoder, unit)
        : placeText(own, name, index),
    )
    if (isAtom(layout)) atoms.push(offset)
    offset += slotsOf(layout, universes).length
  }
  return compiled(
    { VALUE, ASSIGN, refused, notRecord, assignTo },
    `${encoder.functions.join('\n')}
${decoder.lists.join('\n')}
return class {
  constructor({ slots, base, path, fields, parts, reads }) {
    this.${own}slots = slots
    this.${own}base = base
    this.${own}path = path
    this.${own}fields = fields
    this.${own}parts = parts
    this.${own}reads = reads?.log
    this.${own}unit = reads?.each([${atoms.map((at) => `base + ${at}`).join(', ')}])
${placesText(own, fields)}
    Object.freeze(this)
  }
${members.join('\n')}
${wholeText(own, fields)}
}`,
  )
}

/** A prefix of names that cannot be those of fields. */
function ownNames(names: readonly string[]): string {
  let prefix = '$'
  while (names.some((name) => name.startsWith(prefix))) prefix += '$'
  return prefix
}

function atomText(
  own: string,
  name: string,
  layout: AnyLayout,
  index: number,
  offset: number,
  encoder: Encoder,
  decoder: Decoder,
  note: string,
): string {
  const slot = `this.${own}slots[this.${own}base + ${offset}]`
  const codec = `this.${own}parts[${index}]`
  const found = encoder.encode(layout, 'value') ?? '-1'
  const code = isDirect(layout) ? found : `${codec}.universe.find(${found})`
  return `  get [${JSON.stringify(name)}]() {
    ${note}
    const code = ${slot}
    return ${decoder.decode(layout, 'code', codec)}
  }
  set [${JSON.stringify(name)}](value) {
    const code = ${code}
    ${slot} = code >= 0 ? code : refused(${codec}, this.${own}path, ${JSON.stringify(name)}, value)
  }`
}

function placeText(own: string, name: string, index: number): string {
  return `  get [${JSON.stringify(name)}]() {
    return this.${own}part${index}
  }
  set [${JSON.stringify(name)}](value) {
    assignTo(this.${own}fields[${JSON.stringify(name)}], this.${own}part${index}, value)
  }`
}

function placesText(own: string, fields: Fields): string {
  const lines = Object.values(fields).map((layout, index) =>
    isAtom(layout) ? '' : `    this.${own}part${index} = parts[${index}]\n`,
  )
  return lines.join('')
}

function wholeText(own: string, fields: Fields): string {
  const names = Object.entries(fields).map(([name, layout]) => {
    const read = `this[${JSON.stringify(name)}]`
    if (isAtom(layout)) return `[${JSON.stringify(name)}]: ${read}`
    const whole = layout.shape.kind === 'record' ? `${read}[VALUE]()` : `${read}.value()`
    return `[${JSON.stringify(name)}]: ${whole}`
  })
  const writes = Object.keys(fields).map(
    (name) => `    this[${JSON.stringify(name)}] = value[${JSON.stringify(name)}]\n`,
  )
  return `  [VALUE]() {
    return { ${names.join(', ')} }
  }
  [ASSIGN](value) {
    if (typeof value !== 'object' || value === null)
      notRecord(this.${own}path, this.${own}fields, value)
${writes.join('')}  }`
}

/** What the generated code is not sure about: the code after all, or an error. */
function refused(codec: Codec, path: string, name: string, value: unknown): number {
  try {
    return codec.codeOf(value)
  } catch (error) {
    throw ofVariable(path === '' ? name : `${path}.${name}`, error)
  }
}

function notRecord(path: string, fields: Fields, value: unknown): never {
  throw ofVariable(path, notA(recordAllowed(fields), value))
}
