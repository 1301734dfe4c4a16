import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import { choose, majority, node } from './expression.ts'
import type { Expression } from './expression.ts'
import { afterBraces, describedNodes, isMark } from './node-facts.ts'
import { errorAt, tokensOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/**
 * Reads an expression: `*` is and, `+` is or and binds less, `choose(2, a, b, c)`,
 * `majority(a, b, c)`, weights as `choose(3, a:2, b, c)`, what is known about a node as
 * `a{capacity=2, zone=eu}`. The same name is the same node.
 * @throws UserError with a caret under the place.
 */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text)
  const expression = reader.expression()
  reader.expectEnd()
  return expression
}

/** The sides of a system, as far as they are given. */
export interface Sides {
  readonly reads?: Expression
  readonly writes?: Expression
}

/**
 * Reads `reads: EXPRESSION; writes: EXPRESSION`, one of them, `quorums: EXPRESSION` for the same
 * on both sides, or an expression for the reads.
 * @throws UserError with a caret under the place.
 */
export function parseSides(text: string): Sides {
  const reader = new Reader(text)
  const sides: { reads?: Expression; writes?: Expression } = {}
  let label = reader.label()
  if (label === undefined) sides.reads = reader.expression()
  for (; label !== undefined; label = reader.label()) {
    const side = reader.expression()
    for (const name of label.value === 'quorums' ? SIDES : [label.value as 'reads' | 'writes']) {
      if (sides[name] !== undefined) throw reader.error(label, `the ${name} are given twice`)
      sides[name] = side
    }
    if (!reader.semicolon()) break
  }
  reader.expectEnd()
  return sides
}

const SIDES = ['reads', 'writes'] as const
const CALLS: ReadonlyMap<string, string> = new Map([
  ['choose', 'choose(2, a, b, c)'],
  ['majority', 'majority(a, b, c)'],
])
const EXAMPLE = ['a * b + c', ...CALLS.values()].join(', ')
const WEIGHTS = 'choose(3, a:2, b, c); names with : stand in quotes'

/** Something that is open: the whole, a parenthesis, or a choice. */
interface Frame {
  readonly kind: 'whole' | 'group' | 'choose' | 'majority'
  readonly opened: Token
  readonly need: number
  /** Whether the inputs stand in brackets of their own. */
  readonly bracket: boolean
  inputs: Expression[]
  weights: number[]
  /** The summands and factors of the present input so far. */
  sum: Expression[]
  product: Expression[]
}

class Reader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #nodes = new Map<string, Expression>()
  readonly #frames: Frame[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokensOf(text)
    for (const [name, described] of describedNodes(text, this.#tokens)) {
      this.#nodes.set(name, node(described))
    }
  }

  /** Reads as far as it goes. Open parentheses are kept on a list, so their depth is no matter. */
  expression(): Expression {
    this.#frames.length = 0
    this.#open('whole', this.#token)
    let operand: Expression | undefined
    for (;;) {
      operand ??= this.#operand()
      if (operand === undefined) continue
      this.#top.product.push(operand)
      operand = undefined
      const end = this.#afterOperand()
      if (end === undefined) continue
      if (this.#frames.length === 0) return end
      operand = end
    }
  }

  /** `reads:`, `writes:` or `quorums:`, if it comes next. */
  label(): Token | undefined {
    const token = this.#token
    if (!isMark(this.#tokens[this.#at + 1], ':') || token.kind !== 'name') return undefined
    if (![...SIDES, 'quorums'].includes(token.value) || token.quoted) return undefined
    this.#at += 2
    return token
  }

  semicolon(): boolean {
    return this.#skip(';')
  }

  expectEnd(): void {
    if (this.#token.kind === 'end') return
    const { value } = this.#token
    if (value === ')' || value === ']') {
      const hint = 'leave it out, or open a parenthesis before it'
      throw this.error(this.#token, `${shown(this.#token)} closes nothing`, hint)
    }
    const hint = value === ';' ? 'reads: a * b; writes: a + b' : '* or + between the two'
    const fact = `${shown(this.#token)} does not belong to the expression before it`
    throw this.error(this.#token, fact, hint)
  }

  error(token: Token, fact: string, hint = EXAMPLE): UserError {
    return errorAt(this.#text, token.at, fact, hint)
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame
  }

  #skip(mark: string): boolean {
    if (!isMark(this.#token, mark)) return false
    this.#at++
    return true
  }

  /** A node; `undefined` where something was opened instead. */
  #operand(): Expression | undefined {
    const token = this.#token
    if (this.#skip('(')) {
      this.#open('group', token)
      return undefined
    }
    if (token.kind !== 'name') {
      if (this.#tokens.length === 1) throw this.error(token, 'there is no expression')
      const found = token.kind === 'end' ? 'the text ends' : `${shown(token)} stands`
      throw this.error(token, `${found} where a node is expected`)
    }
    this.#at++
    if (isMark(this.#token, '(') && !token.quoted) {
      this.#call(token)
      return undefined
    }
    if (isMark(this.#token, '{')) this.#at = afterBraces(this.#tokens, this.#at)
    let found = this.#nodes.get(token.value)
    if (found === undefined) this.#nodes.set(token.value, (found = this.#node(token)))
    return found
  }

  #node(token: Token): Expression {
    try {
      return node(token.value)
    } catch (error) {
      throw this.#placed(token, error)
    }
  }

  #open(kind: Frame['kind'], opened: Token, need = 1, bracket = false): void {
    const lists = { inputs: [], weights: [], sum: [], product: [] }
    this.#frames.push({ kind, opened, need, bracket, ...lists })
  }

  #call(name: Token): void {
    this.#at++
    if (name.value === 'majority') {
      this.#open('majority', name, 1, this.#skip('['))
      return
    }
    if (name.value !== 'choose') {
      const close = nearest(name.value, CALLS.keys())
      const hint = close === undefined ? EXAMPLE : CALLS.get(close)
      throw this.error(name, `there is no ${name.value}(...) of nodes`, hint)
    }
    const count = this.#token
    const need = /^\d+$/.test(count.value) && !count.quoted ? Number(count.value) : undefined
    if (need === undefined) {
      throw this.error(count, 'choose begins with a number', 'choose(2, a, b, c)')
    }
    this.#at++
    if (!this.#skip(',')) {
      throw this.error(this.#token, 'a comma and nodes are missing', `choose(${need}, a, b, c)`)
    }
    this.#open('choose', name, need, this.#skip('['))
  }

  /** What a parenthesis, a choice or the whole came to, if it ends here. */
  #afterOperand(): Expression | undefined {
    const frame = this.#top
    const token = this.#token
    if (this.#skip('*')) return undefined
    if (this.#skip('+')) {
      this.#endProduct(frame)
      return undefined
    }
    const chosen = frame.kind === 'choose' || frame.kind === 'majority'
    if (chosen) {
      this.#endInput(frame, this.#weight(frame))
      if (this.#skip(',')) return undefined
      if (frame.bracket && !this.#skip(']')) throw this.#unexpected(frame, ', or ]')
      if (this.#skip(')')) return this.#choice(frame)
      throw this.#unexpected(frame, frame.bracket ? ')' : ', or )')
    }
    if (isMark(token, ':')) {
      throw this.error(token, 'a weight stands outside of choose and majority', WEIGHTS)
    }
    if (frame.kind === 'group' && !this.#skip(')')) throw this.#unexpected(frame, ')')
    this.#frames.pop()
    this.#endProduct(frame)
    return frame.sum.length === 1 ? frame.sum[0] : choose(1, frame.sum)
  }

  /** The weight of the present input; 1 where none is given. */
  #weight(frame: Frame): number {
    const colon = this.#token
    if (!this.#skip(':')) return 1
    if (frame.sum.length > 0 || frame.product.length > 1) {
      throw this.error(
        colon,
        'a weight belongs to one part',
        'parentheses: choose(3, (a * b):2, c, d)',
      )
    }
    const { value, quoted } = this.#token
    if (!/^\d+$/.test(value) || quoted) {
      throw this.error(this.#token, 'a weight is a positive whole number', WEIGHTS)
    }
    this.#at++
    return Number(value)
  }

  #endProduct(frame: Frame): void {
    const [first] = frame.product
    frame.sum.push(
      first !== undefined && frame.product.length === 1
        ? first
        : choose(frame.product.length, frame.product),
    )
    frame.product = []
  }

  #endInput(frame: Frame, weight: number): void {
    this.#endProduct(frame)
    const [first] = frame.sum
    frame.inputs.push(first !== undefined && frame.sum.length === 1 ? first : choose(1, frame.sum))
    frame.weights.push(weight)
    frame.sum = []
  }

  #choice({ kind, need, inputs, weights, opened }: Frame): Expression {
    this.#frames.pop()
    const own = weights.every((weight) => weight === 1) ? undefined : weights
    try {
      return kind === 'majority' ? majority(inputs, own) : choose(need, inputs, own)
    } catch (error) {
      throw this.#placed(opened, error)
    }
  }

  #unexpected(frame: Frame, expected: string): UserError {
    const token = this.#token
    if (token.kind === 'end') {
      const what = frame.kind === 'group' ? 'the parenthesis' : frame.kind
      const missing = frame.bracket && expected !== ')' ? '] and )' : ')'
      return this.error(frame.opened, `${what} is not closed`, `${missing} at the end`)
    }
    return this.error(token, `${shown(token)} stands where ${expected} is expected`)
  }

  #placed(token: Token, error: unknown): unknown {
    if (!(error instanceof UserError)) return error
    return this.error(token, error.message, error.hint)
  }
}

function shown(token: Token): string {
  return token.kind === 'mark' ? `\`${token.value}\`` : token.value
}
