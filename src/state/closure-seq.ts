import { Codec } from './codec.ts'
import type { Shape } from './layout.ts'
import { OutOfBounds, ofVariable } from './not-a-value.ts'
import type { SeqPlace } from './places.ts'
import type { Site } from './site.ts'
import { listOf } from './whole.ts'

type Sequence = Extract<Shape, { readonly kind: 'seqOf' }>

type Holds = (one: unknown, position: number) => boolean

/** A sequence: its length, then its values; the slots behind its end are 0. */
export function seqPlace(site: Site, { of, max }: Sequence): SeqPlace<unknown> {
  const { slots, base, path } = site
  const codec = Codec.ofAtom(of, site.universes)
  const length = () => slots[base]!
  const resize = (to: number) => {
    slots.fill(0, base + 1 + to, base + 1 + max)
    slots[base] = to
  }
  const inside = (position: number) => {
    if (Number.isInteger(position) && position >= 0 && position < length())
      return base + 1 + position
    throw new OutOfBounds(path, noPosition(position, length()))
  }
  const codeOf = (position: number, value: unknown) => {
    try {
      return codec.codeOf(value)
    } catch (error) {
      throw ofVariable(`${path}[${position}]`, error)
    }
  }
  const at = (position: number) => codec.valueOf(slots[inside(position)]!)
  const value = () => Array.from({ length: length() }, (_, position) => at(position))
  const remove = (position: number) => {
    slots.copyWithin(inside(position), inside(position) + 1, base + 1 + length())
    resize(length() - 1)
  }
  return Object.freeze({
    get length() {
      return length()
    },
    get full() {
      return length() === max
    },
    at,
    last: () => at(length() - 1),
    put: (position: number, one: unknown) => {
      slots[inside(position)] = codeOf(position, one)
    },
    push: (one: unknown) => {
      if (length() === max) throw new OutOfBounds(path, isFull(max))
      slots[base + 1 + length()] = codeOf(length(), one)
      slots[base] = length() + 1
    },
    shift: () => {
      const first = at(0)
      remove(0)
      return first
    },
    pop: () => {
      const last = at(length() - 1)
      remove(length() - 1)
      return last
    },
    remove,
    truncate: (to: number) => {
      if (!Number.isInteger(to) || to < 0) throw new OutOfBounds(path, noLength(to))
      if (to < length()) resize(to)
    },
    clear: () => resize(0),
    every: (holds: Holds) => value().every((one, position) => holds(one, position)),
    some: (holds: Holds) => value().some((one, position) => holds(one, position)),
    value,
    assign: (values: Iterable<unknown>) => {
      const codes = sequenceOf(path, max, values).map((one, position) => codeOf(position, one))
      resize(codes.length)
      slots.set(codes, base + 1)
    },
    [Symbol.iterator]: () => value()[Symbol.iterator](),
  })
}

export function sequenceOf(path: string, max: number, values: unknown): readonly unknown[] {
  try {
    const list = listOf(`a sequence of at most ${max}`, values)
    if (list.length > max) throw new OutOfBounds(path, isFull(max))
    return list
  } catch (error) {
    throw ofVariable(path, error)
  }
}

export function noPosition(position: unknown, length: number): string {
  return `there is no position ${String(position)} in a sequence of length ${length}`
}

export function noLength(length: unknown): string {
  return `${String(length)} is not a length`
}

export function isFull(max: number): string {
  return `a sequence of at most ${max} is full`
}
