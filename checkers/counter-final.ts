import type { Operation } from '../src/core/operation.ts'
import { acknowledged, nothing, wholeNumber } from '../src/core/shape.ts'
import { counted, shown, who } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * A counter that is right in the end. A reader's *final read* is its last one, if it was called
 * after the last acknowledged add had returned. It must show the sum of all acknowledged adds and
 * of some of those of unknown outcome that were called before it returned. What earlier reads show
 * is not judged: nodes may learn late.
 */
export const counterFinal: DirectCondition = {
  name: 'counter-final',
  summary: 'every final read is the sum of the certain and of some of the unknown additions',
  source: "after Maelstrom's check of its counters",
  operations: {
    add: { value: wholeNumber, result: acknowledged },
    read: { value: nothing, result: wholeNumber, observes: true },
  },

  unfit(history, { initial }) {
    if (initial !== undefined && !wholeNumber.accepts(initial ?? null)) {
      return `the initial value ${shown(initial)} is not a whole number`
    }
    const misfits = misfit(history, counterFinal, ['read'], 'refused')
    if (misfits !== undefined) return misfits
    const objects = perObject(history.operations)
    return objects.some(({ operations }) => finalReads(operations).length > 0)
      ? undefined
      : 'there is no read after the last acknowledged add'
  },

  check(history, { initial }) {
    const findings: Finding[] = []
    let reads = 0
    for (const { part, operations } of perObject(history.operations)) {
      const start = typeof initial === 'number' ? initial : 0
      const adds = operations.filter(({ f }) => f === 'add')
      const sure = adds.filter(({ result }) => result !== undefined)
      const certain = sure.reduce((sum, { value }) => sum + (value as number), start)
      for (const read of finalReads(operations)) {
        reads++
        const perhaps = adds.filter((add) => add.result === undefined && add.called < read.returned)
        const missing = (read.result as number) - certain
        if (isSumOfSome(perhaps, missing)) continue
        const reader = `${who(read.process)} finally read ${shown(read.result)}`
        const sentence = `${reader}, but ${sumText(certain, perhaps)}`
        findings.push({ sentence, operations: [read.id], culprit: read.id, part })
      }
    }
    return verdictOf('counter-final', findings, `all ${counted(reads, 'final read')} are right`)
  },
}

function sumText(certain: number, perhaps: readonly Operation[]): string {
  const sum = `the acknowledged additions make ${certain}`
  if (perhaps.length === 0) return sum
  return `${sum}, and no choice of the ${perhaps.length} of unknown outcome makes up the rest`
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
  return [...last.values()].filter((op) => op.called > quiet)
}

/** So many sums are remembered; beyond that only the bounds are looked at, which is sound. */
const MOST_SUMS = 200_000

/** Whether some of the additions, each counted once or not at all, make this sum. */
function isSumOfSome(adds: readonly Operation[], sum: number): boolean {
  const values = adds.map(({ value }) => value as number)
  const total = (some: readonly number[]): number => some.reduce((all, value) => all + value, 0)
  const least = total(values.filter((value) => value < 0))
  const most = total(values.filter((value) => value > 0))
  if (sum < least || sum > most) return false
  if (most - least > MOST_SUMS) return true
  let sums = new Set([0])
  for (const value of values) sums = new Set([...sums, ...[...sums].map((one) => one + value)])
  return sums.has(sum)
}
