import type { Explain, Mapping, Part, Reader, Way } from '../../src/explore/validate/index.ts'
import { NeedsRoom, NotCovered } from '../../src/explore/validate/index.ts'
import type { StoredDisk, TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { raftFacts as spec } from '../../specs/log/raft-facts.ts'
import { raftWindow } from './raft-window.ts'
import { commitTold } from './raft-words.ts'
import type { Append, Asked, Ballot, Entry, Seen, SpecEntry, SpecLog } from './raft-words.ts'
import type { Message } from './reading.ts'
import {
  afterOf,
  differs,
  numberOfValue,
  numbersOf,
  putOf,
  received,
  sent,
  VALUES,
  writes,
} from './reading.ts'

/** Terms and entries that the spec has before its eyes at first. */
const TERMS = 8
const ENTRIES = 64

/**
 * Raft of `impls/raft`, with snapshots, lost answers, kills and restarts. Changes of the voters are
 * not in the spec; votes before the vote, reads and refusals change nothing of what it knows.
 */
export const raftTraces: Mapping = {
  name: 'raft',
  about: 'Raft, what is kept of logs and terms moving along with what is committed everywhere',
  spec,
  protocols: ['raft', 'raft-lease'],
  reader,
}

function reader(header: TraceHeader): Reader {
  let term = 1
  let length = 1
  return {
    see: ({ effects }) => {
      for (const effect of effects) {
        if (effect.type !== 'write') continue
        const { write } = effect
        if (write.type === 'append') length++
        else if (write.type === 'put' && write.key === 'ballot')
          term = Math.max(term, (write.value as Ballot).term)
      }
    },
    parameters: (room) => ({
      server: header.nodes.length,
      term: Math.min(term, TERMS * room),
      length: Math.min(length, ENTRIES * room),
      value: VALUES,
    }),
    explain: ({ term: terms, length: entries }, origins) =>
      new RaftTrace(header, origins, terms as number, entries as number).explain,
    window: ({ server, term: terms, length: entries }) =>
      raftWindow(server as number, terms as number, entries as number),
  }
}

/** What is kept of the steps so far: who has voted for whom, and what is known to be committed. */
class RaftTrace {
  readonly #numberOf: (name: string) => number
  readonly #origins: readonly number[]
  readonly #terms: number
  readonly #length: number
  readonly #votes: Set<number>[]
  readonly #voted: number[]
  readonly #commits: number[]
  /** The last write of each node. */
  readonly #asked: number[]
  /** How long the log of each leader is. */
  readonly #lengths: number[]

  constructor(header: TraceHeader, origins: readonly number[], terms: number, length: number) {
    this.#terms = terms
    this.#length = length
    this.#numberOf = numbersOf(header)
    this.#origins = origins
    this.#votes = header.nodes.map(() => new Set())
    this.#voted = header.nodes.map(() => 0)
    this.#commits = header.nodes.map(() => 0)
    this.#asked = header.nodes.map(() => 0)
    this.#lengths = header.nodes.map(() => 0)
  }

  readonly explain: Explain = (step) => {
    const { node, event } = step
    if (node === undefined) return []
    const at = this.#numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') parts.push(this.#boots(at, event.disk))
    this.#ballot(step, at, parts)
    const message = received(step)
    if (message !== undefined && event.type === 'message') {
      this.#hears(step, at, event.from, message, parts)
    }
    this.#leads(step, at, parts)
    return parts
  }

  #term(term: number): number {
    const number = term - this.#origins[1]!
    if (number > this.#terms)
      throw new NeedsRoom(`term ${term} is beyond what the spec has room for`)
    return number
  }

  /** What is not kept any more is the beginning of what is. */
  #index(index: number): number {
    const number = index - this.#origins[0]!
    if (number > this.#length) throw new NeedsRoom(`the spec has no room for entry ${index}`)
    return Math.max(0, number)
  }

  /** What is known to be committed; that of all that is not kept any more is known for long. */
  #known(action: 'learn' | 'commit', at: number, index: number): readonly Way[] {
    const to = this.#index(index)
    return to === 0 ? [[]] : [[[action, at, to]]]
  }

  #entry({ term, value }: Entry): SpecEntry {
    const { f } = (value ?? {}) as { readonly f?: unknown }
    if (f === 'configure') throw new NotCovered('the voters change, which the spec does not know')
    return { term: this.#term(term), value: numberOfValue(value) }
  }

  /** A later term that was heard of, and a vote. */
  #ballot(step: TraceStep, at: number, parts: Part[]): void {
    for (const { write, ticket: after } of writes(step)) {
      if (write.type !== 'put' || write.key !== 'ballot') continue
      const { term, votedFor } = write.value as Ballot
      const isOwn = votedFor !== null && this.#numberOf(votedFor) === at
      if (votedFor === null) {
        parts.push({ after, ways: () => [[['hear', at, this.#term(term)]]] })
      } else if (isOwn) parts.push(this.#campaigns(at, term, after))
    }
    const vote = sent(step, 'vote')
    if (vote?.message['granted'] !== true || vote.message['pre'] === true) return
    const message = received(step)
    if (message?.type !== 'ask-vote' || step.event.type !== 'message') return
    const candidate = this.#numberOf(step.event.from)
    const { term, lastTerm, lastIndex } = message as unknown as Asked
    parts.push({
      ...afterOf(vote.after),
      ways: () => [[['grant', at, candidate]]],
      sees: (s: Seen) => {
        const asked = s.asked.get(this.#term(term)).get(candidate)
        const index = lastIndex - this.#origins[0]!
        if (asked === null || (index < 0 && asked.lastIndex < 0)) return undefined
        return (
          differs('the last index of the candidate', asked.lastIndex, index) ??
          (asked.lastIndex === 0
            ? undefined
            : differs(
                'the last term of the candidate',
                asked.lastTerm,
                Math.max(0, this.#term(lastTerm)),
              )) ??
          differs(`term of server${at}`, s.term.get(at), this.#term(term))
        )
      },
    })
  }

  #campaigns(at: number, term: number, after: number): Part {
    this.#votes[at]!.clear()
    this.#voted[at] = term
    return {
      after,
      ways: () => {
        this.#term(term)
        return [[['campaign', at]]]
      },
      sees: (s: Seen) => differs(`term of server${at}`, s.term.get(at), this.#term(term)),
    }
  }

  #hears(step: TraceStep, at: number, from: string, message: Message, parts: Part[]): void {
    const answer = sent(step, 'appended')
    const term = message['term'] as number
    if (message.type === 'vote') {
      const isYes = message['granted'] === true && message['pre'] === false
      // A vote is for one term, and counts in no other.
      const counts = isYes && term === this.#voted[at]
      if (counts) this.#votes[at]!.add(this.#numberOf(from))
    } else if (message.type === 'append' && answer?.message['ok'] === true) {
      this.#accepts(step, at, message as unknown as Append, answer.after, parts)
    } else if (message.type === 'snapshot' && answer?.message['ok'] === true) {
      this.#installs(step, at, term, message, answer.after, parts)
    } else if (message.type === 'appended' && from === step.node && message['ok'] === true) {
      const index = message['index'] as number
      parts.push({ ways: () => [[['store', at, this.#index(index)]], []], first: true })
    }
  }

  #accepts(step: TraceStep, at: number, message: Append, after: number | undefined, parts: Part[]) {
    const { term, prevIndex, entries, commit } = message
    const last = prevIndex + entries.length
    // Each write by itself: a crash may leave the first ones.
    let index = prevIndex
    for (const { write, ticket } of writes(step)) {
      if (write.type === 'truncate') {
        const { from } = write
        index = from
        parts.push({
          after: ticket,
          ways: () => [[['truncate', at, this.#term(term), this.#index(from)]]],
        })
      } else if (write.type === 'append') {
        if (index === prevIndex) index = this.#firstNew(step, prevIndex, entries.length)
        const to = ++index
        parts.push({
          after: ticket,
          ways: () => [[['accept', at, this.#term(term), this.#index(to - 1), this.#index(to)]]],
        })
      }
    }
    parts.push({
      ...afterOf(after),
      ways: () => [[['accept', at, this.#term(term), this.#index(prevIndex), this.#index(last)]]],
      sees: ({ log }: Seen) => this.#sameEntries(log.get(at), prevIndex, entries, at),
    })
    const known = Math.min(commit, last)
    if (known > this.#commits[at]!) {
      this.#commits[at] = known
      parts.push({ ...afterOf(after), ways: () => this.#known('learn', at, known) })
    }
  }

  /** The index before the first entry that is written: the last of the message's are. */
  #firstNew(step: TraceStep, prevIndex: number, entries: number): number {
    const written = writes(step).filter(({ write }) => write.type === 'append').length
    return prevIndex + entries - written
  }

  #sameEntries(log: SpecLog, before: number, entries: readonly Entry[], at: number) {
    const [origin] = this.#origins as [number]
    for (const [offset, entry] of entries.entries()) {
      const index = before + offset - origin
      if (index < 0) continue
      if (index >= log.length) return `the log of server${at} ends at ${log.length} in the spec`
      const { term, value } = log.at(index)
      const wanted = this.#entry(entry)
      const name = `entry ${before + offset + 1} of server${at}`
      const difference =
        differs(`the term of ${name}`, term, wanted.term) ??
        differs(`the value of ${name}`, value, wanted.value)
      if (difference !== undefined) return difference
    }
    return undefined
  }

  #installs(
    step: TraceStep,
    at: number,
    term: number,
    message: Message,
    after: number | undefined,
    parts: Part[],
  ) {
    const { index } = message['snapshot'] as { readonly index: number }
    const put = putOf(step, 'snapshot')
    const isNew = put !== undefined
    if (isNew) this.#commits[at] = Math.max(this.#commits[at]!, index)
    parts.push({
      // From when the snapshot is on the disk, a restart goes by it.
      ...afterOf(put?.ticket ?? after),
      ways: () => {
        const to = this.#index(index)
        const [t] = [this.#term(term)]
        return isNew && to > 0 ? [[['install', at, t, to]]] : [[['accept', at, t, to, to]]]
      },
    })
  }

  /** A leader: that it is one, what it appends, and what it knows to be committed. */
  #leads(step: TraceStep, at: number, parts: Part[]): void {
    for (const effect of step.effects) {
      if (effect.type === 'write') this.#asked[at] = effect.ticket
      if (effect.type !== 'note') continue
      if (effect.label === 'steps down' && putOf(step, 'ballot') === undefined) {
        const length = this.#lengths[at]!
        const after = this.#asked[at]!
        parts.push({
          after,
          ways: () => [
            [
              ['store', at, this.#index(length)],
              ['resign', at],
            ],
          ],
        })
      }
      if (effect.label === 'leads') {
        const voters = new Set(this.#votes[at])
        const term = effect.data as number
        parts.push({
          ways: [[['win', at, voters]]],
          sees: (s: Seen) => differs(`term of server${at}`, s.term.get(at), this.#term(term)),
        })
      }
    }
    const isAnswer = received(step)?.type === 'append'
    for (const { write } of writes(step)) {
      if (isAnswer || write.type !== 'append' || write.log !== 'log') continue
      const entry = write.record as Entry
      const index = (sent(step, 'appended')?.message['index'] ?? 0) as number
      this.#lengths[at] = index
      parts.push({
        ways: () => {
          this.#index(index)
          return [[['append', at, this.#entry(entry).value]]]
        },
        sees: (s: Seen) => differs('its term', s.term.get(at), this.#term(entry.term)),
      })
    }
    const view = step.view as { readonly role?: string; readonly commit?: number } | undefined
    const told = commitTold(step) ?? (view?.role === 'leader' ? view.commit : undefined)
    if (told === undefined || told <= this.#commits[at]!) return
    this.#commits[at] = told
    parts.push({ ways: () => this.#known('commit', at, told) })
  }

  /** A restart, and what is then found on the disk. */
  #boots(at: number, disk: StoredDisk): Part {
    const ballot = (disk.values['ballot'] ?? { term: 0, votedFor: null }) as Ballot
    const snapshot = (disk.values['snapshot'] ?? { index: 0, term: 0 }) as {
      readonly index: number
      readonly term: number
    }
    const { first, records } = disk.logs['log'] ?? { first: 0, records: [] }
    // What a crash has left of a log that does not agree with the snapshot is taken away.
    const entries = records as readonly Entry[]
    const agrees =
      first === snapshot.index || entries[snapshot.index - first - 1]?.term === snapshot.term
    const last = agrees ? first + entries.length : snapshot.index
    this.#votes[at]!.clear()
    this.#asked[at] = 0
    this.#commits[at] = snapshot.index
    return {
      ways: () => [[['restart', at, this.#index(last), this.#index(snapshot.index)]]],
      sees: (s: Seen) =>
        differs(`term of server${at}`, s.term.get(at), this.#term(ballot.term)) ??
        differs(
          `votedFor of server${at}`,
          s.votedFor.get(at),
          ballot.votedFor === null ? null : this.#numberOf(ballot.votedFor),
        ) ??
        this.#sameEntries(s.log.get(at), first, agrees ? entries : [], at),
    }
  }
}
