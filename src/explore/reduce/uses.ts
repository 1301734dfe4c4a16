import type { AnyLayout, Variables } from '../../state/index.ts'
import { isListed } from '../../state/layout.ts'

/** How a part of a state was used. Sequences tell their ends apart, for the sake of links. */
export const READ = 1
export const WRITE = 2
/** The first item was looked at. */
export const HEAD = 4
export const LENGTH = 8
/** It was asked whether there is room. */
export const FULL = 16
export const PUSH = 32
/** The first item was taken away. */
export const SHIFT = 64

export const WRITES = WRITE | PUSH | SHIFT

/** A part of a state that is used as one: an atom, a set, a bag, a sequence. */
export interface Part {
  /** The variable, and the number of its key where it is a map that lists its keys. */
  readonly variable: string
  readonly key: number | undefined
  /** The way from there, by names of fields and numbers of keys. */
  readonly way: string
  /** The names of fields alone: the same for all keys and members. */
  readonly fields: string
  readonly layout: AnyLayout
}

/** Which parts a state has, numbered. */
export class Parts {
  readonly all: Part[] = []
  readonly #of = new Map<string, number>()

  constructor(variables: Variables) {
    for (const [variable, layout] of Object.entries(variables)) {
      const { shape } = layout
      const whole = { variable, key: undefined, way: '', fields: '' }
      if (shape.kind === 'mapOf' && isListed(shape.keys))
        for (let key = 0; key < shape.keys.size; key++)
          this.#add({ ...whole, key, layout: shape.of }, `${variable}/${String(key)}`)
      else this.#add({ ...whole, layout }, variable)
    }
  }

  /** The number of the part at a path, `variable/key/field/...`. */
  at(path: string): number {
    return this.#of.get(path) ?? -1
  }

  /** The numbers of all parts at a path and beyond. */
  under(path: string): readonly number[] {
    return [...this.#of].flatMap(([known, part]) =>
      known === path || known.startsWith(`${path}/`) ? [part] : [],
    )
  }

  #add(part: Part, path: string): void {
    const { shape } = part.layout
    if (shape.kind === 'record') {
      for (const [name, layout] of Object.entries(shape.fields)) {
        const [way, fields] = [`${part.way}.${name}`, `${part.fields}.${name}`]
        this.#add({ ...part, layout, way, fields }, `${path}/${name}`)
      }
    } else if (shape.kind === 'mapOf' && isListed(shape.keys)) {
      for (let key = 0; key < shape.keys.size; key++)
        this.#add({ ...part, layout: shape.of, way: `${part.way}[${key}]` }, `${path}/${key}`)
    } else if (membersOf(part.layout) !== undefined) {
      for (let member = 0; member < (membersOf(part.layout)?.size ?? 0); member++)
        this.#put({ ...part, way: `${part.way}{${member}}` }, `${path}/${member}`)
    } else {
      this.#put(part, path)
    }
  }

  #put(part: Part, path: string): void {
    this.#of.set(path, this.all.length)
    this.all.push(part)
  }
}

/** The members of a set or bag of which each is used by itself. */
export function membersOf({ shape }: AnyLayout): AnyLayout | undefined {
  const isTable = (shape.kind === 'setOf' || shape.kind === 'bagOf') && isListed(shape.of)
  return isTable ? shape.of : undefined
}

/** What a piece of code did with the parts of a state. */
export class Uses {
  readonly parts: Parts
  /** The uses of each part. */
  readonly of: Uint8Array
  /** The length that each sequence is taken to have; -1 for the one that it has. */
  readonly length: Int32Array

  constructor(parts: Parts) {
    this.parts = parts
    this.of = new Uint8Array(parts.all.length)
    this.length = new Int32Array(parts.all.length).fill(-1)
  }

  add(part: number, how: number): void {
    this.of[part]! |= how
  }

  clear(): void {
    this.of.fill(0)
  }
}
