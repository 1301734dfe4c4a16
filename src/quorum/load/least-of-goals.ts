import { cheapest } from './formula-parts.ts'
import type { Part } from './formula-parts.ts'

/** What still has to hold: `need` of the inputs of a gate from number `from` on. */
interface Goal {
  readonly place: number
  readonly from: number
  readonly need: number
}

/**
 * The least price of a set that is enough, where nodes stand more than once in a formula;
 * `undefined` after so many looks at parts. Goals that have no undecided node in common are paid
 * for one by one. Of goals that have, one is resolved by trying each of its inputs as the first
 * that is taken; the nodes it takes are free for the others from then on.
 */
export function leastOfGoals(
  parts: readonly Part[],
  prices: readonly bigint[],
  mostLooks: number,
): bigint | undefined {
  const search = new GoalSearch(parts, prices, mostLooks)
  try {
    return search.pay([search.whole(parts.length - 1)])
  } catch (problem) {
    if (problem === OUT_OF_REACH) return undefined
    throw problem
  }
}

const OUT_OF_REACH = new Error('too many looks')

class GoalSearch {
  readonly #parts: readonly Part[]
  /** 0 once a node has been taken. */
  readonly #price: bigint[]
  readonly #nodes: (readonly number[] | undefined)[]
  #looks: number

  constructor(parts: readonly Part[], prices: readonly bigint[], mostLooks: number) {
    this.#parts = parts
    this.#price = [...prices]
    this.#nodes = parts.map(() => undefined)
    this.#looks = mostLooks
  }

  whole(place: number): Goal {
    return { place, from: 0, need: this.#part(place).need }
  }

  pay(goals: readonly Goal[]): bigint {
    const paid: [number, bigint][] = []
    const open: Goal[] = []
    let sum = 0n
    const todo = [...goals]
    for (let goal = todo.pop(); goal !== undefined; goal = todo.pop()) {
      const { node, inputs, weights } = this.#part(goal.place)
      this.#look(1)
      if (node >= 0) {
        const price = this.#price[node] ?? 0n
        sum += price
        paid.push([node, price])
        this.#price[node] = 0n
      } else if (weights === undefined && goal.need === inputs.length - goal.from) {
        for (const input of inputs.slice(goal.from)) todo.push(this.whole(input))
      } else open.push(goal)
    }
    for (const group of this.#apart(open)) sum += this.#together(group)
    for (let undo = paid.pop(); undo !== undefined; undo = paid.pop())
      this.#price[undo[0]] = undo[1]
    return sum
  }

  /** Goals that cannot be paid for one by one. */
  #together(group: readonly Goal[]): bigint {
    const [goal, second] = group
    if (goal === undefined) return 0n
    if (second !== undefined) return this.#oneByOne(group)
    const { inputs, weights } = this.#part(goal.place)
    const own = inputs.slice(goal.from)
    if (goal.need > 1 && this.#apart(own.map((input) => this.whole(input))).length < own.length) {
      return this.#oneByOne(group)
    }
    const costs = own.map((input) => this.pay([this.whole(input)]))
    return cheapest(goal.need, costs, weights?.slice(goal.from))
  }

  /** The goal that shares most nodes for its number of inputs is tried input by input. */
  #oneByOne(group: readonly Goal[]): bigint {
    const goal = this.#mostShared(group)
    const others = group.filter((other) => other !== goal)
    const { inputs, weights } = this.#part(goal.place)
    const weightOf = (input: number): number => weights?.[input] ?? 1
    let best: bigint | undefined
    let left = 0
    for (let i = goal.from; i < inputs.length; i++) left += weightOf(i)
    for (let i = goal.from; left >= goal.need; i++) {
      const need = goal.need - weightOf(i)
      left -= weightOf(i)
      if (need > left) continue
      const more = need > 0 ? [{ place: goal.place, from: i + 1, need }] : []
      const cost = this.pay([...others, ...more, this.whole(inputs[i] ?? 0)])
      if (best === undefined || cost < best) best = cost
    }
    return best ?? 0n
  }

  /** In groups that have no undecided node in common. */
  #apart(goals: readonly Goal[]): Goal[][] {
    const groups = goals.map((goal) => [goal])
    if (goals.length < 2) return groups
    const owner = new Map<number, number>()
    const leader = goals.map((_, i) => i)
    const find = (i: number): number => {
      const up = leader[i] ?? i
      return up === i ? i : find(up)
    }
    for (const [i, goal] of goals.entries()) {
      for (const node of this.#undecided(goal)) {
        const before = owner.get(node)
        if (before === undefined) owner.set(node, i)
        else leader[find(i)] = find(before)
      }
    }
    for (const [i, goal] of goals.entries()) if (find(i) !== i) groups[find(i)]?.push(goal)
    return groups.filter((_, i) => find(i) === i)
  }

  #mostShared(group: readonly Goal[]): Goal {
    const times = new Map<number, number>()
    for (const goal of group) {
      for (const node of this.#undecided(goal)) times.set(node, (times.get(node) ?? 0) + 1)
    }
    let best: Goal | undefined
    let most = -1
    for (const goal of group) {
      const shared = this.#undecided(goal).filter((node) => (times.get(node) ?? 0) > 1)
      const each = shared.length / (this.#part(goal.place).inputs.length - goal.from)
      if (each <= most) continue
      most = each
      best = goal
    }
    if (best === undefined) throw new Error('no goal is left')
    return best
  }

  #undecided({ place, from }: Goal): number[] {
    const nodes =
      from === 0
        ? this.#nodesOf(place)
        : [
            ...new Set(
              this.#part(place)
                .inputs.slice(from)
                .flatMap((one) => this.#nodesOf(one)),
            ),
          ]
    this.#look(nodes.length)
    return nodes.filter((node) => this.#price[node] !== 0n)
  }

  #nodesOf(place: number): readonly number[] {
    const known = this.#nodes[place]
    if (known !== undefined) return known
    const { node, inputs } = this.#part(place)
    const found = node >= 0 ? [node] : [...new Set(inputs.flatMap((one) => this.#nodesOf(one)))]
    this.#nodes[place] = found
    return found
  }

  #part(place: number): Part {
    const part = this.#parts[place]
    if (part === undefined) throw new RangeError(`no part ${place}`)
    return part
  }

  #look(count: number): void {
    this.#looks -= count
    if (this.#looks < 0) throw OUT_OF_REACH
  }
}
