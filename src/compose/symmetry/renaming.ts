import type { Alike } from '../../node/index.ts'
import type { LocalOutcome, NodeValue } from '../local-step.ts'
import { plainText } from '../plain-text.ts'

/** Who takes whose place: nodes and clients by number, and values of clients by themselves. */
export interface Exchange {
  readonly nodes: readonly number[]
  readonly clients: readonly number[]
  /** Of each request the one that takes its place. */
  readonly requests: readonly number[]
  /** Words, and what they become: names of nodes, of clients and of requests, and values. */
  readonly words: ReadonlyMap<string, string>
}

/**
 * Renames everything that is at a node, or on its way, as if others had done the same. It knows
 * plain data by names alone, and what the protocol says of numbers that are nodes.
 */
export class Renaming {
  readonly exchange: Exchange
  readonly #alike: Alike
  readonly #pattern: RegExp
  readonly #texts = new Map<string, string>()

  constructor(exchange: Exchange, alike: Alike) {
    this.exchange = exchange
    this.#alike = alike
    const words = [...exchange.words.keys()].map(escaped)
    this.#pattern = new RegExp(`(?<![\\w-])(?:${words.join('|')})(?![\\w-])`, 'g')
  }

  text(text: string): string {
    const { words } = this.exchange
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const renamed =
      words.get(text) ?? text.replace(this.#pattern, (word) => words.get(word) ?? word)
    this.#texts.set(text, renamed)
    return renamed
  }

  data(data: unknown): unknown {
    if (typeof data === 'string') return this.text(data)
    if (typeof data !== 'object' || data === null) return data
    if (Array.isArray(data)) return data.map((item) => this.data(item))
    const renamed: Record<string, unknown> = {}
    for (const part of Object.keys(data)) {
      const its = (data as Readonly<Record<string, unknown>>)[part]
      renamed[this.text(part)] = this.#part(part, its)
    }
    return renamed
  }

  #part(part: string, data: unknown): unknown {
    const { numbers = [], sets = [], indexed = [] } = this.#alike
    const { nodes } = this.exchange
    const number = (item: unknown) => (typeof item === 'number' ? nodes[item] : this.data(item))
    if (!Array.isArray(data)) return numbers.includes(part) ? number(data) : this.data(data)
    const items = data as readonly unknown[]
    if (numbers.includes(part)) return items.map(number)
    if (sets.includes(part)) return items.map(number).sort(inOrder)
    if (!indexed.includes(part) || items.length !== nodes.length) return this.data(data)
    const moved: unknown[] = []
    for (const [node, item] of items.entries()) moved[nodes[node]!] = this.data(item)
    return moved
  }

  node(value: NodeValue): NodeValue {
    const { node, timers, ...rest } = value
    return {
      ...(this.data(rest) as Omit<NodeValue, 'node' | 'timers'>),
      node: this.exchange.nodes[node]!,
      timers: timers.map((timer) => this.text(timer)).sort(),
    }
  }

  outcome({ next, said, ...rest }: LocalOutcome): LocalOutcome {
    return { ...rest, next: this.node(next), said: this.data(said) as LocalOutcome['said'] }
  }
}

/**
 * What comes of an event, but for the picks, which are numbered in the order of the nodes, and for
 * the order in which something leaves for different nodes.
 */
export function outcomeText({ next, said, crashedAfter, torn }: LocalOutcome): string {
  const byPlace = new Map<string, unknown[]>()
  for (const each of said) {
    const place = each.type === 'send' ? each.to : ''
    byPlace.set(place, [...(byPlace.get(place) ?? []), each])
  }
  return plainText({ next, said: Object.fromEntries(byPlace), crashedAfter, torn })
}

function inOrder(one: unknown, other: unknown): number {
  return (one as number) < (other as number) ? -1 : 1
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
