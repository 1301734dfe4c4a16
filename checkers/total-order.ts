import { Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation, Process } from '../src/core/operation.ts'
import type { Shape } from '../src/core/shape.ts'
import { acknowledged, nothing } from '../src/core/shape.ts'
import { shown } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit, processText } from './direct-condition.ts'
import type { Finding, ObjectHistory } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * Uniform total-order broadcast (Hadzilacos & Toueg 1994; Défago, Schiper & Urbán 2004).
 *
 * | operation | argument | result |
 * |---|---|---|
 * | broadcast | the message | ignored (an acknowledgement) |
 * | deliver | nothing | the message, when its process delivers it |
 * | crash | ignored | ignored: the process is faulty |
 *
 * Messages differ from each other and are not `null`. Different keys are different groups. The
 * processes of a group are those that deliver something; others only broadcast.
 *
 * - No creation: a delivered message was broadcast, and its broadcast had been called by then.
 * - No duplication: a process delivers a message once.
 * - Total order, uniform: of any two processes one has delivered a prefix of what the other has.
 *   Any other difference can never be made good: whoever catches up gets another order.
 * - Agreement, uniform, and validity: what was delivered anywhere, and what was broadcast with an
 *   acknowledgement, has been delivered by every correct process when the recording ends. A
 *   process that crashed, or has an operation of unknown outcome, may be faulty and owes nothing.
 *
 * Whether the order is also FIFO and causal is told with a pass; total order does not demand it.
 */
const message: Shape = { text: 'a message', accepts: (value) => value !== null }

const shapes = {
  broadcast: { value: message, result: acknowledged },
  deliver: { value: nothing, result: message },
  crash: { value: nothing, result: acknowledged },
}

/** All processes deliver the same messages in the same order. */
export const totalOrder: DirectCondition = {
  name: 'total-order',
  summary: 'validity, no duplication, no creation, agreement and one order of all deliveries',
  source: 'Hadzilacos & Toueg 1994, A modular approach to fault-tolerant broadcasts',
  operations: shapes,
  unfit: (history) => {
    const misfitting = misfit(history, totalOrder, ['broadcast'], 'ignored')
    return misfitting ?? ambiguous(history)
  },

  check(history) {
    const faulty = new Set<Process>()
    for (const { process, f, result } of history.operations) {
      if (f === 'crash' || result === undefined) faulty.add(process)
    }
    const findings: Finding[] = []
    const strengths = { fifo: true, causal: true }
    let delivered = 0
    for (const object of perObject(history.operations)) {
      const group = groupOf(object)
      delivered += group.longest.length
      findings.push(...group.wrong, ...disorder(group), ...debts(group, faulty))
      const { fifo, causal } = strengthOf(group)
      strengths.fifo &&= fifo
      strengths.causal &&= causal
    }
    const { fifo, causal } = strengths
    const order = `also ${fifo ? '' : 'not '}FIFO and ${causal ? '' : 'not '}causal`
    const sentence = `${delivered} messages were delivered in one order, which is ${order}`
    return verdictOf('delivery-sequences', findings, sentence)
  },
}

function ambiguous({ operations }: History): string | undefined {
  for (const { part, operations: ofGroup } of perObject(operations)) {
    const messages = new Interner()
    const where = part === undefined ? '' : ` under ${part}`
    for (const { f, value } of ofGroup) {
      if (f !== 'broadcast') continue
      const known = messages.size
      if (messages.id(value) < known) return `${shown(value)} is broadcast twice in it${where}`
    }
  }
  return undefined
}

interface Group extends ObjectHistory {
  readonly messages: Interner
  /** By message: its broadcast. */
  readonly broadcasts: readonly (Operation | undefined)[]
  /** By process: its deliveries, each message once. */
  readonly sequences: ReadonlyMap<Process, readonly Operation[]>
  readonly longest: readonly Operation[]
  /** Messages made up or delivered twice. */
  readonly wrong: readonly Finding[]
}

function groupOf({ part, operations }: ObjectHistory): Group {
  const messages = new Interner()
  const broadcasts: (Operation | undefined)[] = []
  const sequences = new Map<Process, Operation[]>()
  const firsts = new Map<Process, Map<number, Operation>>()
  const wrong: Finding[] = []
  for (const op of operations) if (op.f === 'broadcast') broadcasts[messages.id(op.value)] = op
  for (const op of operations) {
    if (op.f !== 'deliver') continue
    const sequence = entry(sequences, op.process, () => [])
    if (op.result === undefined) continue
    const first = entry(firsts, op.process, () => new Map<number, Operation>())
    const message = messages.id(op.result)
    const earlier = first.get(message)
    if (earlier !== undefined) {
      const sentence = `${deliveryText(op)} twice`
      wrong.push({ sentence, operations: [earlier.id, op.id], culprit: op.id, part })
      continue
    }
    first.set(message, op)
    sequence.push(op)
    const broadcast = broadcasts[message]
    if (broadcast !== undefined && broadcast.called < op.returned) continue
    const when = broadcast === undefined ? 'which nobody broadcast' : 'before it was broadcast'
    const sentence = `${deliveryText(op)}, ${when}`
    wrong.push({ sentence, operations: [op.id], culprit: op.id, part })
  }
  let longest: readonly Operation[] = []
  for (const sequence of sequences.values()) {
    if (sequence.length > longest.length) longest = sequence
  }
  return { part, operations, messages, broadcasts, sequences, longest, wrong }
}

/** Each process against the one that delivered most: the first place where they differ. */
function disorder({ sequences, longest, messages, part }: Group): Finding[] {
  const findings: Finding[] = []
  for (const sequence of sequences.values()) {
    const same = (other: Operation, rank: number) => {
      const reference = longest[rank]?.result
      return messages.find(reference) === messages.find(other.result)
    }
    const rank = sequence.findIndex((op, at) => !same(op, at))
    const [mine, theirs] = [sequence[rank], longest[rank]]
    if (mine === undefined || theirs === undefined) continue
    const later = (among: readonly Operation[], op: Operation) =>
      among
        .slice(rank + 1)
        .find((other) => messages.find(other.result) === messages.find(op.result))
    const mineLater = later(sequence, theirs)
    const theirsLater = later(longest, mine)
    const operations = [mine, theirs, mineLater, theirsLater].flatMap((op) => op?.id ?? [])
    const ours = sideText(mine, theirs, mineLater)
    const sentence = `${ours}, but ${sideText(theirs, mine, theirsLater)}`
    findings.push({ sentence, operations, culprit: mine.id, part })
  }
  return findings
}

function sideText(first: Operation, second: Operation, later: Operation | undefined): string {
  const relation = later === undefined ? 'and not' : 'before'
  return `${deliveryText(first)} ${relation} ${shown(second.result ?? null)}`
}

/** Once for each correct process: the first message that it owes. */
function debts(group: Group, faulty: ReadonlySet<Process>): Finding[] {
  const { sequences, longest, broadcasts, messages, part } = group
  const findings: Finding[] = []
  for (const [process, sequence] of sequences) {
    if (faulty.has(process)) continue
    const done = new Set(sequence.map((op) => messages.find(op.result)))
    const due = [...longest, ...broadcasts.filter((op) => op !== undefined && answered(op))]
    const messageOf = (op: Operation) => messages.find(op.f === 'deliver' ? op.result : op.value)
    const missing = due.filter((op) => op !== undefined && !done.has(messageOf(op)))
    const first = missing[0]
    if (first === undefined) continue
    const told =
      first.f === 'deliver'
        ? deliveryText(first)
        : `${processText(first)} broadcast ${shown(first.value)}, which was acknowledged`
    const other = `process ${processText({ ...first, process }).slice('process '.length)}`
    const sentence = `${told}, but ${other} had not delivered it when the recording ended`
    findings.push({ sentence, operations: [first.id], culprit: first.id, part, atEnd: true })
  }
  if (sequences.size > 0) return findings
  const lost = broadcasts.find((op) => op !== undefined && answered(op))
  if (lost === undefined) return findings
  const sentence = `${processText(lost)} broadcast ${shown(lost.value)}, which nobody delivered`
  return [{ sentence, operations: [lost.id], culprit: lost.id, part, atEnd: true }]
}

const answered = (op: Operation): boolean => op.result !== undefined

/**
 * FIFO: messages of one process are delivered in the order in which it broadcast them, none left
 * out. Causal: and after all that it had delivered before it broadcast them. Asked of the longest
 * sequence, of which all others are prefixes when this matters.
 */
function strengthOf(group: Group): { fifo: boolean; causal: boolean } {
  const { operations, messages, longest } = group
  const place: number[] = []
  longest.forEach((op, rank) => (place[messages.find(op.result)] = rank))
  const placeOf = (message: Json | undefined) => place[messages.find(message)] ?? Infinity
  const before = new Map<Process, { broadcast: number; delivered: number }>()
  const strength = { fifo: true, causal: true }
  for (const op of operations) {
    const last = entry(before, op.process, () => ({ broadcast: -1, delivered: -1 }))
    if (op.f === 'deliver' && answered(op)) {
      last.delivered = Math.max(last.delivered, placeOf(op.result))
    } else if (op.f === 'broadcast') {
      const at = placeOf(op.value)
      if (at === Infinity && !answered(op)) continue
      if (at < last.broadcast) strength.fifo = false
      if (at <= last.delivered) strength.causal = false
      last.broadcast = at
    }
  }
  return { fifo: strength.fifo, causal: strength.fifo && strength.causal }
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = create()
  map.set(key, value)
  return value
}

function deliveryText(op: Operation): string {
  return `${processText(op)} delivered ${shown(op.result ?? null)}`
}
