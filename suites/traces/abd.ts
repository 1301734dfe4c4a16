import type { Explain, Mapping, Part, Reader, Window } from '../../src/explore/validate/index.ts'
import { NeedsRoom } from '../../src/explore/validate/index.ts'
import type { TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { abdCalls as spec } from '../../specs/registers/abd-calls.ts'
import type { Message } from './reading.ts'
import { differs, numbersOf, putOf, received, sends } from './reading.ts'

type Tag = readonly [number, string]

interface Stored {
  readonly tag: Tag
  readonly value: unknown
}

/** What the mapping looks at of the spec's state. */
interface Seen {
  readonly seen: { get(replica: number): number }
  readonly stored: { get(replica: number): number }
}

/** Tags that the spec has before its eyes at first. */
const TAGS = 48

/**
 * ABD of `impls/registers`, with many writers or one, majorities or grids. Tags are numbered in
 * their order, which a first look at the trace finds out; those that are older than all that
 * replicas have are forgotten.
 */
export const abdTraces: Mapping = {
  name: 'abd',
  about: 'ABD, each call of a client being one of the spec',
  spec,
  protocols: ['abd'],
  reader,
}

function reader(header: TraceHeader): Reader {
  const tags = new Map<string, Tag>()
  const calls = new Calls()
  let most = 1
  const size = header.nodes.length
  const { quorums = 'majority' } = header.parameters as { readonly quorums?: string }
  return {
    see: (step) => {
      calls.see(step)
      most = Math.max(most, calls.count)
      for (const { message } of sends(step)) {
        const { tag } = (message['stored'] ?? {}) as Partial<Stored>
        if (tag !== undefined) tags.set(nameOf(tag), tag)
      }
    },
    parameters: (room) => ({
      quorums: quorums === 'majority' ? `majority(n=${size})` : quorums,
      calls: most,
      tags: Math.max(1, Math.min(tags.size, TAGS * room)),
    }),
    explain: ({ tags: kept }, origins) =>
      new AbdTrace(header, ranksOf(tags), kept as number, origins).explain,
    window: ({ tags: kept, calls: open }) => abdWindow(size, open as number, kept as number),
  }
}

function ranksOf(tags: ReadonlyMap<string, Tag>): ReadonlyMap<string, number> {
  const sorted = [...tags.values()].sort(([a, one], [b, other]) =>
    a !== b ? a - b : one < other ? -1 : one > other ? 1 : 0,
  )
  // What is there at first has no writer, and number 0.
  const ranks = new Map<string, number>([[nameOf([0, '']), 0]])
  for (const tag of sorted) if (!ranks.has(nameOf(tag))) ranks.set(nameOf(tag), ranks.size)
  return ranks
}

function nameOf([number, writer]: Tag): string {
  return `${number} ${writer}`
}

/** Which calls are going on, and a number for each that is free again afterwards. */
class Calls {
  readonly #numbers = new Map<string, number>()
  readonly #free: number[] = []
  #all = 0

  get count(): number {
    return this.#all
  }

  numberOf(node: string, call: string): number | undefined {
    return this.#numbers.get(`${node} ${call}`)
  }

  begin(node: string, call: string): number {
    const number = this.#free.pop() ?? this.#all++
    this.#numbers.set(`${node} ${call}`, number)
    return number
  }

  end(node: string, call: string): void {
    const number = this.numberOf(node, call)
    if (number === undefined) return
    this.#numbers.delete(`${node} ${call}`)
    this.#free.push(number)
  }

  /** The calls of a node, which does not know them any more. */
  lost(node: string): number[] {
    const lost: number[] = []
    for (const [name, number] of this.#numbers) {
      if (!name.startsWith(`${node} `)) continue
      lost.push(number)
      this.#numbers.delete(name)
    }
    this.#free.push(...lost)
    return lost
  }

  see(step: TraceStep): void {
    const { node, event } = step
    if (node === undefined) return
    if (event.type === 'boot') this.lost(node)
    const begun = begunBy(step)
    if (begun !== undefined) this.begin(node, begun)
    const ended = endedBy(step)
    if (ended !== undefined) this.end(node, ended)
  }
}

/** The call that a request begins. */
function begunBy(step: TraceStep): string | undefined {
  if (step.event.type !== 'request') return undefined
  const first = sends(step).find(({ message }) => typeof message['call'] === 'string')
  return first?.message['call'] as string | undefined
}

/** The call that is answered: a message for it has come, and it is not asked for any more. */
function endedBy(step: TraceStep): string | undefined {
  if (!step.effects.some(({ type }) => type === 'reply')) return undefined
  return received(step)?.['call'] as string | undefined
}

class AbdTrace {
  readonly #numberOf: (name: string) => number
  readonly #ranks: ReadonlyMap<string, number>
  readonly #tags: number
  readonly #origins: readonly number[]
  readonly #calls = new Calls()

  constructor(
    header: TraceHeader,
    ranks: ReadonlyMap<string, number>,
    tags: number,
    origins: readonly number[],
  ) {
    this.#numberOf = numbersOf(header)
    this.#ranks = ranks
    this.#tags = tags
    this.#origins = origins
  }

  readonly explain: Explain = (step) => {
    const { node, event } = step
    if (node === undefined) return []
    const at = this.#numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') this.#boots(node, at, event.disk.values, parts)
    if (event.type === 'request') this.#begins(step, node, event.request.f === 'write', parts)
    const message = received(step)
    if (event.type !== 'message' || message === undefined) return parts
    if (message.type === 'query') {
      const call = this.#calls.numberOf(event.from, message['call'] as string)
      const [answer] = sends(step)
      if (call === undefined || answer === undefined) return parts
      const { tag } = answer.message['stored'] as Stored
      parts.push({
        ...(answer.after === undefined ? {} : { after: answer.after }),
        // Its caller may have gone on, and then nobody needs the answer.
        ways: [[['reply', call, at]], []],
        first: true,
        sees: ({ seen }: Seen) => differs(`seen of replica${at}`, seen.get(at), this.#rank(tag)),
      })
    } else if (message.type === 'store') this.#stores(step, at, parts)
    else this.#answered(step, node, event.from, message, parts)
    return parts
  }

  #rank(tag: Tag): number {
    const number = (this.#ranks.get(nameOf(tag)) ?? -1) - this.#origins[0]!
    if (number > this.#tags) throw new NeedsRoom(`the spec has no room for tag ${tag.join(' ')}`)
    return Math.max(0, number)
  }

  #boots(node: string, at: number, values: Readonly<Record<string, unknown>>, parts: Part[]) {
    for (const call of this.#calls.lost(node)) parts.push({ ways: [[['abandon', call]]] })
    const { tag } = (values['stored'] ?? { tag: [0, ''] }) as Stored
    parts.push({
      ways: [[['restart', at]], []],
      first: true,
      sees: ({ stored, seen }: Seen) =>
        differs(`stored of replica${at}`, stored.get(at), this.#rank(tag)) ??
        differs(`seen of replica${at}`, seen.get(at), this.#rank(tag)),
    })
  }

  #begins(step: TraceStep, node: string, isWrite: boolean, parts: Part[]): void {
    const begun = begunBy(step)
    if (begun === undefined) return
    const call = this.#calls.begin(node, begun)
    parts.push({ ways: [[['begin', call, isWrite]]] })
    this.#beginsStore(step, call, parts)
  }

  /** The call goes on to store something. */
  #beginsStore(step: TraceStep, call: number, parts: Part[]): void {
    const store = sends(step).find(({ message }) => message.type === 'store')
    if (store === undefined) return
    const { tag } = store.message['stored'] as Stored
    parts.push({ ways: () => [[['beginStore', call, this.#rank(tag)]]] })
  }

  /** What a replica takes it knows at once, and has stored when it is on its disk. */
  #stores(step: TraceStep, at: number, parts: Part[]): void {
    const put = putOf(step, 'stored')
    if (put === undefined) return
    const { tag } = put.value as Stored
    parts.push({ ways: () => [[['take', at, this.#rank(tag)]]] })
    parts.push({ after: put.ticket, ways: () => this.#newer('persist', at, tag) })
  }

  /** Nothing where the tag is forgotten, as all replicas have a newer one. */
  #newer(action: string, at: number, tag: Tag) {
    const rank = this.#rank(tag)
    return rank === 0 ? [[]] : ([[[action, at, rank]]] as const)
  }

  #answered(step: TraceStep, node: string, from: string, message: Message, parts: Part[]): void {
    const name = message['call'] as string
    const call = this.#calls.numberOf(node, name)
    if (call === undefined) return
    const replica = this.#numberOf(from)
    if (message.type === 'queried') {
      const { tag } = message['stored'] as Stored
      // Who has answered already, or answers too late, is not heard.
      const ways = () => [[['hear', call, replica, this.#rank(tag)] as const], []]
      parts.push({ ways, first: true })
    } else parts.push({ ways: [[['acknowledge', call, replica]], []], first: true })
    this.#beginsStore(step, call, parts)
    if (endedBy(step) === undefined) return
    parts.push({ ways: [[['finish', call]]] })
    this.#calls.end(node, name)
  }
}

interface Numbers {
  get(at: number): number
  set(at: number, to: number): void
}

interface Tags extends Iterable<number> {
  value(): ReadonlySet<number>
  assign(tags: Iterable<number>): void
}

interface AbdState {
  readonly seen: Numbers
  readonly stored: Numbers
  readonly tag: Numbers
  readonly floor: Numbers
  readonly phase: { get(call: number): string }
  readonly written: Tags
  readonly replies: { get(call: number): { get(replica: number): Tags } }
  told: number
}

/**
 * Forgets tags that are older than all that replicas have stored: whoever is told of one hears of a
 * newer one as well. All of them count as one, which is number 0.
 */
function abdWindow(size: number, calls: number, tags: number): Window {
  const replicas = Array.from({ length: size }, (_, r) => r)
  const all = Array.from({ length: calls }, (_, c) => c)
  return {
    spare: (state) => {
      const s = state as AbdState
      let least = replicas.reduce((one, r) => Math.min(one, s.stored.get(r)), tags)
      for (const c of all) {
        if (s.phase.get(c) === 'store') least = Math.min(least, s.tag.get(c))
        for (const r of replicas)
          for (const tag of s.replies.get(c).get(r)) least = Math.min(least, tag)
      }
      return [least * 3 < tags ? 0 : least]
    },
    move: (state, [by = 0]) => {
      const s = state as AbdState
      const moved = (tag: number) => Math.max(0, tag - by)
      const shift = (of: Numbers, at: number) => {
        of.set(at, moved(of.get(at)))
      }
      for (const r of replicas) {
        shift(s.seen, r)
        shift(s.stored, r)
      }
      s.told = moved(s.told)
      s.written.assign([...s.written.value()].map(moved))
      for (const c of all) {
        shift(s.tag, c)
        shift(s.floor, c)
        for (const r of replicas) {
          const replies = s.replies.get(c).get(r)
          replies.assign([...replies.value()].map(moved))
        }
      }
    },
  }
}
