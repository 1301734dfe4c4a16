import type { Explain, Instance, Mapping, Part } from '../../src/explore/validate/index.ts'
import type { TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { paxos as spec } from '../../specs/consensus/paxos.ts'
import type { UnforgettingReader } from './instances.ts'
import { byInstance } from './instances.ts'
import type { Message } from './reading.ts'
import { differs, Numbers, numbersOf, putOf, ranksOf, received, sent, writes } from './reading.ts'

/** What the mapping looks at of the spec's state. */
interface Seen {
  readonly maxBal: { get(acceptor: number): number }
  readonly vote: { get(acceptor: number): Vote | null }
  readonly msgs: { has(message: object): boolean }
}

interface Vote {
  readonly ballot: number
  readonly value: number
}

interface Accepted {
  readonly ballot: number
  readonly value: unknown
}

/** Ballots and values by the numbers that the spec has for them. */
interface Known {
  readonly size: number
  readonly ballots: number
  ballot(number: number): number
  value(value: unknown): number
}

/**
 * Paxos of `impls/paxos`, one or many instances. A promise and a vote are those of the spec when
 * they are on the disk; what a proposer does with the answers that it got is phase 2a with just
 * these answers. A decision is no step of the spec: it must be chosen there.
 */
export const paxosTraces: Mapping = {
  name: 'paxos',
  about: 'Paxos, an acceptor being what its disk says',
  spec,
  protocols: ['paxos', 'paxos-instances'],
  reader: byInstance(reader),
}

interface Found {
  readonly ballots: Set<number>
  readonly values: Numbers
}

function reader(header: TraceHeader): UnforgettingReader {
  const found: Found = { ballots: new Set(), values: new Numbers() }
  const size = header.nodes.length
  return {
    see: (step) => {
      for (const effect of step.effects) {
        if (effect.type === 'send') surveyMessage(effect.message as Message, found)
      }
      const message = received(step)
      if (message !== undefined) surveyMessage(message, found)
    },
    parameters: () => ({
      quorums: `majority(n=${size})`,
      value: Math.max(1, found.values.count),
      ballot: Math.max(1, found.ballots.size),
    }),
    explain: () => {
      const ballot = ranksOf(found.ballots)
      const value = (of: unknown): number => found.values.of(of)
      return explainer(header, { size, ballots: found.ballots.size, ballot, value })
    },
  }
}

function surveyMessage(message: Message, { ballots, values }: Found): void {
  if (typeof message['ballot'] === 'number') ballots.add(message['ballot'])
  if (message.type === 'accept' || message.type === 'accepted') values.of(message['value'])
}

function explainer(header: TraceHeader, known: Known): Explain {
  const numberOf = numbersOf(header)
  /** Whose promises each node has got for the ballot that it tries. */
  const promises = header.nodes.map(() => new Map<string, Accepted | null>())
  const tries = header.nodes.map(() => 0)
  return (step) => {
    const { node, event } = step
    if (node === undefined) return []
    const at = numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') {
      tries[at] = 0
      parts.push(onDisk(at, event.disk.values, known))
    }
    const prepare = sent(step, 'prepare')
    if (prepare !== undefined) {
      const ballot = prepare.message['ballot'] as number
      tries[at] = ballot
      promises[at]!.clear()
      parts.push(part([['phase1a', known.ballot(ballot)]], prepare.after))
    }
    const message = received(step)
    if (message !== undefined && event.type === 'message') {
      if (message.type === 'promise' && message['ballot'] === tries[at]) {
        const got = promises[at]!
        if (!got.has(event.from)) got.set(event.from, message['accepted'] as Accepted | null)
      }
      parts.push(...answers(step, at, message, known))
    }
    const accept = sent(step, 'accept')
    if (accept !== undefined) parts.push(proposed(accept.message, promises[at]!, numberOf, known))
    const decided = putOf(step, 'decided')
    if (decided !== undefined) parts.push(isChosen(decided.value as { value: unknown }, known))
    const seen = viewOf(step, at, known)
    if (seen !== undefined) parts.push(seen)
    return parts
  }
}

function part(way: readonly Instance[], after: number | undefined): Part {
  return after === undefined ? { ways: [way] } : { ways: [way], after }
}

/** What an acceptor says: its promise, once more perhaps, or its vote. */
function answers(step: TraceStep, at: number, message: Message, known: Known): Part[] {
  const promise = sent(step, 'promise')
  if (message.type === 'prepare' && promise !== undefined) {
    const ballot = known.ballot(message['ballot'] as number)
    const accepted = promise.message['accepted'] as Accepted | null
    // Who is asked again after it has voted in this very ballot says so; nobody needs it any more.
    const isLate = accepted?.ballot === message['ballot']
    const vote = voteOf(accepted, known)
    const said = { type: 'phase1b', acceptor: at, ballot, vote }
    return [
      {
        ways: [[['phase1b', at, ballot]], []],
        sees: ({ maxBal, msgs }: Seen) =>
          differs(`maxBal of acceptor ${at}`, maxBal.get(at), ballot) ??
          (isLate || msgs.has(said)
            ? undefined
            : `its promise in ballot ${ballot} reports another vote in the spec`),
        ...(promise.after === undefined ? {} : { after: promise.after }),
      },
    ]
  }
  const accepted = sent(step, 'accepted')
  if (message.type !== 'accept' || accepted === undefined) return []
  const ballot = known.ballot(message['ballot'] as number)
  return [part([['phase2b', at, ballot, known.value(message['value'])]], accepted.after)]
}

/** Phase 2a, with the promises of which the proposer knows. */
function proposed(
  { ballot: number, value }: Message,
  promises: ReadonlyMap<string, Accepted | null>,
  numberOf: (name: string) => number,
  known: Known,
): Part {
  const ballot = known.ballot(number as number)
  const asked = { type: 'phase2a', ballot, value: known.value(value) }
  const quorum = quorumOf([...promises.keys()].map(numberOf), known.size)
  const sees = ({ msgs }: Seen) =>
    msgs.has(asked) ? undefined : `in ballot ${ballot} the spec proposes another value`
  if (quorum === undefined) {
    const names = [...promises.keys()].join(', ')
    return { ways: [], lacks: `only ${names} have promised ballot ${ballot}`, sees }
  }
  let witness = -1
  let highest = -1
  for (const [name, accepted] of promises) {
    if (!quorum.includes(numberOf(name)) || (accepted?.ballot ?? -1) <= highest) continue
    witness = numberOf(name)
    highest = accepted!.ballot
  }
  const way: Instance =
    witness < 0
      ? ['phase2aFree', ballot, quorum, asked.value]
      : ['phase2aBound', ballot, quorum, witness]
  return { ways: [[way]], sees }
}

/** The first majority that is among them. */
function quorumOf(nodes: readonly number[], size: number): readonly number[] | undefined {
  const needed = Math.floor(size / 2) + 1
  return nodes.length < needed ? undefined : nodes.slice(0, needed).sort((a, b) => a - b)
}

function isChosen(
  { value }: { readonly value: unknown },
  { size, ballots, ...known }: Known,
): Part {
  const chosen = known.value(value)
  return {
    sees: ({ msgs }: Seen) => {
      for (let ballot = 0; ballot < ballots; ballot++) {
        let votes = 0
        for (let acceptor = 0; acceptor < size; acceptor++) {
          if (msgs.has({ type: 'phase2b', acceptor, ballot, value: chosen })) votes++
        }
        if (2 * votes > size) return undefined
      }
      return `value${chosen} is decided in the trace, and not chosen in the spec`
    },
  }
}

function onDisk(at: number, values: Readonly<Record<string, unknown>>, known: Known): Part {
  const accepted = (values['accepted'] ?? null) as Accepted | null
  const promised = Math.max((values['promised'] ?? 0) as number, accepted?.ballot ?? 0)
  return { sees: sees(at, promised, accepted, known) }
}

/** What a node shows, when everything that it has asked its disk for is there. */
function viewOf(step: TraceStep, at: number, known: Known): Part | undefined {
  const view = step.view as
    { readonly promised: number; readonly accepted: Accepted | null } | undefined
  const last = writes(step).at(-1)
  if (view === undefined || last === undefined) return undefined
  return { sees: sees(at, view.promised, view.accepted, known), after: last.ticket }
}

function sees(at: number, promised: number, accepted: Accepted | null, known: Known) {
  const ballot = promised === 0 ? -1 : known.ballot(promised)
  const vote = voteOf(accepted, known)
  return (s: Seen) =>
    differs(`maxBal of acceptor ${at}`, s.maxBal.get(at), ballot) ??
    differs(`vote of acceptor ${at}`, s.vote.get(at), vote)
}

function voteOf(accepted: Accepted | null, known: Known): Vote | null {
  if (accepted === null) return null
  return { ballot: known.ballot(accepted.ballot), value: known.value(accepted.value) }
}
