import { UserError } from '../../core/user-error.ts'
import type { Formula } from '../formula.ts'

/** One bit for each set of live nodes, 32 to a number: set s has bit s % 32 of number s / 32. */
type LiveTable = Uint32Array

const MOST_QUORUMS = 200_000

/** The minimal sets that are enough after any `failures` of their nodes have failed. */
export function minimalSurvivors(formula: Formula, size: number, failures: number): number[][] {
  let table = tableOf(formula, size)
  for (let failed = 0; failed < failures; failed++) {
    const next = new Uint32Array(table).fill(0xffffffff)
    for (let node = 0; node < size; node++) and(next, without(table, node))
    table = next
  }
  const minimal = new Uint32Array(table)
  for (let node = 0; node < size; node++) {
    const smaller = without(table, node)
    const own = patternOf(node, table.length)
    for (let i = 0; i < minimal.length; i++) minimal[i]! &= ~(smaller[i]! & own[i]!)
  }
  return setsIn(minimal, size)
}

function setsIn(table: LiveTable, size: number): number[][] {
  const sets: number[][] = []
  for (let set = 0; set < 2 ** size; set++) {
    if (((table[set >>> 5]! >>> (set & 31)) & 1) === 0) continue
    if (sets.length === MOST_QUORUMS) {
      throw new UserError(`more than ${MOST_QUORUMS.toLocaleString('en-US')} quorums survive`, {
        hint: 'a threshold, for which they need not be listed',
      })
    }
    sets.push(Array.from({ length: size }, (_, i) => i).filter((i) => ((set >>> i) & 1) === 1))
  }
  return sets
}

function tableOf(formula: Formula, size: number): LiveTable {
  const length = Math.max(1, 2 ** size / 32)
  if (typeof formula === 'number') return patternOf(formula, length)
  // reached[w] holds the sets in which inputs of weight w or more hold.
  const reached = Array.from({ length: formula.need + 1 }, () => new Uint32Array(length))
  reached[0]?.fill(0xffffffff)
  for (const [i, input] of formula.inputs.entries()) {
    const holds = tableOf(input, size)
    const weight = formula.weights?.[i] ?? 1
    for (let w = formula.need; w > 0; w--) {
      const before = reached[Math.max(0, w - weight)]!
      const now = reached[w]!
      for (let k = 0; k < length; k++) now[k]! |= before[k]! & holds[k]!
    }
  }
  return reached[formula.need]!
}

const PATTERNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000]

/** The sets in which the node is alive. */
function patternOf(node: number, length: number): LiveTable {
  const table = new Uint32Array(length)
  if (node < 5) return table.fill(PATTERNS[node]!)
  for (let i = 0; i < length; i++) table[i] = (i >>> (node - 5)) & 1 ? 0xffffffff : 0
  return table
}

/** What the table says of each set when the node is taken out of it. */
function without(table: LiveTable, node: number): LiveTable {
  if (node >= 5) {
    const bit = 1 << (node - 5)
    return table.map((_, i) => table[i & ~bit]!)
  }
  const pattern = PATTERNS[node]!
  return table.map((word) => {
    const rest = word & ~pattern
    return rest | (rest << (1 << node))
  })
}

function and(table: LiveTable, other: LiveTable): void {
  for (let i = 0; i < table.length; i++) table[i]! &= other[i]!
}
