import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import { quorumNode } from './node.ts'
import type { NodeOptions, QuorumNode } from './node.ts'
import { errorAt } from './tokens.ts'
import type { Token } from './tokens.ts'

/** What may stand in the braces after a name, and the option of a node that it sets. */
const FACTS: ReadonlyMap<string, keyof NodeOptions> = new Map([
  ['capacity', 'capacity'],
  ['reads', 'readCapacity'],
  ['writes', 'writeCapacity'],
  ['latency', 'latency'],
  ['p', 'failure'],
  ['zone', 'zone'],
])

/**
 * The nodes that a text describes in braces, `a{capacity=2, zone=eu}`, by name. The description
 * may stand at any place of the node, once.
 */
export function describedNodes(
  text: string,
  tokens: readonly Token[],
): ReadonlyMap<string, QuorumNode> {
  const found = new Map<string, QuorumNode>()
  tokens.forEach((token, index) => {
    if (token.value !== '{' || token.kind !== 'mark') return
    const name = tokens[index - 1]
    if (name?.kind !== 'name') {
      throw errorAt(text, token.at, 'no node stands before the brace', 'a{capacity=2}')
    }
    if (found.has(name.value)) {
      throw errorAt(
        text,
        name.at,
        `node ${name.value} is described twice`,
        'braces at one of its places only',
      )
    }
    found.set(name.value, described(text, tokens, index, name))
  })
  return found
}

/** The index of the token after the closing brace. */
export function afterBraces(tokens: readonly Token[], opening: number): number {
  let index = opening
  while (tokens[index] !== undefined && !isMark(tokens[index], '}')) index++
  return index + 1
}

function described(
  text: string,
  tokens: readonly Token[],
  opening: number,
  name: Token,
): QuorumNode {
  const options: Partial<Record<keyof NodeOptions, string>> = {}
  let index = opening + 1
  for (;;) {
    const [key, equals, value, end] = tokens.slice(index, index + 4)
    const option = key && optionOf(text, key)
    if (option === undefined || key === undefined || !isMark(equals, '=')) {
      throw errorAt(text, (equals ?? name).at, '= is missing', 'a{capacity=2, zone=eu}')
    }
    if (value?.kind !== 'name') {
      throw errorAt(
        text,
        value?.at ?? key.at,
        `${key.value} has no value`,
        'a{capacity=2, zone=eu}',
      )
    }
    if (options[option] !== undefined) {
      throw errorAt(text, key.at, `${key.value} is given twice`, 'leave one out')
    }
    options[option] = value.value
    checkOption(text, name, option, value)
    if (isMark(end, '}')) return quorumNode(name.value, options)
    if (!isMark(end, ',')) {
      throw errorAt(text, end?.at ?? value.at, ', or } is missing', 'a{capacity=2, zone=eu}')
    }
    index += 4
  }
}

function optionOf(text: string, key: Token): keyof NodeOptions {
  const option = key.kind === 'name' ? FACTS.get(key.value) : undefined
  if (option !== undefined) return option
  const all = [...FACTS.keys()]
  if (key.kind !== 'name') {
    throw errorAt(text, key.at, 'a property of the node is missing', all.join(', '))
  }
  const hint = nearest(key.value, all) ?? all.join(', ')
  throw errorAt(text, key.at, `nodes have no ${key.value}`, hint)
}

/** So that the caret stands under the value that cannot be. */
function checkOption(text: string, name: Token, option: keyof NodeOptions, value: Token): void {
  try {
    quorumNode(name.value, { [option]: value.value })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw errorAt(text, value.at, error.message, error.hint ?? 'another value')
  }
}

export function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.value === mark
}
