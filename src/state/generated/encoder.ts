import { lengthCodes } from '../collections.ts'
import { firstCodes } from '../composites.ts'
import type { AnyLayout, Shape } from '../layout.ts'
import { MOST_CODES } from '../layout.ts'
import { areLiterals } from '../write-json.ts'

/** A comparison with each of so many values is faster than a function that knows them. */
const FEW = 8
const MANY = 64

/**
 * Writes code that finds the number of a value without allocating anything. Where that code is not
 * sure it answers -1, and the layout itself has the last word, which is often an error.
 */
export class Encoder {
  /** Functions that the expressions call; to stand in front of them. */
  readonly functions: string[] = []
  readonly #names = new Map<string, string>()

  /** An expression for the number of what the variable `v` holds; `undefined` if there is none. */
  encode(layout: AnyLayout, v: string): string | undefined {
    if (layout.size > MOST_CODES) return undefined
    const shape = layout.shape
    switch (shape.kind) {
      case 'bool':
        return `(${v} === true ? 1 : ${v} === false ? 0 : -1)`
      case 'id':
        return `(${isWhole(v)} && ${v} < ${shape.count} ? ${v} : -1)`
      case 'int':
        return encodeInt(shape, v)
      case 'oneOf':
        return this.#encodeChoice(shape.values, v)
      case 'packed':
        return this.encode(shape.of, v)
      default:
        return this.#call(this.#bodyOf(shape), v)
    }
  }

  #call(body: string | undefined, v: string): string | undefined {
    if (body === undefined) return undefined
    let name = this.#names.get(body)
    if (name === undefined) {
      name = `code${this.#names.size}`
      this.#names.set(body, name)
      this.functions.push(`const ${name} = (value) => {\n${body}\n}`)
    }
    return `${name}(${v})`
  }

  #encodeChoice(values: readonly unknown[], v: string): string | undefined {
    if (!areLiterals(values) || values.length > MANY) return undefined
    const literals = values.map((value) => JSON.stringify(value))
    if (values.length <= FEW)
      return `(${literals.map((text, code) => `${v} === ${text} ? ${code} : `).join('')}-1)`
    const cases = literals.map((text, code) => `case ${text}: return ${code}`)
    return this.#call(`switch (value) { ${cases.join('; ')} }\nreturn -1`, v)
  }

  #bodyOf(shape: Shape): string | undefined {
    switch (shape.kind) {
      case 'option':
        return this.#optionBody(shape.of)
      case 'record':
        return this.#recordBody(Object.entries(shape.fields), 0)
      case 'tuple':
        return this.#tupleBody(shape.parts)
      case 'union':
        return this.#unionBody(shape.variants)
      case 'seqOf':
        return this.#sequenceBody(shape.of, shape.max)
      case 'setOf':
        return this.#setBody(shape.of)
      default:
        return undefined
    }
  }

  #optionBody(of: AnyLayout): string | undefined {
    const inner = this.encode(of, 'value')
    if (inner === undefined) return undefined
    return `if (value === null) return 0\nconst code = ${inner}\nreturn code < 0 ? -1 : code + 1`
  }

  /** Statements that answer with a first code plus that of the fields of `value`. */
  #recordBody(
    fields: readonly (readonly [string, AnyLayout])[],
    first: number,
  ): string | undefined {
    const notNothing = "if (typeof value !== 'object' || value === null) return -1"
    const parts = fields.map(([name, layout]): Part => [`value[${JSON.stringify(name)}]`, layout])
    return this.#product(notNothing, parts, first)
  }

  #tupleBody(parts: readonly AnyLayout[]): string | undefined {
    const isList = `if (!Array.isArray(value) || value.length !== ${parts.length}) return -1`
    return this.#product(
      isList,
      parts.map((part, index): Part => [`value[${index}]`, part]),
      0,
    )
  }

  #product(check: string, parts: readonly Part[], first: number): string | undefined {
    const lines = [check, 'let part, code', 'let all = 0']
    for (const [read, layout] of parts) {
      const inner = this.encode(layout, 'part')
      if (inner === undefined) return undefined
      lines.push(`part = ${read}`, `code = ${inner}`, 'if (code < 0) return -1')
      lines.push(`all = all * ${layout.size} + code`)
    }
    return [...lines, `return ${first === 0 ? 'all' : `all + ${first}`}`].join('\n')
  }

  /** Each variant has a function of its own, so that each reads objects of few shapes. */
  #unionBody(variants: Readonly<Record<string, Readonly<Record<string, AnyLayout>>>>) {
    const records = Object.values(variants).map((fields) => Object.entries(fields))
    const from = firstCodes(records.map((fields) => ({ size: sizeOf(fields) })))
    const lines = [
      "if (typeof value !== 'object' || value === null) return -1",
      'switch (value.type) {',
    ]
    for (const [index, type] of Object.keys(variants).entries()) {
      const fields = records[index]!
      const code =
        fields.length === 0
          ? String(from[index]!)
          : this.#call(this.#recordBody(fields, from[index]!), 'value')
      if (code === undefined) return undefined
      lines.push(`case ${JSON.stringify(type)}: return ${code}`)
    }
    return [...lines, '}', 'return -1'].join('\n')
  }

  #sequenceBody(of: AnyLayout, max: number): string | undefined {
    const inner = this.encode(of, 'part')
    if (inner === undefined || max > MANY) return undefined
    return `if (!Array.isArray(value) || value.length > ${max}) return -1
let all = 0
for (let position = 0; position < value.length; position++) {
  const part = value[position]
  const code = ${inner}
  if (code < 0) return -1
  all = all * ${of.size} + code
}
return all + [${lengthCodes(of.size, max).join(', ')}][value.length]`
  }

  #setBody(of: AnyLayout): string | undefined {
    const inner = this.encode(of, 'part')
    if (inner === undefined || of.size > 30) return undefined
    return `if (!(value instanceof Set)) return -1
let all = 0
for (const part of value) {
  const code = ${inner}
  if (code < 0) return -1
  all |= 1 << code
}
return all`
  }
}

type Part = readonly [string, AnyLayout]

function sizeOf(fields: readonly (readonly [string, AnyLayout])[]): number {
  return fields.reduce((size, [, field]) => size * field.size, 1)
}

/** An expression that tells whether a variable holds a whole number, not negative, of 32 bits. */
export function isWhole(v: string): string {
  return `typeof ${v} === 'number' && ${v} >>> 0 === ${v}`
}

function encodeInt({ low, high }: { readonly low: number; readonly high: number }, v: string) {
  if (low === 0) return `(${isWhole(v)} && ${v} <= ${high} ? ${v} : -1)`
  return `(Number.isInteger(${v}) && ${v} >= ${low} && ${v} <= ${high} ? ${v} - ${low} : -1)`
}
