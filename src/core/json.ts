/**
 * Plain data, as it comes out of a JSON file. Values of operations and states of models are JSON.
 */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * A text that is the same for equal values and different for different ones: keys are sorted,
 * and a string never looks like a number. `undefined` counts as `null`, as JSON has no other word.
 */
export function canonical(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    if (items.every(isPlain)) return JSON.stringify(items)
    return `[${items.map(canonical).join(',')}]`
  }
  const record = value as { readonly [name: string]: Json }
  const parts = Object.keys(record)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(record[name])}`)
  return `{${parts.join(',')}}`
}

function isPlain(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

/** Equality of plain data, by content. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  const plain = (value: Json | undefined) => value === null || typeof value !== 'object'
  if (plain(a) && plain(b)) return (a ?? null) === (b ?? null)
  return canonical(a) === canonical(b)
}

/**
 * Gives every distinct value a small integer, in order of first appearance, so that hot loops
 * compare and index integers. Numbers and strings, nearly all values in practice, skip `canonical`.
 */
export class Interner {
  readonly #primitives = new Map<unknown, number>()
  readonly #texts = new Map<string, number>()
  readonly #values: Json[] = []

  get size(): number {
    return this.#values.length
  }

  /** The integer of a value; a new one if the value was never seen. */
  id(value: Json | undefined): number {
    const plain = value ?? null
    if (typeof plain === 'object') {
      // Once for both, as this is what costs.
      const text = canonical(plain)
      return this.#texts.get(text) ?? this.#add(this.#texts, text, plain)
    }
    return this.#primitives.get(plain) ?? this.#add(this.#primitives, plain, plain)
  }

  /** The integer of a value, or -1 if it was never given one. */
  find(value: Json | undefined): number {
    const plain = value ?? null
    if (typeof plain === 'object') return this.#texts.get(canonical(plain)) ?? -1
    return this.#primitives.get(plain) ?? -1
  }

  #add<Name>(names: Map<Name, number>, name: Name, value: Json): number {
    const id = this.#values.length
    this.#values.push(value)
    names.set(name, id)
    return id
  }

  value(id: number): Json {
    const value = this.#values[id]
    if (value === undefined) throw new RangeError(`no value has the number ${id}`)
    return value
  }
}
