import { UserError } from '../core/user-error.ts'
import type { Formula } from './formula.ts'
import { quorumNode } from './node.ts'
import type { NodeOptions, QuorumNode } from './node.ts'
import { printed } from './print.ts'

/**
 * Which sets of nodes are a quorum, as a text would say it: `a.and(b)`, `a.or(b)`,
 * `choose(2, [a, b, c])`, nested at will. Expressions never change; `a.and(b, c)` and
 * `a.and(b).and(c)` mean and print the same.
 */
export class Expression {
  /** The node, if the expression is one. */
  readonly node: QuorumNode | undefined
  /** How much weight of the parts has to hold; 0 for a node. */
  readonly need: number
  readonly parts: readonly Expression[]
  /** One for each part; `undefined` where each counts 1. */
  readonly weights: readonly number[] | undefined

  private constructor(
    own: QuorumNode | undefined,
    need: number,
    parts: readonly Expression[],
    weights?: readonly number[],
  ) {
    this.node = own
    this.need = need
    this.parts = parts
    this.weights = weights
  }

  /** The expression that is one node. */
  static ofNode(own: QuorumNode): Expression {
    return new Expression(own, 0, [])
  }

  /** @throws UserError unless the parts can reach `need` and something is needed. */
  static ofGate(
    need: number,
    parts: readonly Expression[],
    weights?: readonly number[],
  ): Expression {
    const total = totalOf(parts, weights)
    if (!Number.isSafeInteger(need) || need < 1 || need > total) {
      const all = weights === undefined ? `${parts.length} parts` : `parts of weight ${total}`
      throw new UserError(`${need} of ${all} cannot be chosen`, { hint: `1 to ${total}` })
    }
    const own = weights?.every((weight) => weight === 1) === false ? [...weights] : undefined
    return new Expression(undefined, need, [...parts], own)
  }

  /** A quorum of this and of each other. */
  and(...others: readonly Expression[]): Expression {
    return Expression.ofGate(others.length + 1, [this, ...others])
  }

  /** A quorum of this or of one of the others. */
  or(...others: readonly Expression[]): Expression {
    return Expression.ofGate(1, [this, ...others])
  }

  /** What meets every quorum of this: and becomes or, k of n becomes n - k + 1 of n. */
  dual(): Expression {
    return fold<Expression>(this, {
      node: (own) => Expression.ofNode(own),
      gate: ({ need, parts, weights }, duals) =>
        new Expression(undefined, totalOf(parts, weights) - need + 1, duals, weights),
    })
  }

  /** The nodes in the order of their first appearance. */
  get nodes(): readonly QuorumNode[] {
    const found = new Set<QuorumNode>()
    const visited = new Set<Expression>()
    const open: Expression[] = [this]
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (part.node !== undefined) found.add(part.node)
      if (visited.has(part)) continue
      visited.add(part)
      for (let i = part.parts.length - 1; i >= 0; i--) open.push(part.parts[i] as Expression)
    }
    return [...found]
  }

  /** The same over numbers. @throws RangeError for a node without a number. */
  formula(numberOf: ReadonlyMap<QuorumNode, number>): Formula {
    return fold<Formula>(this, {
      node: (own) => {
        const number = numberOf.get(own)
        if (number === undefined) throw new RangeError(`node ${own.name} has no number`)
        return number
      },
      gate: ({ need, weights }, inputs) =>
        weights === undefined ? { need, inputs } : { need, inputs, weights },
    })
  }

  /** A text that `parseExpression` reads as the same. */
  toString(): string {
    return printed([this])[0] as string
  }

  /** The text of `toString`. */
  toJSON(): string {
    return this.toString()
  }
}

/** A node, or the expression for one that exists. @throws UserError for options that cannot be. */
export function node(named: string | QuorumNode, options?: NodeOptions): Expression {
  return Expression.ofNode(typeof named === 'string' ? quorumNode(named, options) : named)
}

/**
 * Parts of which at least `need` have to hold, or parts that together weigh at least `need`.
 * Weights are positive whole numbers, one for each part.
 * @throws UserError unless that is possible and asks for something.
 */
export function choose(
  need: number,
  parts: readonly Expression[],
  weights?: readonly number[],
): Expression {
  return Expression.ofGate(need, parts, weights)
}

/** More than half of the parts, or of their weight. */
export function majority(parts: readonly Expression[], weights?: readonly number[]): Expression {
  return Expression.ofGate(Math.floor(totalOf(parts, weights) / 2) + 1, parts, weights)
}

function totalOf(parts: readonly Expression[], weights?: readonly number[]): number {
  if (parts.length === 0) {
    throw new UserError('there is nothing to choose from', { hint: 'at least one node' })
  }
  if (weights === undefined) return parts.length
  if (weights.length !== parts.length) {
    throw new UserError(`${weights.length} weights for ${parts.length} parts`, {
      hint: 'one for each part',
    })
  }
  let total = 0
  for (const weight of weights) {
    total += weight
    if (weight >= 1 && Number.isSafeInteger(weight) && Number.isSafeInteger(total)) continue
    throw new UserError(`weight ${weight} is not a positive whole number`, {
      hint: 'leave a part out that does not count',
    })
  }
  return total
}

/** From the nodes up, each part once however often it is used; depth costs no stack. */
function fold<Result>(
  root: Expression,
  make: {
    node(own: QuorumNode): Result
    gate(gate: Expression, inputs: readonly Result[]): Result
  },
): Result {
  const results = new Map<Expression, Result>()
  const open = [{ part: root, at: 0 }]
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { part } = top
    const next = part.parts[top.at++]
    if (next !== undefined) {
      if (!results.has(next)) open.push({ part: next, at: 0 })
      continue
    }
    open.pop()
    const inputs = part.parts.map((input) => results.get(input) as Result)
    results.set(part, part.node === undefined ? make.gate(part, inputs) : make.node(part.node))
  }
  return results.get(root) as Result
}
