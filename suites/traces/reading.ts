import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Effect, TraceHeader, TraceStep, Write } from '../../src/core/trace.ts'

/** A message as protocols write them. */
export type Message = { readonly type: string } & Readonly<Record<string, unknown>>

export interface SentMessage {
  readonly to: string
  readonly message: Message
  readonly after?: number
}

export function sends(step: TraceStep): SentMessage[] {
  return step.effects.flatMap((effect) =>
    effect.type === 'send' ? [{ ...effect, message: effect.message as Message }] : [],
  )
}

/** The first message of a type that the step sends. */
export function sent(step: TraceStep, type: string): SentMessage | undefined {
  for (const effect of step.effects) {
    if (effect.type !== 'send') continue
    if ((effect.message as Message).type === type) return effect as SentMessage
  }
  return undefined
}

export function writes(step: TraceStep): Extract<Effect, { type: 'write' }>[] {
  return step.effects.filter((effect) => effect.type === 'write')
}

/** The last value that the step puts under a key, with its ticket. */
export function putOf(step: TraceStep, key: string) {
  for (let at = step.effects.length - 1; at >= 0; at--) {
    const effect = step.effects[at]!
    if (effect.type === 'write' && isPut(effect.write, key))
      return { value: effect.write.value, ticket: effect.ticket }
  }
  return undefined
}

function isPut(write: Write, key: string): write is Extract<Write, { type: 'put' }> {
  return write.type === 'put' && write.key === key
}

/** The message that a step receives, if it does. */
export function received({ event }: TraceStep): Message | undefined {
  return event.type === 'message' ? (event.message as Message) : undefined
}

/** Numbers of nodes, from 0. */
export function numbersOf({ nodes }: TraceHeader): (name: string) => number {
  const numbers = new Map(nodes.map((name, number) => [name, number]))
  return (name) => numbers.get(name) ?? -1
}

/** Numbers for values, in the order in which they are seen first. */
export class Numbers {
  readonly #numbers = new Map<string, number>()

  get count(): number {
    return this.#numbers.size
  }

  of(value: unknown): number {
    const text = canonical((value ?? null) as Json)
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#numbers.size)
    return this.#numbers.size - 1
  }
}

/** Numbers that keep the order of some numbers, which are known before. */
export function ranksOf(numbers: Iterable<number>): (number: number) => number {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const ranks = new Map(sorted.map((number, rank) => [number, rank]))
  return (number) => ranks.get(number) ?? -1
}

/** `name: 1 in the spec, 2 in the trace`; nothing where both are the same. */
export function differs(name: string, inSpec: unknown, inTrace: unknown): string | undefined {
  if (inSpec === inTrace) return undefined
  const [one, other] = [inSpec, inTrace].map((value) => canonical((value ?? null) as Json))
  return one === other ? undefined : `${name}: ${one} in the spec, ${other} in the trace`
}

/** Values of long logs are told apart by so many numbers. */
export const VALUES = 1 << 16

/**
 * Two values seldom have the same number (Fowler, Noll and Vo's function): that one of
 * them was taken for the other may be missed once in 65,536 times.
 */
export function numberOfValue(value: unknown): number {
  const text = canonical((value ?? null) as Json)
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return (hash ^ (hash >>> 16)) & (VALUES - 1)
}

export function afterOf(after: number | undefined): { readonly after?: number } {
  return after === undefined ? {} : { after }
}
