/** Questions about causal order: which rules are needed, and what a common order is worth. */
import { causal } from '../../checkers/causal.ts'
import { register } from '../../checkers/models/register.ts'
import type { Operation } from '../../src/core/operation.ts'
import { timeline } from '../../src/history/timeline.ts'
import { historyOf } from '../register-histories.ts'
import { everyDeeds } from '../two-registers.ts'
import { answer, question } from './check.ts'

/** Without the indentation that the drawings here have. */
const linesOf = (drawing: string): readonly string[] =>
  drawing.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.slice(2)]))

/** Which pairs of a client's operations, one before the other, are ordered. */
type Rules = (before: Operation, after: Operation) => boolean

/** As it is told: two writes, and a read before a write. */
const AS_TOLD: Rules = (_, after) => after.f === 'write'

/** All that a client does, in its order. */
const FULL: Rules = () => true

/**
 * The causal order under some rules for the operations of a client, with reads after the writes
 * that they see, closed under transitivity: rows of a table.
 */
function causalOrder(operations: readonly Operation[], rules: Rules): readonly boolean[][] {
  const order = operations.map((a) =>
    operations.map((b) => {
      const isSame = a.process === b.process && a.called < b.called && rules(a, b)
      return isSame || (b.f === 'read' && b.result !== null && isSeen(a, b))
    }),
  )
  for (const [via] of operations.entries()) {
    for (const row of order) {
      if (row[via] !== true) continue
      order[via]?.forEach((isAfter, at) => (row[at] = row[at] === true || isAfter))
    }
  }
  return order
}

const isSeen = (write: Operation, read: Operation): boolean =>
  write.f === 'write' && write.key === read.key && write.value === read.result

/** No circle, and no read of what a write in its past has overwritten. */
function isCausal(operations: readonly Operation[], rules: Rules): boolean {
  const order = causalOrder(operations, rules)
  const before = (a: number, b: number): boolean => order[a]?.[b] === true
  const places = [...operations.keys()]
  if (places.some((at) => before(at, at))) return false
  return operations.every((read, r) => {
    if (read.f !== 'read') return true
    const source = operations.findIndex((write) => isSeen(write, read))
    if (source === -1 && read.result !== null) return false
    return places.every((w) => {
      const write = operations[w]
      const overwrites = write?.f === 'write' && write.key === read.key && w !== source
      // What was there at first is overwritten by anything in the past.
      return !overwrites || !before(w, r) || (source !== -1 && !before(source, w))
    })
  })
}

const OVERWRITTEN = `
  a: [write x 1] [write x 2]
  b:                         [read x -> 2] [read x -> 1]`

/** Read after read of one client is missing from the rules, and read after write. */
export const rulesMissReads = question(
  'history',
  'by the rules as told a client may read what was overwritten by what it has read before',
  () => {
    const { operations } = timeline(OVERWRITTEN)
    const [told, full] = [AS_TOLD, FULL].map((rules) => isCausal(operations, rules))
    const said = causal.check(historyOf(operations), { model: register }).outcome
    const sentence = `by the rules as told it is ${told === true ? '' : 'not '}causal; with the \
whole order of each client it is ${full === true ? '' : 'not '}causal, and the checker says ${said}`
    const isSo = told === true && full === false && said === 'fail'
    return answer(isSo, sentence, linesOf(OVERWRITTEN))
  },
)

/** With the whole order of the clients the rules give what the checker says, on all small cases. */
export const fullOrderIsCausal = question(
  'enumeration',
  'with the whole order of each client the rules are causal consistency',
  () => {
    let [all, right, wrong, differ] = [0, 0, 0, 0]
    for (const deeds of everyDeeds()) {
      const operations = deeds.map((deed, id): Operation => {
        const times = { called: 2 * id, returned: 2 * id + 1 }
        return { ...deed, id, ...times, calledAt: undefined, returnedAt: undefined }
      })
      const meant = isCausal(operations, FULL)
      const said = causal.check(historyOf(operations), { model: register }).outcome === 'pass'
      all++
      right += Number(meant)
      wrong += Number(meant !== said)
      differ += Number(meant !== isCausal(operations, AS_TOLD))
    }
    const sentence =
      `of ${all} histories of two clients and two registers ${right} are causal, and the ` +
      `checker differs in ${wrong}; the rules as told differ in ${differ}`
    return answer(wrong === 0 && right > 0 && right < all && differ > 0, sentence)
  },
)

const COMMON_AND_WRONG = `
  a: [write x 1]
  b:              [read x -> 1] [write y 2]
  c:                                        [read y -> 2] [read x -> null]
  d:                                        [read y -> 2] [read x -> null]`

/** All readers see the two writes in the same order, which is not the causal one. */
export const commonOrderIsWrong = question(
  'history',
  'readers that see two dependent writes in the same order can all see them the wrong way round',
  () => {
    const { operations } = timeline(COMMON_AND_WRONG)
    const readers = ['c', 'd'].map((name) => {
      const [y, x] = operations.filter(({ process }) => process === name)
      return y?.result === 2 && x?.result === null ? 'y before x' : 'another order'
    })
    const isCommon = new Set(readers).size === 1
    const dependent = causalOrder(operations, FULL)[0]?.[2] === true
    const said = causal.check(historyOf(operations), { model: register })
    const sentence = `readers c and d saw: ${readers.join(', ')}; the write of y ${
      dependent
        ? 'depends'
        : 'does \
not depend'
    } on that of x; ${said.outcome === 'fail' ? said.evidence.sentence : said.outcome}`
    const isSo = isCommon && readers[0] === 'y before x' && dependent && said.outcome === 'fail'
    return answer(isSo, sentence, linesOf(COMMON_AND_WRONG))
  },
)

const WRITTEN_TWICE = `
  a: [write 1] [write 2] [write 1]
  b:   [read -> 1] [read -> 2]     [read -> 1]`

/** By values alone a reader goes back; but the value was written again. */
export const valuesComeBack = question(
  'history',
  'by values alone a reader that sees 1, 2 and 1 has gone back, although 1 was written twice',
  () => {
    const { operations } = timeline(WRITTEN_TWICE)
    const seen = operations.filter(({ f }) => f === 'read').map(({ result }) => result)
    const goesBack = seen.some((value, at) => seen.indexOf(value) < at - 1)
    const says = `values seen: ${seen.map(String).join(', ')}, which by values alone goes back`
    return answer(goesBack, says, linesOf(WRITTEN_TWICE))
  },
)

export const writtenTwice = WRITTEN_TWICE
