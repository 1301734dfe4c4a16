/**
 * All monotone functions of up to 5 nodes, as truth tables in 32 bits: bit m is the value on the
 * live set m. A function of one node more is a pair of them, `low` where the last node is down and
 * `high` where it is up, with `low` below `high`: 7,828,354 pairs are all functions of 6 nodes.
 * Functions are spoken of by their number in `tables`.
 */
export interface MonotoneFunctions {
  readonly nodes: number
  /** Ascending. */
  readonly tables: Uint32Array
  /** The number of the dual function. */
  readonly dual: Uint16Array
  /** The minimal live sets of each function. */
  readonly minimal: readonly Uint8Array[]
  /** The two functions of one node less that each is made of. */
  readonly halves:
    | {
        readonly functions: MonotoneFunctions
        readonly low: Uint8Array
        readonly high: Uint8Array
      }
    | undefined
  /** The number of a table; the table must be a monotone function. */
  numberOf(table: number): number
}

/** The most nodes of which all functions fit into 32 bits. */
export const MOST_IN_A_TABLE = 5

const known = new Map<number, MonotoneFunctions>()

export function monotoneFunctions(nodes: number): MonotoneFunctions {
  if (!Number.isInteger(nodes) || nodes < 0 || nodes > MOST_IN_A_TABLE) {
    throw new RangeError(`no tables for ${nodes} nodes`)
  }
  const found = known.get(nodes)
  if (found !== undefined) return found
  const tables = allTables(nodes)
  const numberOf = numbering(tables)
  const made: MonotoneFunctions = {
    nodes,
    tables,
    dual: Uint16Array.from(tables, (table) => numberOf(dualTable(table, nodes))),
    minimal: Array.from(tables, (table) => minimalSets(table, nodes)),
    halves: nodes === 0 ? undefined : halvesOf(tables, nodes),
    numberOf,
  }
  known.set(nodes, made)
  return made
}

function allTables(nodes: number): Uint32Array {
  let tables = [0, 1]
  for (let node = 0; node < nodes; node++) {
    const half = 1 << node
    const next: number[] = []
    for (const high of tables) {
      for (const low of tables) {
        if ((low & ~high) === 0) next.push((low | (high << half)) >>> 0)
      }
    }
    tables = next
  }
  return Uint32Array.from(tables).sort()
}

function halvesOf(tables: Uint32Array, nodes: number): MonotoneFunctions['halves'] {
  const functions = monotoneFunctions(nodes - 1)
  const half = 1 << (nodes - 1)
  const mask = 2 ** half - 1
  return {
    functions,
    low: Uint8Array.from(tables, (table) => functions.numberOf(table & mask)),
    high: Uint8Array.from(tables, (table) => functions.numberOf((table >>> half) & mask)),
  }
}

/** The dual holds on a live set if the function does not hold on the rest. */
function dualTable(table: number, nodes: number): number {
  const sets = 1 << nodes
  let dual = 0
  for (let set = 0; set < sets; set++) {
    if (((table >>> (sets - 1 - set)) & 1) === 0) dual |= 1 << set
  }
  return dual >>> 0
}

function minimalSets(table: number, nodes: number): Uint8Array {
  const found: number[] = []
  for (let set = 0; set < 1 << nodes; set++) {
    if (((table >>> set) & 1) === 0) continue
    let minimal = true
    for (let node = 0; node < nodes; node++) {
      if (((set >>> node) & 1) === 1 && ((table >>> (set ^ (1 << node))) & 1) === 1) minimal = false
    }
    if (minimal) found.push(set)
  }
  return Uint8Array.from(found)
}

/** A hash table with open places, as millions of look-ups are made and a Map takes far longer. */
function numbering(tables: Uint32Array): (table: number) => number {
  const shift = 17
  const places = 1 << (32 - shift)
  const numbers = new Int16Array(places).fill(-1)
  const placeOf = (table: number): number => {
    let place = Math.imul(table, 0x9e3779b1) >>> shift
    for (;;) {
      const number = numbers[place]!
      if (number === -1 || tables[number] === table) return place
      place = (place + 1) & (places - 1)
    }
  }
  tables.forEach((table, number) => {
    numbers[placeOf(table)] = number
  })
  return (table) => {
    const number = numbers[placeOf(table >>> 0)]!
    if (number === -1) throw new RangeError('not the table of a monotone function')
    return number
  }
}

/** How many nodes are in a set. */
export function sizeOf(set: number): number {
  let rest = set
  let size = 0
  for (; rest !== 0; rest &= rest - 1) size++
  return size
}
