import type {
  Explain,
  Instance,
  Mapping,
  Part,
  Reader,
  Way,
} from '../../src/explore/validate/index.ts'
import { NeedsRoom, NotCovered } from '../../src/explore/validate/index.ts'
import type { TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { multiPaxosFacts as spec } from '../../specs/log/multi-paxos-facts.ts'
import { multiPaxosWindow } from './multi-paxos-window.ts'
import type { Message } from './reading.ts'
import {
  afterOf,
  differs,
  numberOfValue,
  numbersOf,
  putOf,
  received,
  sends,
  sent,
  VALUES,
} from './reading.ts'

/** Ballots and slots that the spec has before its eyes at first. */
const BALLOTS = 6
const SLOTS = 48

interface Entry {
  readonly ballot: number
  readonly value: unknown
}

interface Vote {
  readonly ballot: number
  readonly value: number
}

/** What the mapping looks at of the spec's state. */
interface Seen {
  readonly promised: { get(acceptor: number): number }
  readonly vote: { get(acceptor: number): { get(slot: number): Vote | null } }
  readonly reported: {
    get(ballot: number): { get(acceptor: number): { get(slot: number): Vote | null } }
  }
  readonly applied: { get(node: number): number }
  readonly proposal: { get(ballot: number): { get(slot: number): number | null } }
}

/**
 * Multi-Paxos of `impls/multi-paxos`, with and without leases. A promise and a vote count when they
 * are on the disk. Ballots are numbered in their order, of which a first look at the trace tells.
 */
export const multiPaxosTraces: Mapping = {
  name: 'multi-paxos',
  about: 'Multi-Paxos, slots moving along with what is applied everywhere',
  spec,
  protocols: ['multi-paxos', 'multi-paxos-lease'],
  reader,
}

function reader(header: TraceHeader): Reader {
  const ballots = new Set<number>()
  let slots = 1
  return {
    see: (step) => {
      for (const { message } of sends(step)) {
        if (message.type === 'prepare') ballots.add(message['ballot'] as number)
        if (message.type === 'accept') slots = Math.max(slots, (message['slot'] as number) + 1)
      }
    },
    parameters: (room) => ({
      quorums: `majority(n=${header.nodes.length})`,
      ballot: Math.max(1, Math.min(ballots.size, BALLOTS * room)),
      slot: Math.min(slots, SLOTS * room),
      value: VALUES,
    }),
    explain: ({ ballot, slot }, origins) => {
      const sorted = [...ballots].sort((a, b) => a - b)
      const ranks = new Map(sorted.map((number, rank) => [number, rank + 1]))
      return new MultiPaxosTrace(header, ranks, [ballot as number, slot as number], origins).explain
    },
    window: ({ ballot, slot }) =>
      multiPaxosWindow(header.nodes.length, ballot as number, slot as number),
  }
}

class MultiPaxosTrace {
  readonly #size: number
  readonly #numberOf: (name: string) => number
  readonly #ranks: ReadonlyMap<number, number>
  readonly #room: readonly [ballots: number, slots: number]
  readonly #origins: readonly number[]
  /** Whose promises each node has got for the ballot that it stands for, and what it proposes. */
  readonly #promises: Set<number>[]
  readonly #stands: number[]
  readonly #proposed: Set<number>[]
  /** How many slots each node has applied, and up to where it has voted. */
  readonly #applied: number[]
  readonly #slots: number[]

  constructor(
    header: TraceHeader,
    ranks: ReadonlyMap<number, number>,
    room: readonly [number, number],
    origins: readonly number[],
  ) {
    this.#size = header.nodes.length
    this.#numberOf = numbersOf(header)
    this.#ranks = ranks
    this.#room = room
    this.#origins = origins
    this.#promises = header.nodes.map(() => new Set())
    this.#stands = header.nodes.map(() => 0)
    this.#proposed = header.nodes.map(() => new Set())
    this.#applied = header.nodes.map(() => 0)
    this.#slots = header.nodes.map(() => 0)
  }

  readonly explain: Explain = (step) => {
    const { node, event } = step
    if (node === undefined) return []
    const at = this.#numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') this.#boots(at, event.disk.values, parts)
    const prepare = sent(step, 'prepare')
    if (prepare !== undefined) {
      const ballot = prepare.message['ballot'] as number
      this.#stands[at] = ballot
      this.#promises[at]!.clear()
      this.#proposed[at]!.clear()
      parts.push({
        ...afterOf(prepare.after),
        ways: () => this.#inBallot(ballot, (b) => ['phase1a', b]),
      })
    }
    const message = received(step)
    if (message !== undefined && event.type === 'message') {
      this.#hears(step, at, event.from, message, parts)
    }
    this.#proposes(step, at, parts)
    this.#applies(step, at, parts)
    return parts
  }

  #ballot(ballot: number): number {
    const number = (this.#ranks.get(ballot) ?? 0) - this.#origins[1]!
    if (number > this.#room[0]) throw new NeedsRoom(`the spec has no room for ballot ${ballot}`)
    return Math.max(0, number)
  }

  /** Negative where the slot is not kept any more. */
  #slot(slot: number): number {
    const number = slot - this.#origins[0]!
    if (number >= this.#room[1]) throw new NeedsRoom(`the spec has no room for slot ${slot}`)
    return number
  }

  #vote({ ballot, value }: Entry): Vote {
    return { ballot: this.#ballot(ballot), value: numberOfValue(value) }
  }

  #boots(at: number, values: Readonly<Record<string, unknown>>, parts: Part[]): void {
    this.#stands[at] = 0
    this.#promises[at]!.clear()
    this.#applied[at] = 0
    const slots = (values['slots'] ?? 0) as number
    this.#slots[at] = slots
    const entries = Object.entries(values).flatMap(([key, value]): [number, Entry][] => {
      const slot = key.startsWith('slot ') ? Number(key.slice(5)) : slots
      return slot < slots ? [[slot, value as Entry]] : []
    })
    const promised = entries.reduce(
      (most, [, { ballot }]) => Math.max(most, ballot),
      (values['promised'] ?? 0) as number,
    )
    parts.push({
      ways: [[['restart', at]], []],
      first: true,
      sees: (s: Seen) => {
        const wrong = differs(
          `promised of acceptor${at}`,
          s.promised.get(at),
          promised === 0 ? 0 : this.#ballot(promised),
        )
        if (wrong !== undefined) return wrong
        this.#notHalfWritten(s.promised.get(at), s.vote.get(at), entries)
        return this.#sameVotes(`acceptor${at}`, s.vote.get(at), new Map(entries))
      },
    })
  }

  /**
   * A vote of which nobody was told, and that a restart did not find as the number of slots was not
   * written after it, comes back when later votes have made that number greater. That harms nobody,
   * but is no behaviour of the spec.
   */
  #notHalfWritten(
    promised: number,
    votes: { get(slot: number): Vote | null },
    entries: readonly (readonly [number, Entry])[],
  ): void {
    for (const [slot, { ballot }] of entries) {
      const k = this.#slot(slot)
      const number = this.#ballot(ballot)
      if (k >= 0 && number <= promised && number > (votes.get(k)?.ballot ?? 0))
        throw new NotCovered(`the vote in slot ${slot} was half written, and is found again`)
    }
  }

  #sameVotes(
    whose: string,
    votes: { get(slot: number): Vote | null },
    entries: ReadonlyMap<number, Entry>,
  ): string | undefined {
    const [, slots] = this.#room
    const [origin] = this.#origins as [number]
    for (let slot = 0; slot < slots; slot++) {
      const entry = entries.get(slot + origin)
      const vote = entry === undefined ? null : this.#vote(entry)
      const difference = differs(
        `the vote of ${whose} in slot ${slot + origin}`,
        votes.get(slot),
        vote,
      )
      if (difference !== undefined) return difference
    }
    return undefined
  }

  #hears(step: TraceStep, at: number, from: string, message: Message, parts: Part[]): void {
    const number = message['ballot'] as number
    if (message.type === 'prepare') {
      const promise = sent(step, 'promise')
      if (promise !== undefined)
        this.#promisesTo(at, message, promise.message, promise.after, parts)
    } else if (message.type === 'promise') {
      if (number === this.#stands[at]) this.#promises[at]!.add(this.#numberOf(from))
    } else if (message.type === 'accept') {
      const answer = sent(step, 'accepted')
      const slot = message['slot'] as number
      const put = putOf(step, `slot ${slot}`)
      if (put === undefined) return
      const slots = putOf(step, 'slots')
      const isLast = ((slots?.value ?? 0) as number) > this.#slots[at]!
      if (isLast) this.#slots[at] = slots?.value as number
      parts.push({
        after: answer?.after ?? (answer === undefined ? put.ticket : 0),
        // Until it is on the disk that there are more slots, a restart does not find it.
        ...(slots !== undefined && isLast ? { whole: slots.ticket } : {}),
        ways: () => this.#votes(at, this.#ballot(number), this.#slot(slot)),
        first: true,
        sees: (s: Seen) =>
          this.#slot(slot) < 0
            ? undefined
            : differs(
                `the vote of acceptor${at} in slot ${slot}`,
                s.vote.get(at).get(this.#slot(slot)),
                this.#vote(put.value as Entry),
              ),
      })
    }
  }

  #promisesTo(
    at: number,
    prepare: Message,
    { accepted }: Message,
    after: number | undefined,
    parts: Part[],
  ): void {
    const ballot = prepare['ballot'] as number
    const reports = accepted as readonly (readonly [number, number, unknown])[]
    const from = prepare['from'] as number
    const entries = new Map(reports.map(([slot, its, value]) => [slot, { ballot: its, value }]))
    // Who is asked once more after it has voted in the ballot says so, and is not heard any more.
    const isLate = reports.some(([, its]) => its === ballot)
    parts.push({
      ...afterOf(after),
      ways: () => [[['phase1b', at, this.#ballot(ballot)]], []],
      first: true,
      sees: (s: Seen) => {
        const number = this.#ballot(ballot)
        const wrong = differs(`promised of acceptor${at}`, s.promised.get(at), number)
        if (wrong !== undefined || isLate) return wrong
        const votes = s.reported.get(number).get(at)
        const seen = {
          get: (slot: number) => (slot + this.#origins[0]! < from ? null : votes.get(slot)),
        }
        return this.#sameVotes(`acceptor${at}, as promised,`, seen, entries)
      },
    })
  }

  #proposes(step: TraceStep, at: number, parts: Part[]): void {
    const proposed = this.#proposed[at]!
    for (const effect of step.effects) {
      if (effect.type !== 'send') continue
      const message = effect.message as Message
      if (message.type !== 'accept') continue
      const slot = message['slot'] as number
      if (proposed.has(slot)) continue
      proposed.add(slot)
      const { ballot, value } = message as unknown as Entry
      const quorum = quorumOf([...this.#promises[at]!], this.#size)
      const number = numberOfValue(value)
      const sees = (s: Seen): string | undefined =>
        this.#slot(slot) < 0 || this.#ballot(ballot) === 0
          ? undefined
          : differs(
              `the proposal for slot ${slot}`,
              s.proposal.get(this.#ballot(ballot)).get(this.#slot(slot)),
              number,
            )
      if (quorum === undefined) {
        parts.push({ ways: [], lacks: 'too few have promised', sees })
        continue
      }
      parts.push({
        ways: () =>
          this.#ballot(ballot) === 0
            ? [[]]
            : this.#inSlot(slot, (k) => ['propose', this.#ballot(ballot), quorum, k, number]),
        sees,
      })
    }
    // What is applied is not proposed any more.
    for (const slot of proposed) if (slot < this.#applied[at]! - SLOTS) proposed.delete(slot)
  }

  #inSlot(slot: number, instance: (k: number) => Instance): readonly Way[] {
    const k = this.#slot(slot)
    return k < 0 ? [[]] : [[instance(k)]]
  }

  /** A vote in a slot that is forgotten is still a promise. */
  #votes(at: number, ballot: number, slot: number): readonly Way[] {
    if (slot >= 0) return [[['phase2b', at, ballot, slot]]]
    return ballot === 0 ? [[]] : [[['phase1b', at, ballot]], []]
  }

  /** In a ballot that is forgotten nobody votes any more. */
  #inBallot(ballot: number, instance: (b: number) => Instance): readonly Way[] {
    const b = this.#ballot(ballot)
    return b === 0 ? [[]] : [[instance(b)]]
  }

  /** What a node shows to be applied, or tells others. */
  #applies(step: TraceStep, at: number, parts: Part[]): void {
    let applied = this.#applied[at]!
    const before = applied
    const view = step.view as { readonly delivered?: readonly unknown[] } | undefined
    if (step.event.type !== 'crash') applied = Math.max(applied, view?.delivered?.length ?? 0)
    for (const { message } of sends(step)) {
      const { type, commit } = message as unknown as { type: string; commit?: number }
      if ((type === 'accept' || type === 'heartbeat') && commit !== undefined)
        applied = Math.max(applied, commit)
    }
    if (applied === before) return
    this.#applied[at] = applied
    const way = (): Way => {
      const [origin] = this.#origins as [number]
      const count = applied - Math.max(before, origin)
      return Array.from({ length: Math.max(0, count) }, () => ['apply', at] as const)
    }
    parts.push({
      ways: () => [way()],
      sees: (s: Seen) => {
        const [origin] = this.#origins as [number]
        return differs(
          `applied of node ${at}`,
          s.applied.get(at) + origin,
          Math.max(applied, origin),
        )
      },
    })
  }
}

/** The first majority that is among them. */
function quorumOf(nodes: readonly number[], size: number): readonly number[] | undefined {
  const needed = Math.floor(size / 2) + 1
  return nodes.length < needed ? undefined : nodes.slice(0, needed).sort((a, b) => a - b)
}
