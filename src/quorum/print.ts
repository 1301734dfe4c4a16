import type { Expression } from './expression.ts'
import type { QuorumNode } from './node.ts'
import { Rational } from './rational.ts'

/**
 * The texts of expressions over the same nodes. What is known about a node beside its name stands
 * in braces where it comes first.
 */
export function printed(expressions: readonly Expression[]): readonly string[] {
  const known = new Set<QuorumNode>()
  return expressions.map((expression) => print(expression, known))
}

/** A name as it stands in a text: quoted unless it is plain. */
export function printedName(name: string): string {
  return PLAIN_NAME.test(name) ? name : JSON.stringify(name)
}

const PLAIN_NAME = /^[\p{L}\p{M}\p{N}_.\/-]+$/u

type Token = string | { readonly part: Expression; readonly inside: Operator }

/** What stands around a part: it decides whether parentheses are needed. */
type Operator = 'none' | 'or' | 'and' | 'weight'

function print(root: Expression, known: Set<QuorumNode>): string {
  const text: string[] = []
  const name = looksLikeFamily(root) ? quotedName : printedName
  const open: Token[] = [{ part: root, inside: 'none' }]
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if (typeof token === 'string') text.push(token)
    else if (token.part.node !== undefined) text.push(nodeText(token.part.node, known, name))
    else for (const piece of pieces(token.part, token.inside).reverse()) open.push(piece)
  }
  return text.join('')
}

function pieces(part: Expression, inside: Operator): Token[] {
  const { need, parts, weights } = part
  const [only] = parts
  if (only !== undefined && parts.length === 1) return [{ part: only, inside }]
  if (weights === undefined && (need === parts.length || need === 1)) {
    const operator = need === 1 ? 'or' : 'and'
    const between = need === 1 ? ' + ' : ' * '
    const inner = listed(parts, between, (input) => [{ part: input, inside: operator }])
    // A sum in a product needs parentheses, and whatever is weighed does.
    const bare = inside === 'none' || inside === 'or' || inside === operator
    return bare ? inner : ['(', ...inner, ')']
  }
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? parts.length
  const name = need === Math.floor(total / 2) + 1 ? 'majority(' : `choose(${need}, `
  const inputs = listed(parts, ', ', (input, at) => {
    const weight = weights?.[at] ?? 1
    return weight === 1
      ? [{ part: input, inside: 'none' }]
      : [{ part: input, inside: 'weight' }, `:${weight}`]
  })
  return [name, ...inputs, ')']
}

function listed(
  parts: readonly Expression[],
  between: string,
  tokens: (part: Expression, at: number) => Token[],
): Token[] {
  return parts.flatMap((part, at) => (at === 0 ? tokens(part, at) : [between, ...tokens(part, at)]))
}

/** `majority(5, 7)` would be read as a family with parameters: there the names are quoted. */
function looksLikeFamily({ need, parts, weights }: Expression): boolean {
  const isCall = need > 1 && need < parts.length && weights === undefined
  return isCall && parts.every((part) => part.node !== undefined && /^\d+$/.test(part.node.name))
}

function quotedName(name: string): string {
  return JSON.stringify(name)
}

function nodeText(
  own: QuorumNode,
  known: Set<QuorumNode>,
  nameText: (name: string) => string,
): string {
  const name = nameText(own.name)
  if (known.has(own)) return name
  known.add(own)
  const facts = nodeFacts(own)
  return facts.length === 0 ? name : `${name}{${facts.join(', ')}}`
}

function nodeFacts(own: QuorumNode): string[] {
  const { readCapacity, writeCapacity, latency, failure, zone } = own
  const facts: string[] = []
  if (!readCapacity.equals(writeCapacity)) {
    facts.push(`reads=${readCapacity.toString()}`, `writes=${writeCapacity.toString()}`)
  } else if (!readCapacity.equals(Rational.one)) facts.push(`capacity=${readCapacity.toString()}`)
  if (!latency.equals(Rational.one)) facts.push(`latency=${latency.toString()}`)
  if (failure !== undefined) facts.push(`p=${failure.toString()}`)
  if (zone !== undefined) facts.push(`zone=${printedName(zone)}`)
  return facts
}
