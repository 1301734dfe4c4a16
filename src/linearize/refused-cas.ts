import type { RegisterColumns } from './register-columns.ts'
import { READ, REFUSED } from './register-columns.ts'

/**
 * Puts the refused compare-and-sets into an order of all other operations, or answers `undefined`
 * if they do not fit into this one (they may fit into another).
 *
 * A refusal changes nothing and only needs a moment at which the register holds another value. In
 * a given order it has a range of gaps: behind all that returned before its call, and in front of
 * all that was called after its return. The earliest possible gap, for one after another in order
 * of call, is the best choice: it leaves the later ones the most room. Gap g is in front of
 * `order[g]`.
 */
export function placeRefused(order: Int32Array, columns: RegisterColumns): Int32Array | undefined {
  const { from, called, returned } = columns
  const refused = indicesOf(columns, (kind) => kind === REFUSED)
  const { valueAt, nextChange } = values(order, columns)
  const lastGap = lastGaps(order, columns)
  const placed = byReturn(order, returned)
  const others = byReturn(refused, returned)
  const gapOf = new Int32Array(refused.length)

  let behind = 0
  let nextPlaced = 0
  let nextOther = 0
  for (let at = 0; at < refused.length; at++) {
    const op = refused[at]!
    while (nextPlaced < placed.length && returned[order[placed[nextPlaced]!]!]! < called[op]!) {
      behind = Math.max(behind, placed[nextPlaced++]! + 1)
    }
    // Whatever returned before this call was called before it too, so its gap is already known.
    while (nextOther < others.length && returned[refused[others[nextOther]!]!]! < called[op]!) {
      behind = Math.max(behind, gapOf[others[nextOther++]!]!)
    }
    let gap = behind
    const last = lastGap(op)
    while (gap <= last && valueAt[gap] === from[op]) gap = nextChange[gap]!
    if (gap > last) return undefined
    gapOf[at] = gap
  }
  return merged(order, refused, gapOf)
}

function indicesOf(
  { kind, count }: RegisterColumns,
  wanted: (kind: number) => boolean,
): Int32Array {
  const found: number[] = []
  for (let i = 0; i < count; i++) if (wanted(kind[i]!)) found.push(i)
  return Int32Array.from(found)
}

/** The register's value in each gap, and the next gap with another producer. */
function values(order: Int32Array, { kind, value, initial }: RegisterColumns) {
  const valueAt = new Int32Array(order.length + 1)
  const nextChange = new Int32Array(order.length + 1)
  valueAt[0] = initial
  for (let at = 0; at < order.length; at++) {
    const op = order[at]!
    valueAt[at + 1] = kind[op] === READ ? valueAt[at]! : value[op]!
  }
  nextChange[order.length] = order.length + 1
  for (let at = order.length - 1; at >= 0; at--) {
    nextChange[at] = kind[order[at]!] === READ ? nextChange[at + 1]! : at + 1
  }
  return { valueAt, nextChange }
}

/**
 * The last gap that a refused operation may stand in: in front of the first that was called too
 * late.
 */
function lastGaps(order: Int32Array, { count, called, returned }: RegisterColumns) {
  const firstPlace = new Int32Array(count + 1).fill(order.length)
  for (let at = 0; at < order.length; at++) firstPlace[order[at]!] = at
  for (let i = count - 1; i >= 0; i--) firstPlace[i] = Math.min(firstPlace[i]!, firstPlace[i + 1]!)
  return (op: number): number => {
    let low = op
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (called[middle]! > returned[op]!) high = middle
      else low = middle + 1
    }
    return firstPlace[low]!
  }
}

/** The places in a list of operations, in the order in which those returned. */
function byReturn(list: Int32Array, returned: Float64Array): Int32Array {
  return Int32Array.from(list.keys()).sort((a, b) => returned[list[a]!]! - returned[list[b]!]! || 0)
}

function merged(order: Int32Array, refused: Int32Array, gapOf: Int32Array): Int32Array {
  const starts = new Int32Array(order.length + 2)
  for (const gap of gapOf) starts[gap + 1]!++
  for (let gap = 0; gap < order.length; gap++) starts[gap + 1]! += starts[gap]! + 1
  const full = new Int32Array(order.length + refused.length)
  for (let at = 0; at < refused.length; at++) full[starts[gapOf[at]!]!++] = refused[at]!
  for (let at = 0; at < order.length; at++) full[starts[at]!] = order[at]!
  return full
}
