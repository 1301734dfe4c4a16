import type { AnyLayout } from '../../state/index.ts'
import type { Identities } from './identities.ts'
import { mentions } from './identities.ts'

type CodeMap = (code: number) => number

/**
 * A function that gives the number of a value with its identities exchanged, as the permutation of
 * `identities` says at the time of the call. `undefined` where values name none of them. It works
 * on the digits of numbers, and so nothing is allocated; `valuePermuter` is its slow twin.
 */
export function codePermuter(layout: AnyLayout, identities: Identities): CodeMap | undefined {
  if (!mentions(layout, identities)) return undefined
  const shape = layout.shape
  const inner = (of: AnyLayout): CodeMap => codePermuter(of, identities) ?? ((code) => code)
  switch (shape.kind) {
    case 'id': {
      const offset = identities.kind(shape.name)?.offset ?? 0
      const to = identities.to
      return (code) => to[offset + code]!
    }
    case 'option': {
      const of = inner(shape.of)
      return (code) => (code === 0 ? 0 : 1 + of(code - 1))
    }
    case 'packed':
      return inner(shape.of)
    case 'record':
      return digitsPermuter(Object.values(shape.fields), inner)
    case 'tuple':
      return digitsPermuter(shape.parts, inner)
    case 'union':
      return unionPermuter(Object.values(shape.variants), inner)
    case 'seqOf':
      return sequencePermuter(shape.of.size, shape.max, inner(shape.of))
    case 'setOf':
      return bagPermuter(2, inner(shape.of))
    case 'bagOf':
      return bagPermuter(shape.max + 1, inner(shape.of))
    case 'mapOf':
      return mapPermuter(shape.keys, shape.of, inner)
    default:
      throw new TypeError(`${shape.kind} names no identities`)
  }
}

/** A number of digits in different bases, the first the most significant. */
function digitsPermuter(parts: readonly AnyLayout[], inner: (of: AnyLayout) => CodeMap): CodeMap {
  const maps = parts.map(inner)
  const sizes = parts.map((part) => part.size)
  return (code) => {
    let rest = code
    let unit = 1
    let permuted = 0
    for (let part = sizes.length - 1; part >= 0; part--) {
      const size = sizes[part]!
      permuted += maps[part]!(rest % size) * unit
      rest = Math.floor(rest / size)
      unit *= size
    }
    return permuted
  }
}

function unionPermuter(
  variants: readonly Readonly<Record<string, AnyLayout>>[],
  inner: (of: AnyLayout) => CodeMap,
): CodeMap {
  const maps = variants.map((fields) => digitsPermuter(Object.values(fields), inner))
  const from: number[] = []
  let size = 0
  for (const fields of variants) {
    from.push(size)
    size += Object.values(fields).reduce((all, field) => all * field.size, 1)
  }
  return (code) => {
    let which = from.length - 1
    while (from[which]! > code) which--
    return from[which]! + maps[which]!(code - from[which]!)
  }
}

function sequencePermuter(size: number, max: number, of: CodeMap): CodeMap {
  const from: number[] = []
  let before = 0
  for (let length = 0; length <= max; length++) {
    from.push(before)
    before += size ** length
  }
  return (code) => {
    let length = max
    while (from[length]! > code) length--
    let rest = code - from[length]!
    let permuted = from[length]!
    for (let unit = 1; length > 0; length--, unit *= size) {
      permuted += of(rest % size) * unit
      rest = Math.floor(rest / size)
    }
    return permuted
  }
}

/** Digits in one base, at places that move: member 0 is the least significant. */
function bagPermuter(base: number, member: CodeMap): CodeMap {
  return (code) => {
    let permuted = 0
    for (let place = 0, rest = code; rest > 0; place++, rest = Math.floor(rest / base))
      if (rest % base > 0) permuted += (rest % base) * base ** member(place)
    return permuted
  }
}

/** Digits in one base, at places that move: key 0 is the most significant. */
function mapPermuter(keys: AnyLayout, of: AnyLayout, inner: (of: AnyLayout) => CodeMap): CodeMap {
  const key = inner(keys)
  const value = inner(of)
  const last = keys.size - 1
  return (code) => {
    let permuted = 0
    for (let at = last, rest = code; at >= 0; at--, rest = Math.floor(rest / of.size))
      permuted += value(rest % of.size) * of.size ** (last - key(at))
    return permuted
  }
}
