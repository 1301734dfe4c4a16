import { totalWeight } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'

/** Tables of so many pairs of weights are made. */
const MOST_WORK = 50_000_000

/**
 * The fewest nodes in common to a quorum of one tree and a quorum of another one of the same shape:
 * each input of a gate serves the one, the other, or both, and only then costs what its own quorums
 * have in common. `undefined` where the shapes differ or weights are too large.
 */
export function treeOverlap(one: FlatTree, other: FlatTree): number | undefined {
  if (!sameShape(one, other)) return undefined
  const common = new Float64Array(one.vertices)
  for (let vertex = 0; vertex < one.vertices; vertex++) {
    if (one.node[vertex]! >= 0) {
      common[vertex] = 1
      continue
    }
    const found = gateOverlap(one, other, vertex, common)
    if (found === undefined) return undefined
    common[vertex] = found
  }
  return common[one.vertices - 1]
}

function gateOverlap(
  one: FlatTree,
  other: FlatTree,
  gate: number,
  common: Float64Array,
): number | undefined {
  const inputs = one.inputs.subarray(one.start[gate], one.start[gate + 1])
  const left = one.need[gate]!
  const right = other.need[gate]!
  if (totalWeight(one, gate) === inputs.length && totalWeight(other, gate) === inputs.length) {
    const twice = Math.max(0, left + right - inputs.length)
    const cheapest = Float64Array.from(inputs, (input) => common[input]!).sort()
    return cheapest.subarray(0, twice).reduce((sum, count) => sum + count, 0)
  }
  if (inputs.length * left * right > MOST_WORK) return undefined
  // The least cost of each pair of weights reached, where more than the need is just enough.
  const width = right + 1
  let table = new Float64Array((left + 1) * width).fill(Infinity)
  table[0] = 0
  for (const input of inputs) {
    const next = new Float64Array(table.length).fill(Infinity)
    for (let mine = 0; mine <= left; mine++) {
      for (let theirs = 0; theirs <= right; theirs++) {
        const cost = table[mine * width + theirs]!
        if (cost === Infinity) continue
        const more = Math.min(left, mine + one.weight[input]!)
        const most = Math.min(right, theirs + other.weight[input]!)
        const put = (place: number, price: number) => {
          next[place] = Math.min(next[place]!, price)
        }
        put(more * width + theirs, cost)
        put(mine * width + most, cost)
        put(more * width + most, cost + common[input]!)
      }
    }
    table = next
  }
  return table[left * width + right]
}

function sameShape(one: FlatTree, other: FlatTree): boolean {
  if (one === other) return true
  return (
    one.vertices === other.vertices &&
    one.node.every((node, vertex) => node === other.node[vertex]) &&
    one.start.every((start, vertex) => start === other.start[vertex]) &&
    one.inputs.every((input, at) => input === other.inputs[at])
  )
}
