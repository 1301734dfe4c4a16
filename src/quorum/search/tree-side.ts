import type { Tree } from './read-once-trees.ts'
import type { Cheapest, Prices, Side } from './side.ts'

/**
 * A tree as arrays in post-order, with a node of its own for each leaf: the next one of its kind.
 * One object is filled again for each tree.
 */
export class FlatTreeOfKinds {
  vertices = 0
  /** The node of a leaf, -1 for a gate. */
  readonly node: Int8Array
  readonly need: Int8Array
  /** How many inputs a gate has: the ones that stand last before it and are in no gate yet. */
  readonly inputs: Int8Array
  readonly #nodesOfKind: readonly (readonly number[])[]
  readonly #used: number[]

  constructor(nodesOfKind: readonly (readonly number[])[]) {
    const nodes = nodesOfKind.flat().length
    this.node = new Int8Array(2 * nodes)
    this.need = new Int8Array(2 * nodes)
    this.inputs = new Int8Array(2 * nodes)
    this.#nodesOfKind = nodesOfKind
    this.#used = nodesOfKind.map(() => 0)
  }

  fill(tree: Tree): void {
    this.vertices = 0
    this.#used.fill(0)
    this.#add(tree)
  }

  // As deep as there are nodes at most, which is 30.
  #add(tree: Tree): void {
    for (const input of tree.inputs) this.#add(input)
    const at = this.vertices++
    this.need[at] = tree.need
    this.inputs[at] = tree.inputs.length
    this.node[at] = -1
    if (tree.need === 0) this.node[at] = this.#nodesOfKind[tree.kind]![this.#used[tree.kind]!++]!
  }
}

/** The quorums of a tree, or of its dual, without making them. */
export class TreeSide implements Side {
  readonly #tree: FlatTreeOfKinds
  readonly #dual: boolean
  readonly #latencies: readonly number[]
  /** The different latencies, ascending. */
  readonly #levels: readonly number[]
  readonly #costs: Float64Array
  readonly #sets: Int32Array
  #level = Infinity

  constructor(tree: FlatTreeOfKinds, dual: boolean, latencies: readonly number[]) {
    this.#tree = tree
    this.#dual = dual
    this.#latencies = latencies
    this.#levels = [...new Set(latencies)].sort((a, b) => a - b)
    this.#costs = new Float64Array(tree.node.length)
    this.#sets = new Int32Array(tree.node.length)
  }

  cheapest(prices: Prices, found: Cheapest): void {
    if (prices.latency === 0) {
      this.#level = Infinity
      this.#find(prices, found)
      return
    }
    let [set, cost] = [0, Infinity]
    for (const level of this.#levels) {
      this.#level = level
      this.#find(prices, found)
      if (found.cost + prices.latency * level < cost) {
        set = found.set
        cost = found.cost + prices.latency * found.latency
      }
    }
    found.set = set
    found.cost = cost
    found.latency = this.#latencyOf(set)
  }

  /** Of the quorums that are no slower than the level. */
  #find(prices: Prices, found: Cheapest): void {
    const { vertices, node, need, inputs } = this.#tree
    const costs = this.#costs
    const sets = this.#sets
    let top = 0
    for (let v = 0; v < vertices; v++) {
      const leaf = node[v]!
      if (leaf >= 0) {
        costs[top] = this.#latencies[leaf]! <= this.#level ? prices.nodes[leaf]! : Infinity
        sets[top++] = 1 << leaf
        continue
      }
      const count = inputs[v]!
      const least = this.#dual ? count - need[v]! + 1 : need[v]!
      top -= count
      this.#sort(top, top + count)
      for (let i = 1; i < least; i++) {
        costs[top]! += costs[top + i]!
        sets[top]! |= sets[top + i]!
      }
      top++
    }
    found.set = sets[0]!
    found.cost = costs[0]!
    found.latency = this.#latencyOf(found.set)
  }

  #sort(from: number, to: number): void {
    const costs = this.#costs
    const sets = this.#sets
    for (let at = from + 1; at < to; at++) {
      const cost = costs[at]!
      const set = sets[at]!
      let place = at
      for (; place > from && costs[place - 1]! > cost; place--) {
        costs[place] = costs[place - 1]!
        sets[place] = sets[place - 1]!
      }
      costs[place] = cost
      sets[place] = set
    }
  }

  #latencyOf(set: number): number {
    let latest = 0
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      latest = Math.max(latest, this.#latencies[31 - Math.clz32(rest & -rest)]!)
    }
    return latest
  }
}

/** The minimal quorums of the tree or its dual; undefined if there are more than `most`. */
export function treeQuorums(
  { vertices, node, need, inputs }: FlatTreeOfKinds,
  dual: boolean,
  most: number,
): number[] | undefined {
  const stack: number[][] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      stack.push([1 << node[v]!])
      continue
    }
    const count = inputs[v]!
    const least = dual ? count - need[v]! + 1 : need[v]!
    // Unions of quorums of j of the inputs so far.
    const unions: number[][] = [[0]]
    for (const quorums of stack.splice(stack.length - count, count)) {
      for (let j = Math.min(least, unions.length); j > 0; j--) {
        const more = unions[j - 1]!.flatMap((union) => quorums.map((quorum) => union | quorum))
        unions[j] = [...(unions[j] ?? []), ...more]
        if (unions[j]!.length > most) return undefined
      }
    }
    stack.push(unions[least]!)
  }
  return stack[0]
}
