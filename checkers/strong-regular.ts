/**
 * Strong regularity, for registers with several writers: there is one order of all writes, in real
 * time, in which every read returns the value of the last write before it, when it is put at some
 * place that real time allows. Reads may still be put in an order that real time forbids: that is
 * what an atomic register adds.
 *
 * The definition asks each read for an order of its own and these orders to agree on every two
 * writes that were both called before the two reads returned (Shao, Welch, Pierce & Lee,
 * 'Multiwriter consistency conditions for shared memory registers', SIAM J. Comput. 40(1), 2011,
 * the write-order condition, MWR2 in the 2003 version; 'strong regularity' in Spiegelman, Cassuto,
 * Chockler & Keidar, 'Space bounds for reliable storage', PODC 2016). As the writes that concern a
 * read also concern every read that returns later, agreement makes them one order.
 */
import type { Budget } from '../src/core/budget.ts'
import { Meter } from '../src/core/budget.ts'
import type { BoundHit } from '../src/core/verdict.ts'
import { counted, did, shown } from '../src/core/wording.ts'
import type { Condition, ConditionVerdict, Witness } from './condition.ts'
import type { Finding } from './findings.ts'
import { verdictOf } from './findings.ts'
import { hasOneWriter, onlyWith, registerParts, unfitForRegisters } from './register-part.ts'
import type { RegisterPart } from './register-part.ts'
import { readFacts, unexplainedReads } from './register-reads.ts'
import type { ReadFacts } from './register-reads.ts'
import { smallest } from './smallest.ts'
import { orderWrites } from './write-order.ts'
import { findSources } from './write-sources.ts'

const ENGINE = 'write-order'

export const strongRegular: Condition = {
  name: 'strong-regular',
  summary: 'one order of all writes in real time explains every read, each by itself',
  source: 'Shao, Welch, Pierce & Lee, Multiwriter consistency conditions, SIAM J. Comput. 40, 2011',
  unfit: unfitForRegisters,

  check(history, options) {
    const meter = new Meter(options.budget)
    return checkStrongRegular(registerParts(history, options), meter)
  },
}

/**
 * Decides all parts; the search that some histories with repeated values need ends with the meter.
 */
export function checkStrongRegular(parts: readonly RegisterPart[], meter: Meter): ConditionVerdict {
  const findings: Finding[] = []
  const orders: Witness['orders'][number][] = []
  let doubt: BoundHit | undefined
  for (const part of parts) {
    const facts = readFacts(part)
    const unexplained = unexplainedReads(part, facts)
    findings.push(...unexplained)
    if (unexplained.length > 0) continue
    const decision = decideStrong(part, facts, meter)
    if (decision.outcome === 'pass') orders.push({ part: part.label, order: decision.order })
    else if (decision.outcome === 'fail') findings.push(decision.finding(meter.rest))
    else doubt ??= meter.hit(`every read${part.label === '' ? '' : ` of ${part.label}`} is regular`)
  }
  if (findings.length > 0) {
    const found = verdictOf(ENGINE, findings, '')
    if (found.outcome !== 'fail' || doubt === undefined) return found
    return { ...found, evidence: { ...found.evidence, cut: 'not all registers were decided' } }
  }
  if (doubt !== undefined) return { outcome: 'unknown', engine: ENGINE, evidence: doubt }
  const where = counted(parts.length, 'register')
  const sentence = `one order of all writes explains every read of ${where}`
  return { outcome: 'pass', engine: ENGINE, evidence: { orders, sentence } }
}

type StrongDecision =
  | { readonly outcome: 'pass'; readonly order: Int32Array }
  | { readonly outcome: 'fail'; readonly finding: (budget: Budget) => Finding }
  | { readonly outcome: 'unknown' }

function decideStrong(part: RegisterPart, facts: ReadFacts, meter: Meter): StrongDecision {
  const found = findSources(part, facts, meter)
  if (found.outcome === 'unknown') return { outcome: 'unknown' }
  if (found.outcome === 'none') {
    const { read } = found
    return { outcome: 'fail', finding: (budget) => repeatedValues(part, read, budget) }
  }
  const ordered = orderWrites(part, found.sources)
  if ('order' in ordered) {
    return { outcome: 'pass', order: withReads(part, found.sources, ordered.order) }
  }
  const { writes, reads } = ordered
  return { outcome: 'fail', finding: () => conflictOf(part, writes, reads) }
}

/**
 * The ids of the writes in their order, each with the reads that take their value from it behind
 * it.
 */
function withReads(part: RegisterPart, sources: Int32Array, order: Int32Array): Int32Array {
  const { writes, reads } = part
  const counts = new Int32Array(writes.length + 1)
  for (const source of sources) counts[source + 1]! += 1
  const next = new Int32Array(writes.length + 1)
  const ids = new Int32Array(order.length + reads.length)
  let at = counts[0]!
  for (const w of order) {
    ids[at++] = writes[w]!.id
    next[w + 1] = at
    at += counts[w + 1]!
  }
  sources.forEach((source, r) => (ids[next[source + 1]!++] = reads[r]!.id))
  return ids
}

function conflictOf(
  part: RegisterPart,
  [a, b]: readonly [number, number],
  [readOfA, readOfB]: readonly [number, number],
): Finding {
  const writes = [part.writes[a]!, part.writes[b]!] as const
  const reads = [part.reads[readOfA], part.reads[readOfB]] as const
  const [first, second] = [shown(writes[0].value), shown(writes[1].value)]
  const deeds = reads.map((read, i) =>
    read === undefined
      ? ''
      : `${did(read)} after ${i === 0 ? second : first} had been acknowledged`,
  )
  const both = deeds.filter(Boolean).join(', and ')
  const sentence = `${both}, so neither of the two writes can be the later one`
  const present = reads.filter((read) => read !== undefined)
  const operations = [...writes, ...present].map(({ id }) => id)
  const last = present.reduce((x, y) => (y.called > x.called ? y : x))
  return { sentence, operations, culprit: last.id, ...labelOf(part) }
}

/** No counterexample is worth more time than this to make it smaller. */
const SECONDS_TO_SHRINK = 5

/** A failure of the search, with as few values and reads as time allows to find. */
function repeatedValues(part: RegisterPart, read: number, budget: Budget): Finding {
  const seconds = Math.min(budget.seconds ?? Infinity, SECONDS_TO_SHRINK)
  const meter = new Meter({ ...budget, seconds })
  const fails = (less: RegisterPart): boolean => {
    const facts = readFacts(less)
    if (facts.explained.includes(0)) return true
    const { outcome } = decideStrong(less, facts, meter)
    return outcome === 'fail'
  }
  const reads = smallest(part.reads.keys(), meter, (kept) => fails(onlyWith(part, kept)))
  const fewer = onlyWith(part, reads)
  const values = smallest(new Set([...fewer.readValues, ...fewer.writeValues]), meter, (kept) =>
    fails(onlyWith(fewer, undefined, kept)),
  )
  const left = onlyWith(fewer, undefined, values)
  const operations = [...left.writes, ...left.reads].map(({ id }) => id)
  const culprit = left.reads.at(-1) ?? part.reads[read]!
  const [writes, all] = [counted(left.writes.length, 'write'), counted(left.reads.length, 'read')]
  const several = `no order of the ${writes} explains the ${all} together`
  return {
    sentence: `${did(culprit)}, but ${several}`,
    operations,
    culprit: culprit.id,
    ...labelOf(part),
  }
}

function labelOf({ label }: RegisterPart): Pick<Finding, 'part'> {
  return { part: label === '' ? undefined : label }
}

/** True if strong and weak regularity may differ: with one writer they are the same. */
export function mayDiffer(parts: readonly RegisterPart[]): boolean {
  return !parts.every(hasOneWriter)
}
