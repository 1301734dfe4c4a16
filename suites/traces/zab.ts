import type { Explain, Mapping, Part } from '../../src/explore/validate/index.ts'
import type { Reader } from '../../src/explore/validate/index.ts'
import type { StoredDisk, TraceHeader, TraceStep } from '../../src/core/trace.ts'
import { zabFacts as spec } from '../../specs/log/zab-facts.ts'
import type { Message } from './reading.ts'
import { afterOf, differs, numbersOf, putOf, received, sends, sent } from './reading.ts'
import { VALUES, writes } from './reading.ts'
import { ZabNumbers } from './zab-numbers.ts'
import { zabWindow } from './zab-window.ts'
import { committedTold, numberOfTxn } from './zab-words.ts'
import type { AckEpoch, NewLeader, Seen, Txn, View } from './zab-words.ts'

/** Epochs and transactions that the spec has before its eyes at first. */
const EPOCHS = 6
const TRANSACTIONS = 48

/**
 * Zab of `impls/zab`. What is said counts when it is on the disk, each write by itself: a crash may
 * leave part of a history that was being taken over. Epochs are numbered in their order, of which a
 * first look at the trace tells.
 */
export const zabTraces: Mapping = {
  name: 'zab',
  about: 'Zab, histories and epochs moving along with what is delivered everywhere',
  spec,
  protocols: ['zab'],
  reader,
}

function reader(header: TraceHeader): Reader {
  const epochs = new Set<number>()
  let length = 1
  return {
    see: (step) => {
      for (const { write } of writes(step)) {
        if (write.type === 'append') length++
        else if (write.type === 'put' && write.key === 'acceptedEpoch')
          epochs.add(write.value as number)
      }
    },
    parameters: (room) => ({
      server: header.nodes.length,
      epoch: Math.max(1, Math.min(epochs.size, EPOCHS * room)),
      length: Math.min(length, TRANSACTIONS * room),
      value: VALUES,
    }),
    explain: ({ epoch, length: most }, origins) => {
      const sorted = [...epochs].sort((a, b) => a - b)
      const ranks = new Map(sorted.map((number, at) => [number, at + 1]))
      const room = [epoch as number, most as number] as const
      return new ZabTrace(header, new ZabNumbers(ranks, room, origins)).explain
    },
    window: ({ epoch, length: most }) =>
      zabWindow(header.nodes.length, epoch as number, most as number),
  }
}

/** What is kept of the steps of a node so far, in this life of it. */
interface Node {
  /** How long its history is, on the disk or not. */
  length: number
  delivered: number
  /** The epoch that it has entered, on the disk or not, and how long the history was then. */
  epoch: number
  initial: number
  /** The epoch that it leads, or is about to; 0: none. */
  leads: number
  isEstablished: boolean
  /** What it has said to be committed of that. */
  committed: number
  /** Who has promised that epoch, and who has its history, as this node has heard. */
  readonly promises: Set<number>
  readonly synchronised: Set<number>
}

class ZabTrace {
  readonly #numberOf: (name: string) => number
  readonly #numbers: ZabNumbers
  readonly #nodes: Node[]

  constructor(header: TraceHeader, numbers: ZabNumbers) {
    this.#numberOf = numbersOf(header)
    this.#numbers = numbers
    this.#nodes = header.nodes.map(newNode)
  }

  readonly explain: Explain = (step) => {
    const { node, event } = step
    if (node === undefined || event.type === 'crash') return []
    const at = this.#numberOf(node)
    const parts: Part[] = []
    if (event.type === 'boot') parts.push(this.#boots(at, event.disk))
    const message = received(step)
    if (message !== undefined && event.type === 'message') {
      this.#hears(step, at, this.#numberOf(event.from), message, parts)
    }
    this.#acknowledges(step, at, parts)
    this.#leads(step, at, parts)
    this.#delivers(step, at, parts)
    return parts
  }

  /** A restart, and what is then found on the disk. */
  #boots(at: number, { values, logs }: StoredDisk): Part {
    const history = (logs['history']?.records ?? []) as readonly Txn[]
    const promised = (values['acceptedEpoch'] ?? 0) as number
    const current = (values['currentEpoch'] ?? 0) as number
    this.#nodes[at] = { ...newNode(), length: history.length, epoch: current }
    return {
      ways: [[['restart', at]]],
      sees: (s: Seen) =>
        differs(`promised of server${at}`, s.promised.get(at), this.#numbers.seen(promised)) ??
        differs(`current of server${at}`, s.current.get(at), this.#numbers.seen(current)) ??
        this.#numbers.sameHistory(`the history of server${at}`, s.history.get(at), history),
    }
  }

  #hears(step: TraceStep, at: number, from: number, message: Message, parts: Part[]): void {
    const node = this.#nodes[at]!
    const isMine = message['epoch'] === node.leads
    switch (message.type) {
      case 'cepoch':
        this.#begins(step, at, parts)
        break
      case 'new-epoch':
        this.#promises(step, at, message['epoch'] as number, parts)
        break
      case 'ack-epoch':
        if (isMine) node.promises.add(from)
        if (putOf(step, 'currentEpoch') !== undefined) this.#selects(step, at, parts)
        else if (isMine) this.#offers(step, at, parts)
        break
      case 'new-leader':
        this.#takesOver(step, at, message as unknown as NewLeader, parts)
        break
      case 'ack-leader':
        if (isMine) node.synchronised.add(from)
        break
      case 'ask':
        this.#proposes(step, at, parts)
        break
      case 'propose':
        this.#accepts(step, at, node.epoch, parts)
    }
  }

  #begins(step: TraceStep, at: number, parts: Part[]): void {
    const put = putOf(step, 'acceptedEpoch')
    if (put === undefined) return
    const node = this.#nodes[at]!
    const leads = put.value as number
    node.leads = leads
    node.isEstablished = false
    node.promises.clear()
    node.synchronised.clear()
    parts.push({ after: put.ticket, ...this.#numbers.in(leads, (e) => ['begin', at, e]) })
  }

  #promises(step: TraceStep, at: number, epoch: number, parts: Part[]): void {
    const put = putOf(step, 'acceptedEpoch')
    const ack = sent(step, 'ack-epoch')
    if (put === undefined || ack === undefined) return
    const { currentEpoch, history } = ack.message as unknown as AckEpoch
    parts.push({
      after: put.ticket,
      ...this.#numbers.in(put.value as number, (e) => ['promise', at, e]),
      sees: (s: Seen) =>
        differs(`promised of server${at}`, s.promised.get(at), this.#numbers.seen(epoch)) ??
        differs(`current of server${at}`, s.current.get(at), this.#numbers.seen(currentEpoch)) ??
        this.#numbers.sameHistory(
          `the history of server${at}, as reported,`,
          s.history.get(at),
          history,
        ),
    })
  }

  /** The history is chosen with which an epoch begins, and the leader itself takes it over. */
  #selects(step: TraceStep, at: number, parts: Part[]): void {
    const node = this.#nodes[at]!
    const { leads } = node
    const quorum = new Set(node.promises)
    const own = writes(step)
    const cut = own.find(({ write }) => write.type === 'truncate')?.write
    const keep = cut?.type === 'truncate' ? cut.from : node.length
    const add = own.flatMap(({ write }) => (write.type === 'append' ? [write.record as Txn] : []))
    const initial = keep + add.length
    parts.push({
      ways: [[['select', at, quorum]]],
      sees: (s: Seen) =>
        this.#sameOffer(s, { epoch: leads, initial, keep, add }) ?? this.#sameOffers(s, step),
    })
    node.committed = initial
    this.#takesOver(step, at, { epoch: leads, initial, keep, add }, parts)
  }

  /** Who promises late gets what was broadcast meanwhile as well. */
  #offers(step: TraceStep, at: number, parts: Part[]): void {
    if (sent(step, 'new-leader') === undefined) return
    parts.push({ ways: [[]], sees: (s: Seen) => this.#sameOffers(s, step) })
  }

  #sameOffers(s: Seen, step: TraceStep): string | undefined {
    for (const { message } of sends(step)) {
      if (message.type !== 'new-leader') continue
      const difference = this.#sameOffer(s, message as unknown as NewLeader)
      if (difference !== undefined) return difference
    }
    return undefined
  }

  #sameOffer(s: Seen, { epoch, initial, keep, add }: NewLeader): string | undefined {
    const { origin } = this.#numbers
    const e = this.#numbers.epoch(epoch)
    if (e <= 0) return undefined
    const log = s.led.get(e)
    return (
      differs(`initial of epoch ${epoch}`, s.initial.get(e), this.#numbers.index(initial)) ??
      differs(
        `the length of its history`,
        log.length + origin,
        Math.max(origin, keep + add.length),
      ) ??
      this.#numbers.sameTxns(`the history of epoch ${epoch}`, log, keep, add)
    )
  }

  /** A server makes the history of its leader its own, and enters the epoch. */
  #takesOver(step: TraceStep, at: number, offer: NewLeader, parts: Part[]): void {
    const { epoch, initial, keep } = offer
    const node = this.#nodes[at]!
    for (const { write, ticket: after } of writes(step)) {
      if (write.type === 'truncate') {
        node.length = write.from
        parts.push({
          after,
          ...this.#numbers.in(epoch, (e) => ['truncate', at, e, this.#numbers.index(keep)]),
        })
      } else if (write.type === 'append') {
        this.#appends(at, epoch, write.record as Txn, after, parts)
      } else if (write.type === 'put' && write.key === 'currentEpoch') {
        node.epoch = epoch
        node.initial = initial
        parts.push({ after, ...this.#numbers.in(epoch, (e) => ['enter', at, e]) })
      }
    }
  }

  #appends(at: number, epoch: number, txn: Txn, after: number, parts: Part[]): void {
    const index = ++this.#nodes[at]!.length
    parts.push({
      after,
      ...this.#numbers.in(epoch, (e) => ['accept', at, e, this.#numbers.index(index)]),
      sees: (s: Seen) =>
        this.#numbers.sameTxns(`the history of server${at}`, s.history.get(at), index - 1, [txn]),
    })
  }

  #accepts(step: TraceStep, at: number, epoch: number, parts: Part[]): void {
    for (const { write, ticket } of writes(step)) {
      if (write.type === 'append') this.#appends(at, epoch, write.record as Txn, ticket, parts)
    }
  }

  /** Others may have a transaction before it is on the disk of the leader. */
  #proposes(step: TraceStep, at: number, parts: Part[]): void {
    const { leads, length } = this.#nodes[at]!
    for (const { write } of writes(step)) {
      if (write.type !== 'append') continue
      const txn = write.record as Txn
      parts.push({
        ways: () => {
          this.#numbers.index(length + 1)
          return [[['propose', at, numberOfTxn(txn)]]]
        },
        sees: (s: Seen) => {
          const log = s.led.get(this.#numbers.epoch(leads))
          const { origin } = this.#numbers
          return (
            differs(`the length of its history`, log.length + origin, length + 1) ??
            this.#numbers.sameTxns(`the history of epoch ${leads}`, log, length, [txn])
          )
        },
      })
    }
    this.#accepts(step, at, leads, parts)
  }

  #acknowledges(step: TraceStep, at: number, parts: Part[]): void {
    const { initial } = this.#nodes[at]!
    for (const effect of step.effects) {
      if (effect.type !== 'send') continue
      const {
        type,
        epoch,
        logged = 0,
      } = effect.message as {
        readonly type: string
        readonly epoch: number
        readonly logged?: number
      }
      if (type !== 'ack-leader' && type !== 'ack' && type !== 'pong') continue
      parts.push({
        ...afterOf(effect.after),
        ...this.#numbers.in(epoch, (e) => [
          'acknowledge',
          at,
          e,
          this.#numbers.index(initial + logged),
        ]),
      })
    }
  }

  /** A leader: that it is established, and what it says to be committed. */
  #leads(step: TraceStep, at: number, parts: Part[]): void {
    const node = this.#nodes[at]!
    const { leads, initial } = node
    if (leads === 0) return
    const { role, delivered } = (step.view ?? {}) as Partial<View>
    const told = committedTold(step, leads)
    const isLeader = role === 'leader' || told !== undefined
    if (isLeader && !node.isEstablished) {
      node.isEstablished = true
      const quorum = new Set(node.synchronised)
      parts.push({ ways: [[['establish', at, quorum]]] })
    }
    if (!isLeader) return
    const committed = Math.max(initial + (told ?? 0), role === 'leader' ? delivered!.length : 0)
    if (committed > node.committed) {
      node.committed = committed
      parts.push({
        ...this.#numbers.in(leads, () => ['commit', at, this.#numbers.index(committed)]),
      })
    }
    if (sent(step, 'commit-leader') === undefined) return
    parts.push({ ways: [[]], sees: (s: Seen) => this.#tellsAll(s, leads, initial + (told ?? 0)) })
  }

  /** Who comes late hears of all that is committed. */
  #tellsAll({ committed }: Seen, epoch: number, told: number): string | undefined {
    const e = this.#numbers.epoch(epoch)
    return e <= 0
      ? undefined
      : differs(`committed of epoch ${epoch}`, committed.get(e), this.#numbers.index(told))
  }

  #delivers({ view }: TraceStep, at: number, parts: Part[]): void {
    const node = this.#nodes[at]!
    const { delivered } = (view ?? {}) as Partial<View>
    if (delivered === undefined || delivered.length <= node.delivered) return
    const { epoch, delivered: before } = node
    const more = delivered.slice(before)
    node.delivered = delivered.length
    parts.push({
      ways: () => {
        const upTo = this.#numbers.index(delivered.length)
        // A server that has restarted delivers once more what is forgotten.
        return upTo === 0 ? [[]] : [[['deliver', at, this.#numbers.epoch(epoch), upTo]]]
      },
      sees: (s: Seen) =>
        this.#numbers.sameTxns(`what server${at} delivers`, s.delivered.get(at), before, more),
    })
  }
}

function newNode(): Node {
  return {
    length: 0,
    delivered: 0,
    epoch: 0,
    initial: 0,
    leads: 0,
    isEstablished: false,
    committed: 0,
    promises: new Set(),
    synchronised: new Set(),
  }
}
