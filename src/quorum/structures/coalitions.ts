/**
 * The minimal coalitions of a weighted threshold: sets of inputs that reach `need`, none of which
 * can be spared. Inputs are taken by falling weight; then a set is minimal exactly if it reaches
 * `need` with the last one taken, because that is the lightest one.
 */
export class Coalitions {
  readonly #need: number
  readonly #order: Int32Array
  readonly #weights: Float64Array
  /** What the inputs from each place on weigh together. */
  readonly #rest: Float64Array
  readonly #places: number[] = []
  #reached = 0

  constructor(need: number, weights: Float64Array) {
    this.#need = need
    this.#order = Int32Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || a - b)
    this.#weights = Float64Array.from(this.#order, (input) => weights[input]!)
    this.#rest = new Float64Array(weights.length + 1)
    for (let place = weights.length - 1; place >= 0; place--) {
      this.#rest[place] = this.#rest[place + 1]! + this.#weights[place]!
    }
    this.#extend(0)
  }

  /** The numbers of the inputs that are in the present coalition. */
  *members(): IterableIterator<number> {
    for (const place of this.#places) yield this.#order[place]!
  }

  /** Goes to the next coalition; false after the last. */
  advance(): boolean {
    for (let place = this.#places.pop(); place !== undefined; place = this.#places.pop()) {
      this.#reached -= this.#weights[place]!
      if (this.#extend(place + 1)) return true
    }
    return false
  }

  /** Takes inputs from a place on until enough is reached, if there is enough. */
  #extend(from: number): boolean {
    if (this.#reached + this.#rest[from]! < this.#need) return false
    for (let place = from; this.#reached < this.#need; place++) {
      this.#places.push(place)
      this.#reached += this.#weights[place]!
    }
    return true
  }
}

/**
 * The cheapest coalition: the inputs that reach `need` at the least price, none to spare. All
 * pairs of weight and price that no other pair beats are kept (Nemhauser and Ullmann 1969).
 */
export function cheapestCoalition(
  need: number,
  weights: Float64Array,
  prices: Float64Array,
): number[] {
  let front: Choice[] = [{ weight: 0, price: 0, input: -1, before: undefined }]
  for (let input = 0; input < weights.length; input++) {
    if (prices[input] === Infinity) continue
    const taken: Choice[] = []
    for (const before of front) {
      const weight = before.weight + weights[input]!
      taken.push({
        weight: Math.min(need, weight),
        price: before.price + prices[input]!,
        input,
        before,
      })
      // The next ones cost more.
      if (weight >= need) break
    }
    front = undominated(front, taken)
  }
  const best = front.at(-1)
  // Only where prices are infinite is there none: then any coalition is as good.
  if (best === undefined || best.weight < need) return withoutSpare(need, weights, allOf(weights))
  const members: number[] = []
  for (let at: Choice | undefined = best; at !== undefined; at = at.before) {
    if (at.input >= 0) members.push(at.input)
  }
  return withoutSpare(need, weights, members)
}

interface Choice {
  readonly weight: number
  readonly price: number
  readonly input: number
  readonly before: Choice | undefined
}

/** Merges two lists of rising weight and price into one, without what weighs less for more. */
function undominated(left: readonly Choice[], right: readonly Choice[]): Choice[] {
  const all: Choice[] = []
  let l = left.length - 1
  let r = right.length - 1
  let cheapest = Infinity
  // From the heaviest on, so that each choice has to be cheaper than all heavier ones.
  while (l >= 0 || r >= 0) {
    const a = left[l]
    const b = right[r]
    const takeLeft =
      b === undefined ||
      (a !== undefined && (a.weight > b.weight || (a.weight === b.weight && a.price <= b.price)))
    const next = (takeLeft ? a : b) as Choice
    if (takeLeft) l--
    else r--
    if (next.price < cheapest) {
      cheapest = next.price
      all.push(next)
    }
  }
  return all.reverse()
}

function allOf(weights: Float64Array): number[] {
  return Array.from(weights.keys())
}

/** Drops what is not needed, the lightest first. */
function withoutSpare(need: number, weights: Float64Array, members: number[]): number[] {
  let reached = members.reduce((sum, member) => sum + weights[member]!, 0)
  return members
    .sort((a, b) => weights[a]! - weights[b]!)
    .filter((member) => {
      if (reached - weights[member]! < need) return true
      reached -= weights[member]!
      return false
    })
    .sort((a, b) => a - b)
}

/**
 * How many ways there are to take a minimal coalition and then one of `counts[i]` ways for each
 * input i in it.
 */
export function countCoalitions(
  need: number,
  weights: Float64Array,
  counts: readonly bigint[],
): bigint {
  const alike = counts.every((count) => count === counts[0])
  const equal = weights.every((weight) => weight === weights[0])
  if (equal && alike) {
    const taken = Math.ceil(need / (weights[0] ?? 1))
    return binomial(counts.length, taken) * (counts[0] ?? 1n) ** BigInt(taken)
  }
  // Ways to reach each weight below `need` with the inputs so far.
  const ways = new Map<number, bigint>([[0, 1n]])
  let complete = 0n
  for (const { weight, count, size } of groupsOfAlike(weights, counts)) {
    for (const [reached, number] of [...ways]) {
      let product = number
      for (let taken = 1; taken <= size; taken++) {
        product = (product * count * BigInt(size - taken + 1)) / BigInt(taken)
        const next = reached + taken * weight
        if (next >= need) {
          complete += product
          break
        }
        ways.set(next, (ways.get(next) ?? 0n) + product)
      }
    }
  }
  return complete
}

interface Group {
  readonly weight: number
  readonly count: bigint
  size: number
}

/** Inputs of the same weight and count, by falling weight. */
function groupsOfAlike(weights: Float64Array, counts: readonly bigint[]): readonly Group[] {
  const byWeight = new Map<number, Map<bigint, Group>>()
  counts.forEach((count, input) => {
    const weight = weights[input]!
    let byCount = byWeight.get(weight)
    if (byCount === undefined) byWeight.set(weight, (byCount = new Map<bigint, Group>()))
    const group = byCount.get(count)
    if (group === undefined) byCount.set(count, { weight, count, size: 1 })
    else group.size++
  })
  const groups = [...byWeight.values()].flatMap((byCount) => [...byCount.values()])
  return groups.sort((a, b) => b.weight - a.weight)
}

export function binomial(of: number, take: number): bigint {
  const taken = Math.min(take, of - take)
  if (taken < 0) return 0n
  let result = 1n
  for (let i = 1; i <= taken; i++) result = (result * BigInt(of - taken + i)) / BigInt(i)
  return result
}
