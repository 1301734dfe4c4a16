/**
 * The registers with one writer as lectures define them, word by word and slowly, over all small
 * histories: what the checkers decide is held against it.
 */
import type { Operation } from '../../src/core/operation.ts'
import { precedes } from '../../src/core/operation.ts'
import type { Condition } from '../../checkers/condition.ts'
import { counted, shown } from '../../src/core/wording.ts'
import { historyOf, oneWriterHistories, registerSizes } from '../register-histories.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'

/** Whether a read may return what it did. Value `n` is that of the n-th write, 0 is the first. */
export type ReadRule = (read: Operation, writes: readonly Operation[]) => boolean

/** The last write that had ended before the read began. */
export const lastBefore = (read: Operation, writes: readonly Operation[]): number =>
  writes.filter((write) => precedes(write, read)).length

const overlapping = (read: Operation, writes: readonly Operation[]): readonly Operation[] =>
  writes.filter((write) => !precedes(write, read) && !precedes(read, write))

/** The last preceding write if no write overlaps, else anything that may be stored. */
export const safeRead: ReadRule = (read, writes) =>
  overlapping(read, writes).length > 0 || read.result === lastBefore(read, writes)

/** The last preceding write, or one that overlaps. */
export const regularRead: ReadRule = (read, writes) =>
  read.result === lastBefore(read, writes) ||
  overlapping(read, writes).some(({ value }) => value === read.result)

/** By the letter: 'the last write' is the last that had ended before the read began. */
export const lastEnded: ReadRule = (read, writes) => read.result === lastBefore(read, writes)

/** By the letter as well: 'the last write' is the last that had begun before the read ended. */
export const lastBegun: ReadRule = (read, writes) =>
  read.result === writes.filter((write) => !precedes(read, write)).length

/** If a read returns a value and a later read another one, the write of this is not the older. */
export function isOrdered(reads: readonly Operation[]): boolean {
  return reads.every((early) =>
    reads.every((late) => !precedes(early, late) || Number(early.result) <= Number(late.result)),
  )
}

/** As registers are defined, and as lectures do. */
export function keeps(rule: ReadRule, operations: readonly Operation[]): boolean {
  const writes = operations.filter(({ f }) => f === 'write')
  return operations.every((operation) => operation.f === 'write' || rule(operation, writes))
}

/** The one of three values that each history can have: every one of up to 3 writes and reads. */
export function* everyHistory(): Generator<readonly Operation[]> {
  for (const [writes, reads] of registerSizes) yield* oneWriterHistories(writes, reads)
}

/** Whether a checker says what the definition says, history by history. */
export function decidedAs(
  { name, check }: Condition,
  definition: (operations: readonly Operation[]) => boolean,
  histories: () => Iterable<readonly Operation[]> = everyHistory,
): Question {
  return question(
    'enumeration',
    `the checker of ${name} registers says what the definition says`,
    () => {
      let [all, within, wrong] = [0, 0, 0]
      for (const operations of histories()) {
        const said = check(historyOf(operations), { initial: 0 }).outcome === 'pass'
        const meant = definition(operations)
        all++
        within += Number(meant)
        wrong += Number(said !== meant)
      }
      const sentence =
        `${within.toLocaleString('en-US')} of ${counted(all, 'history', 'histories')} ` +
        `are ${name}, and the checker differs in ${wrong}`
      return answer(wrong === 0 && within > 0 && within < all, sentence)
    },
  )
}

/** `w1 begins, r1 begins, w1 ends, r1 ends (0)` */
export function momentsOf(operations: readonly Operation[]): string {
  const names = new Map<Operation, string>()
  for (const f of ['write', 'read']) {
    operations
      .filter((operation) => operation.f === f)
      .forEach((operation, at) => names.set(operation, `${f} ${at + 1}`))
  }
  const moments = operations.flatMap((operation) => {
    const name = names.get(operation) ?? ''
    const told = operation.f === 'read' ? ` with ${shown(operation.result)}` : ''
    return [
      [operation.called, `${name} begins`],
      [operation.returned, `${name} ends${told}`],
    ] as const
  })
  return moments
    .toSorted(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join(', ')
}
