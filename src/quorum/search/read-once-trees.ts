import type { Meter } from '../../core/budget.ts'

/**
 * A threshold gate over trees, or a leaf: some node of a kind. Nodes of a kind may be exchanged,
 * so a tree stands for all the expressions that are the same up to that.
 */
export interface Tree {
  /** Ascending in the order they are made, and so with the height. */
  readonly id: number
  /** How many nodes of each kind it has, as digits to the bases of `ReadOnceTrees`. */
  readonly code: number
  /** 0 for a leaf. */
  readonly need: number
  /** Of a leaf: its kind. */
  readonly kind: number
  readonly inputs: readonly Tree[]
  /** Nodes in the smallest quorum, and in the smallest quorum of the dual. */
  readonly smallest: number
  readonly smallestDual: number
}

const LEAF: Tree = {
  id: -1,
  code: 0,
  need: 0,
  kind: 0,
  inputs: [],
  smallest: 1,
  smallestDual: 1,
}

/** Memory taken by a tree, roughly. */
const BYTES = 160

/**
 * All read-once expressions of threshold gates over at most the given nodes, each function once:
 * an `or` is no input of an `or` and an `and` none of an `and`, as they would be one gate, and
 * inputs come in descending order. They are made height by height, so that simple ones come first
 * however many nodes there are.
 */
export class ReadOnceTrees {
  readonly #counts: readonly number[]
  /** The digit of a kind in a code has this place value. */
  readonly #places: readonly number[]
  readonly #all: number
  /** For each code the trees that have been made. */
  readonly #made: readonly Tree[][]
  /** For each code the codes that are part of it, made when first asked for. */
  readonly #parts = new Map<number, readonly number[]>()
  readonly #meter: Meter
  readonly #each: (tree: Tree) => void
  #next = 0

  /** @param counts how many nodes there are of each kind; @param each called with every tree */
  constructor(counts: readonly number[], meter: Meter, each: (tree: Tree) => void) {
    this.#counts = counts
    this.#meter = meter
    this.#each = each
    const places: number[] = []
    let place = 1
    for (const count of counts) {
      places.push(place)
      place *= count + 1
    }
    this.#places = places
    this.#all = place - 1
    this.#made = Array.from({ length: place }, () => [])
  }

  /** k of all nodes, for each k. They come up again in the search. */
  thresholds(): readonly Tree[] {
    const inputs = this.#counts.flatMap((count, kind) =>
      Array.from({ length: count }, () => ({ ...LEAF, kind, code: this.#places[kind]! })),
    )
    if (inputs.length === 1) return inputs
    return inputs.map((_, i) => {
      const sizes = { smallest: i + 1, smallestDual: inputs.length - i }
      return { ...LEAF, ...sizes, kind: -1, code: this.#all, need: i + 1, inputs }
    })
  }

  /** True if there are no more; false if the budget ran out. */
  search(): boolean {
    this.#places.forEach((code, kind) => {
      const leaf = { id: this.#next++, code, need: 0, kind, inputs: [] }
      this.#keep({ ...leaf, smallest: 1, smallestDual: 1 })
    })
    let from = 0
    while (from < this.#next) {
      const to = this.#next
      // The trees of the last height are the first inputs; the others have smaller numbers.
      const last = this.#made.flat().filter(({ id }) => id >= from)
      last.sort((a, b) => b.code - a.code || a.id - b.id)
      const fresh: Tree[] = []
      for (const first of last) {
        if (!this.#compose([first], this.#all - first.code, fresh)) return false
      }
      for (const tree of fresh) this.#keep(tree, false)
      from = to
    }
    return true
  }

  #keep(tree: Tree, isNew = true): void {
    this.#made[tree.code]!.push(tree)
    if (isNew) this.#each(tree)
  }

  /** All gates over these inputs, and over these and further ones from what is left. */
  #compose(inputs: Tree[], rest: number, fresh: Tree[]): boolean {
    if (!this.#meter.step() || this.#meter.exhausted) return false
    if (inputs.length > 1 && !this.#gates(inputs, fresh)) return false
    if (rest === 0) return true
    const last = inputs[inputs.length - 1]!
    for (const code of this.#partsOf(rest)) {
      for (const tree of this.#made[code]!) {
        if (tree.id > last.id) break
        inputs.push(tree)
        const goOn = this.#compose(inputs, rest - code, fresh)
        inputs.pop()
        if (!goOn) return false
      }
    }
    return true
  }

  #gates(inputs: readonly Tree[], fresh: Tree[]): boolean {
    const code = inputs.reduce((sum, tree) => sum + tree.code, 0)
    const smallest = inputs.map((tree) => tree.smallest).sort((a, b) => a - b)
    const duals = inputs.map((tree) => tree.smallestDual).sort((a, b) => a - b)
    let dual = duals.reduce((sum, size) => sum + size, 0)
    let sum = 0
    for (let need = 1; need <= inputs.length; need++) {
      sum += smallest[need - 1]!
      if (need > 1) dual -= duals[inputs.length - need + 1]!
      if (need === 1 && inputs.some((tree) => tree.need === 1)) continue
      if (need === inputs.length && inputs.some(isAnd)) continue
      if (!this.#meter.step()) return false
      const made = { id: this.#next++, code, need, kind: -1, inputs: [...inputs] }
      const tree = { ...made, smallest: sum, smallestDual: dual }
      this.#each(tree)
      if (this.#meter.exhausted) return false
      if (code === this.#all) continue
      if (!this.#meter.reserve(BYTES)) return false
      fresh.push(tree)
    }
    return true
  }

  #partsOf(whole: number): readonly number[] {
    const known = this.#parts.get(whole)
    if (known !== undefined) return known
    let found = [0]
    this.#places.forEach((place, kind) => {
      const digit = Math.floor(whole / place) % (this.#counts[kind]! + 1)
      const taken = Array.from({ length: digit + 1 }, (_, count) => count * place)
      found = found.flatMap((part) => taken.map((more) => part + more))
    })
    this.#parts.set(whole, found)
    return found
  }
}

/** Pairs of a code and a part of it: `ReadOnceTrees` goes over them many times. */
export function partPairs(counts: readonly number[]): number {
  return counts.reduce((product, count) => (product * (count + 1) * (count + 2)) / 2, 1)
}

function isAnd(tree: Tree): boolean {
  return tree.need > 1 && tree.need === tree.inputs.length
}
