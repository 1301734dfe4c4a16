import type { Kind } from './identities.ts'

/** A few bits of a packed state. */
export interface Field {
  readonly word: number
  readonly shift: number
  readonly bits: number
}

export interface Sorter {
  /** Sorts the elements of a kind by their bits. */
  sort(state: Int32Array): void
  /** In how many orders those that were sorted last would be sorted. */
  orders(): number
}

/** The bits of each element are brought together in a few numbers, its key. */
export function sorter(
  kind: Kind,
  all: readonly Field[][],
  words: number,
  generated: boolean,
): Sorter {
  const { count } = kind
  const fields = all.slice(kind.offset, kind.offset + count)
  const places = placesIn(fields[0] ?? [])
  const length = Math.max(1, ...places.map(({ part }) => part + 1))
  const column = (pick: (field: Field, index: number) => number) =>
    Int32Array.from(fields.flatMap((own) => own.map(pick)))
  const word = column((field) => field.word)
  const shift = column((field) => field.shift)
  const mask = column((field) => (field.bits === 32 ? -1 : 2 ** field.bits - 1))
  const lowest = column((_, index) => places[index]!.lowest)
  const rest = new Int32Array(words).fill(-1)
  for (const field of word.keys()) rest[word[field]!]! &= ~(mask[field]! << shift[field]!)
  const keys = new Int32Array(count * length)
  const ends = new Int32Array(keys.length)
  for (let number = 0; number < ends.length; number++) {
    const upTo = places.filter(({ part }) => part <= number % length).length
    ends[number] = Math.floor(number / length) * places.length + upTo
  }
  const moving = new Int32Array(length)

  const columns: Columns = { word, shift, mask, lowest, rest, ends }
  const { gather, scatter } =
    (generated ? generatedMoves(columns) : undefined) ?? loopMoves(columns)
  return {
    sort: (state) => {
      gather(state, keys)
      if (sortKeys(keys, moving)) scatter(state, keys)
    },
    orders: () => {
      let all = 1
      for (let place = 1, run = 1; place < count; place++) {
        run = compareKeys(keys, place - 1, keys, place, length) === 0 ? run + 1 : 1
        all *= run
      }
      return all
    },
  }
}

/** All fields, those of the first number of the first key first. */
interface Columns {
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array
  /** Where in its number a field lies, from which bit on. */
  readonly lowest: Int32Array
  /** For each word the bits that are in no field. */
  readonly rest: Int32Array
  /** Where the fields of each number of each key end, where those of the next begin. */
  readonly ends: Int32Array
}

interface Moves {
  readonly gather: (state: Int32Array, keys: Int32Array) => void
  readonly scatter: (state: Int32Array, keys: Int32Array) => void
}

function loopMoves({ word, shift, mask, lowest, rest, ends }: Columns): Moves {
  return {
    gather: (state, keys) => {
      for (let number = 0, field = 0; number < keys.length; number++) {
        let bits = 0
        for (const end = ends[number]!; field < end; field++)
          bits |= ((state[word[field]!]! >>> shift[field]!) & mask[field]!) << lowest[field]!
        keys[number] = bits
      }
    },
    scatter: (state, keys) => {
      for (let at = 0; at < rest.length; at++) state[at]! &= rest[at]!
      for (let number = 0, field = 0; number < keys.length; number++) {
        const bits = keys[number]!
        for (const end = ends[number]!; field < end; field++)
          state[word[field]!]! |= ((bits >>> lowest[field]!) & mask[field]!) << shift[field]!
      }
    },
  }
}

/** More would be slower to compile than loops are. */
const MOST_FIELDS = 1000

/**
 * The same as straight code: most searches are over before loops are compiled well. `undefined`
 * where code may not be generated.
 */
function generatedMoves({ word, shift, mask, lowest, rest, ends }: Columns): Moves | undefined {
  if (word.length > MOST_FIELDS) return undefined
  const words = Array.from(rest, (bits, at) => ({ bits, at })).filter(({ bits }) => bits !== -1)
  const numbers: string[][] = Array.from(ends, () => [])
  const parts = new Map(words.map(({ bits, at }) => [at, [`w${at} & ${bits}`]]))
  for (let field = 0, number = 0; field < word.length; field++) {
    while (field >= ends[number]!) number++
    const [at, from, to, bits] = [word[field]!, shift[field]!, lowest[field]!, mask[field]!]
    numbers[number]!.push(`(w${at} >>> ${from} & ${bits}) << ${to}`)
    parts.get(at)!.push(`(keys[${number}] >>> ${to} & ${bits}) << ${from}`)
  }
  const read = words.map(({ at }) => `const w${at} = state[${at}]`).join('\n')
  const gathered = numbers.map((terms, number) => `keys[${number}] = ${terms.join(' | ') || '0'}`)
  const scattered = [...parts].map(([at, terms]) => `state[${at}] = ${terms.join(' | ')}`)
  const functionOf = (lines: readonly string[]) =>
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
    new Function('state', 'keys', [read, ...lines].join('\n')) as Moves['gather']
  try {
    return { gather: functionOf(gathered), scatter: functionOf(scattered) }
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

/**
 * Sorts keys of as many numbers as `moving` has room for, which is where one is kept meanwhile.
 * Answers whether any of them was out of order. Few are: most states are successors of sorted ones.
 */
function sortKeys(keys: Int32Array, moving: Int32Array): boolean {
  const length = moving.length
  let moved = false
  for (let place = 1, from = length; from < keys.length; place++, from += length) {
    if (compareKeys(keys, place - 1, keys, place, length) <= 0) continue
    moved = true
    for (let i = 0; i < length; i++) moving[i] = keys[from + i]!
    let at = place
    for (; at > 0 && compareKeys(keys, at - 1, moving, 0, length) > 0; at--)
      for (let i = at * length; i < (at + 1) * length; i++) keys[i] = keys[i - length]!
    for (let i = 0; i < length; i++) keys[at * length + i] = moving[i]!
  }
  return moved
}

function compareKeys(
  keys: Int32Array,
  one: number,
  others: Int32Array,
  other: number,
  length: number,
): number {
  for (let i = 0; i < length; i++) {
    const left = keys[one * length + i]!
    const right = others[other * length + i]!
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Where in the key of an element each of its fields lies: in which number, from which bit on. */
function placesIn(fields: readonly Field[]): readonly { part: number; lowest: number }[] {
  let part = 0
  let used = 0
  return fields.map(({ bits }) => {
    if (used + bits > 32) {
      part++
      used = 0
    }
    used += bits
    return { part, lowest: used - bits }
  })
}
