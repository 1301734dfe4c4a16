import { Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Shape } from '../src/core/shape.ts'
import { acknowledged, anything, nothing } from '../src/core/shape.ts'
import { shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit, processText } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

const sighting: Shape = {
  text: '`[term, leader]`, or `null` when it knows none',
  accepts: (value) => value === null || (Array.isArray(value) && value.length === 2),
}

/**
 * | operation | argument | result |
 * |---|---|---|
 * | elected | the term: its process became the leader of it | ignored (an acknowledgement) |
 * | leader | nothing | `[term, leader]` as its process knows it, or `null` |
 *
 * A term is any value; a leader is named as its process is. Operations of unknown outcome say
 * nothing. Different keys are different groups.
 */
const shapes = {
  elected: {
    value: { ...anything, text: 'the term that its process leads' },
    result: acknowledged,
  },
  leader: { value: nothing, result: sighting, observes: true },
}

/** Every term has at most one leader. */
export const leader: DirectCondition = {
  name: 'leader',
  summary: 'no term has two leaders',
  source: 'Ongaro & Ousterhout 2014, In search of an understandable consensus algorithm, 5.2',
  operations: shapes,

  unfit(history) {
    const told = history.operations.some((op) => Object.hasOwn(shapes, op.f))
    return told
      ? misfit(history, leader, [], 'ignored')
      : 'there is no operation elected or leader in it'
  },

  check(history) {
    const findings: Finding[] = []
    let termCount = 0
    for (const { part, operations } of perObject(history.operations)) {
      const terms = new Interner()
      const leaders = new Interner()
      const firstOf: { readonly op: Operation; readonly leader: number }[] = []
      for (const op of operations) {
        const claim = claimOf(op)
        if (claim === undefined) continue
        const term = terms.id(claim.term)
        const id = leaders.id(claim.leader)
        const first = (firstOf[term] ??= { op, leader: id })
        if (first.leader !== id) findings.push(rivals(first.op, op, part))
      }
      termCount += terms.size
    }
    return verdictOf('leader-per-term', findings, `${termCount} terms, each with one leader`)
  },
}

interface Claim {
  readonly term: Json
  readonly leader: Json
}

function claimOf({ f, process, value, result }: Operation): Claim | undefined {
  if (result === undefined) return undefined
  if (f === 'elected') return { term: value, leader: process }
  if (f !== 'leader' || result === null) return undefined
  const [term, leader] = result as readonly [Json, Json]
  return leader === null ? undefined : { term, leader }
}

function rivals(first: Operation, second: Operation, part: string | undefined): Finding {
  const sentence = `${claimText(second)}, but ${claimText(first)}`
  return { sentence, operations: [first.id, second.id], culprit: second.id, part }
}

function claimText(op: Operation): string {
  const claim = claimOf(op)
  const term = shown(claim?.term)
  if (op.f === 'elected') return `${processText(op)} was elected leader of term ${term}`
  return `${processText(op)} saw ${shown(claim?.leader)} as leader of term ${term}`
}
