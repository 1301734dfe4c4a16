import { Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import { acknowledged, anything, list, nothing } from '../src/core/shape.ts'
import { who, shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding, ObjectHistory } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * | operation | argument | result |
 * |---|---|---|
 * | add | the element | ignored (an acknowledgement) |
 * | read | nothing | the list of all elements |
 *
 * What Jepsen's check of this name looks for, defined anew. An element is *known* from the moment
 * its add was acknowledged or a read that contains it returned, whichever is first; from then on a
 * read without it *misses* it. A reader's *final read* is its last one, if it was called after the
 * last acknowledged add. An element is
 *
 * - never read: no read contains it and none misses it;
 * - stable: some read contains it and none misses it;
 * - lost: a final read misses it, or a read does that was called after the last read which
 *   contains it had returned;
 * - stale: missed, but not lost: it came (back) later.
 *
 * Lost elements are violations, and so are elements that are twice in one read, and elements that
 * nobody can have added. Stale ones are violations only if the set has to be linearizable. An add
 * of unknown outcome may appear at any time or never.
 */
const shapes = {
  add: { value: { ...anything, text: 'the element' }, result: acknowledged },
  read: { value: nothing, result: { ...list, text: 'a list of all elements' }, observes: true },
}

/** A grow-only set keeps what was added; with `linearizable` it also shows it at once. */
export function setFullWith({ linearizable }: { readonly linearizable: boolean }): DirectCondition {
  const name = linearizable ? 'set-full-linearizable' : 'set-full'
  const condition: DirectCondition = {
    name,
    summary: linearizable
      ? 'no element is lost, missed for a while, read twice or made up'
      : 'no element is lost, read twice or made up',
    source: "after Jepsen's set-full",
    operations: shapes,

    unfit(history, { initial }) {
      if (initial !== undefined && initial !== null && !list.accepts(initial)) {
        return `the initial value ${shown(initial)} is not a list`
      }
      return misfit(history, condition, ['add', 'read'], 'refused')
    },

    check(history, { initial }) {
      const findings: Finding[] = []
      const counts = { stable: 0, stale: 0, 'never read': 0 }
      const start = (initial ?? []) as readonly Json[]
      for (const object of perObject(history.operations)) {
        const set = readings(object, start)
        findings.push(...strangers(set, history.failed))
        const lastPresent = set.elements.map(({ present }) => present?.returned ?? -Infinity)
        const missed = lastMissing(set, set.reads)
        const missedAtEnd = lastMissing(set, finalReads(object.operations))
        set.elements.forEach((element, id) => {
          const late = missed[id]
          const end = missedAtEnd[id]
          const gone = late !== undefined && (lastPresent[id] ?? -Infinity) < late.called
          const read = gone ? late : end
          if (read !== undefined) findings.push(finding(element, read, 'lost', set.part))
          else if (late !== undefined) {
            counts.stale++
            if (linearizable) findings.push(finding(element, late, 'stale', set.part))
          } else counts[element.present === undefined ? 'never read' : 'stable']++
        })
      }
      const tally = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`)
      return verdictOf(name, findings, `no element was lost (${tally.join(', ')})`)
    },
  }
  return condition
}

export const setFull = setFullWith({ linearizable: false })
export const setFullLinearizable = setFullWith({ linearizable: true })

interface Element {
  readonly value: Json
  /** The earliest operation after whose return the element was known, if there was one. */
  known: Operation | undefined
  /** From when on it is known: `-Infinity` for elements of the initial set. */
  knownFrom: number
  /** Called first among all adds of it. */
  added: Operation | undefined
  addable: number
  /** The read that contains it and returned last. */
  present: Operation | undefined
}

interface Readings extends ObjectHistory {
  readonly elements: readonly Element[]
  /** Reads that returned, in order of invocation, each with the numbers of its elements. */
  readonly reads: readonly Operation[]
  readonly contents: ReadonlyMap<Operation, readonly number[]>
}

function readings({ part, operations }: ObjectHistory, initial: readonly Json[]): Readings {
  const ids = new Interner()
  const elements: Element[] = []
  const element = (value: Json): Element => {
    const id = ids.id(value)
    return (elements[id] ??= {
      value,
      known: undefined,
      knownFrom: Infinity,
      added: undefined,
      addable: Infinity,
      present: undefined,
    })
  }
  for (const value of initial) Object.assign(element(value), { knownFrom: -Infinity, addable: -1 })
  const reads: Operation[] = []
  const contents = new Map<Operation, readonly number[]>()
  for (const op of operations) {
    if (op.f === 'add') {
      const added = element(op.value)
      if (op.called < added.addable) Object.assign(added, { added: op, addable: op.called })
      know(added, op)
    } else if (op.result !== undefined) {
      reads.push(op)
      const members = op.result as readonly Json[]
      for (const value of members) {
        const member = element(value)
        know(member, op)
        if ((member.present?.returned ?? -Infinity) < op.returned) member.present = op
      }
      contents.set(
        op,
        members.map((value) => ids.id(value)),
      )
    }
  }
  return { part, operations, elements, reads, contents }
}

/** Of unknown outcome means returned at `Infinity`, which teaches nothing. */
function know(element: Element, by: Operation): void {
  if (by.returned < element.knownFrom) {
    element.known = by
    element.knownFrom = by.returned
  }
}

/** Elements that are twice in a read, or in one although no add of them had begun. */
function strangers({ part, reads, contents, elements }: Readings, failed: readonly Operation[]) {
  const findings: Finding[] = []
  const madeUp = new Set<number>()
  const seenBy = new Array<Operation | undefined>(elements.length)
  const doubled = new Set<number>()
  for (const read of reads) {
    for (const id of contents.get(read) ?? []) {
      const element = elements[id]
      if (element === undefined) continue
      const reader = `${who(read.process)} read ${shown(element.value)}`
      if (seenBy[id] === read && !doubled.has(id)) {
        doubled.add(id)
        const sentence = `${reader} twice in one read`
        findings.push({ sentence, operations: [read.id], culprit: read.id, part })
      }
      seenBy[id] = read
      if (element.addable < read.returned || madeUp.has(id)) continue
      madeUp.add(id)
      const sentence = `${reader}, ${origin(element, failed)}`
      findings.push({ sentence, operations: [read.id], culprit: read.id, part })
    }
  }
  return findings
}

function origin({ value, added }: Element, failed: readonly Operation[]): string {
  if (added !== undefined) return 'before anybody began to add it'
  const text = JSON.stringify(value)
  const refused = failed.some((op) => op.f === 'add' && JSON.stringify(op.value) === text)
  return refused ? 'whose add had failed' : 'which nobody added'
}

/**
 * For every element the read that misses it and was called last. Goes from the last read to the
 * first with those that no read has missed yet: all in this read are kept, which its own length
 * pays for, and all others leave, which happens once each.
 */
function lastMissing(
  { elements, contents }: Readings,
  reads: readonly Operation[],
): readonly (Operation | undefined)[] {
  const missing = new Array<Operation | undefined>(elements.length).fill(undefined)
  let open = elements.map((_, id) => id)
  const inRead = new Int32Array(elements.length).fill(-1)
  for (let rank = reads.length - 1; rank >= 0 && open.length > 0; rank--) {
    const read = reads[rank]
    if (read === undefined) continue
    for (const id of contents.get(read) ?? []) inRead[id] = rank
    open = open.filter((id) => {
      if (inRead[id] === rank) return true
      if ((elements[id]?.knownFrom ?? Infinity) < read.called) missing[id] = read
      return false
    })
  }
  return missing
}

/** The last read of every reader, if it was called after all acknowledged adds had returned. */
function finalReads(operations: readonly Operation[]): readonly Operation[] {
  let quiet = -1
  const last = new Map<unknown, Operation>()
  for (const op of operations) {
    if (op.result === undefined) continue
    if (op.f === 'read') last.set(op.process, op)
    else if (op.returned > quiet) quiet = op.returned
  }
  return [...last.values()].filter((op) => op.called > quiet).sort((a, b) => a.called - b.called)
}

function finding(
  { value, known, present }: Element,
  read: Operation,
  how: 'lost' | 'stale',
  part: string | undefined,
): Finding {
  const before =
    known === undefined
      ? `${shown(value)} was there from the beginning`
      : known.f === 'add'
        ? `${who(known.process)} added ${shown(value)}, which was acknowledged`
        : `${who(known.process)} read ${shown(value)}`
  const forGood = how === 'lost' && (present === undefined || present.returned < read.called)
  const end = forGood ? ' and no read showed it again' : how === 'stale' ? ', for a while' : ''
  return {
    sentence: `${before}, but a later read of ${who(read.process)} misses it${end}`,
    operations: known === undefined ? [read.id] : [known.id, read.id],
    culprit: read.id,
    part,
  }
}
