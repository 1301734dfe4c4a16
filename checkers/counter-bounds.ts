import type { Operation } from '../src/core/operation.ts'
import { acknowledged, nothing, wholeNumber } from '../src/core/shape.ts'
import { who, shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * | operation | argument | result |
 * |---|---|---|
 * | add | a whole number, negative to subtract | ignored (an acknowledgement) |
 * | read | nothing | a whole number |
 *
 * An add *certainly counts* for a read if it returned before the read was called, and *may count*
 * if it was called before the read returned; one of unknown outcome never counts for certain. The
 * read lies between the smallest and the largest sum of all certain adds and any of the others.
 * This is necessary for linearizability and weaker: it looks at every read alone.
 */
const shapes = {
  add: { value: wholeNumber, result: acknowledged },
  read: { value: nothing, result: wholeNumber, observes: true },
}

/**
 * One lost addition makes all later reads wrong: only so many of them are shown with all that
 * proves it.
 */
const EXPLAINED = 20

/** A counter is never read below what was certainly added, nor above what can have been. */
export const counterBounds: DirectCondition = {
  name: 'counter',
  summary: 'every read lies between the sum of the certain and of the possible additions',
  source: 'the specification of a counter, read by read',
  operations: shapes,

  unfit(history, { initial }) {
    if (initial !== undefined && !wholeNumber.accepts(initial ?? null)) {
      return `the initial value ${shown(initial)} is not a whole number`
    }
    return misfit(history, counterBounds, ['read'], 'refused')
  },

  check(history, { initial }) {
    const findings: Finding[] = []
    let reads = 0
    for (const { part, operations } of perObject(history.operations)) {
      const bounds = boundsOf(operations, typeof initial === 'number' ? initial : 0)
      reads += bounds.length
      for (const bound of bounds) {
        const { read, low, high } = bound
        const seen = read.result as number
        if (seen >= low && seen <= high) continue
        const bare = findings.length >= EXPLAINED
        const core = bare ? [] : contradiction(operations, bound)
        const sentence = seen < low ? tooLow(bound) : tooHigh(bound)
        findings.push({ sentence, operations: [...core, read.id], culprit: read.id, part, bare })
      }
    }
    return verdictOf('counter-bounds', findings, `all ${reads} reads are within their bounds`)
  },
}

interface Bound {
  readonly read: Operation
  readonly low: number
  readonly high: number
}

/**
 * Two sweeps, as the certain adds grow with the calls of the reads, the possible ones with returns.
 */
function boundsOf(operations: readonly Operation[], initial: number): readonly Bound[] {
  const adds = operations.filter((op) => op.f === 'add')
  const reads = operations.filter((op) => op.f === 'read' && op.result !== undefined)

  const certain = { up: 0, down: 0 }
  const answered = adds.filter((op) => op.result !== undefined)
  answered.sort((a, b) => a.returned - b.returned)
  let next = 0
  const certainly = reads.map((read) => {
    for (let add = answered[next]; add !== undefined && add.returned < read.called;) {
      count(certain, add)
      add = answered[++next]
    }
    return { ...certain }
  })

  const possible = { up: 0, down: 0 }
  const byReturn = reads.map((read, rank) => ({ read, rank }))
  byReturn.sort((a, b) => a.read.returned - b.read.returned)
  const bounds = new Array<Bound>(reads.length)
  next = 0
  for (const { read, rank } of byReturn) {
    for (let add = adds[next]; add !== undefined && add.called < read.returned;) {
      count(possible, add)
      add = adds[++next]
    }
    const sure = certainly[rank] ?? { up: 0, down: 0 }
    const low = initial + sure.up + possible.down
    bounds[rank] = { read, low, high: initial + possible.up + sure.down }
  }
  return bounds
}

function count(sums: { up: number; down: number }, { value }: Operation): void {
  const amount = value as number
  if (amount > 0) sums.up += amount
  else sums.down += amount
}

/**
 * The fewest certain adds that alone put the read outside its bounds: without them it would not be
 * too low even if all subtractions counted (or too high even if all additions did).
 */
function contradiction(operations: readonly Operation[], { read, low, high }: Bound): number[] {
  const seen = read.result as number
  const direction = seen < low ? 1 : -1
  const certain = operations
    .filter((op) => op.f === 'add' && op.result !== undefined && op.returned < read.called)
    .filter((op) => (op.value as number) * direction > 0)
    .sort((a, b) => direction * ((b.value as number) - (a.value as number)))
  const sum = certain.reduce((total, op) => total + (op.value as number), 0)
  let reached = (direction === 1 ? low : high) - sum
  const core: number[] = []
  for (const op of certain) {
    if (direction * (reached - seen) > 0) break
    reached += op.value as number
    core.push(op.id)
  }
  return core
}

function tooLow({ read, low }: Bound): string {
  const seen = shown(read.result ?? null)
  return `${who(read.process)} read ${seen}, but what was acknowledged before makes at least ${low}`
}

function tooHigh({ read, high }: Bound): string {
  const seen = shown(read.result ?? null)
  return `${who(read.process)} read ${seen}, but everything added until then makes at most ${high}`
}
