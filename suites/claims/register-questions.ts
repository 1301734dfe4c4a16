/** Questions about registers that are answered by looking at all small cases. */
import { atomic } from '../../checkers/atomic.ts'
import { decideParts } from '../../checkers/decide-parts.ts'
import { register } from '../../checkers/models/register.ts'
import type { Operation } from '../../src/core/operation.ts'
import { precedes } from '../../src/core/operation.ts'
import { UserError } from '../../src/core/user-error.ts'
import { counted } from '../../src/core/wording.ts'
import { Pairing } from '../../src/history/pair-events.ts'
import { historyOf, oneWriterHistories } from '../register-histories.ts'
import { answer, question } from './check.ts'
import { everySpans, intervalOrders, operationAt, precedenceOf } from './interval-orders.ts'
import { remembered } from './remembered.ts'
import type { ReadRule } from './register-definitions.ts'
import { isOrdered, keeps, momentsOf, regularRead, safeRead } from './register-definitions.ts'

/** All that one client can do in so many operations, with all answers. */
const DEEDS = [
  ...[0, 1, 2].map((value) => ({ f: 'write', value, result: null })),
  ...[0, 1, 2].map((result) => ({ f: 'read', value: null, result })),
]

function deedAt(number: number): (typeof DEEDS)[number] {
  return DEEDS[number % DEEDS.length] ?? { f: 'read', value: null, result: 0 }
}

/** The register that the checkers know, against a variable that holds 0 at first. */
export const isVariable = question(
  'enumeration',
  'one client alone sees a variable that holds 0 at first',
  () => {
    let [all, right, wrong] = [0, 0, 0]
    for (let program = 0; program < DEEDS.length ** 4; program++) {
      const operations = [0, 1, 2, 3].map((at) =>
        operationAt(
          at,
          { called: 2 * at, returned: 2 * at + 1 },
          {
            process: 0,
            ...deedAt(Math.floor(program / DEEDS.length ** at)),
          },
        ),
      )
      let variable: unknown = 0
      const isRight = operations.every(({ f, value, result }) => {
        if (f === 'write') variable = value
        return f === 'write' || result === variable
      })
      all++
      right += Number(isRight)
      wrong += Number(isLinearizable(operations) !== isRight)
    }
    const sentence =
      `of all ${all.toLocaleString('en-US')} ways to make 4 operations on the values 0 to 2, ` +
      `${right.toLocaleString('en-US')} are right, and the model differs in ${wrong}`
    return answer(wrong === 0 && right > 0 && right < all, sentence)
  },
)

/** Is there an order that real time allows, by the general search? */
export function isLinearizable(operations: readonly Operation[]): boolean {
  const history = historyOf(operations)
  return decideParts(history.operations, register, { initial: 0 }).every(
    ({ decision }) => decision.outcome === 'pass',
  )
}

/** Which sequences of calls and returns of one process make a history. */
export const isOneAtATime = question(
  'enumeration',
  'a process that calls before its call returned is refused, and others are not',
  () => {
    let [accepted, refused, wrong] = [0, 0, 0]
    for (let code = 0; code < 2 ** 6; code++) {
      const types = [0, 1, 2, 3, 4, 5].map((at) =>
        (code >> at) & 1 ? ('ok' as const) : ('invoke' as const),
      )
      const alternates = types.every((type, at) => type === (at % 2 === 0 ? 'invoke' : 'ok'))
      const taken = isTaken(types)
      accepted += Number(taken)
      refused += Number(!taken)
      wrong += Number(taken !== alternates)
    }
    const sentence =
      `of all ${accepted + refused} sequences of 6 calls and returns ${accepted} is taken, ` +
      `in which calls and returns alternate, and ${refused} are refused`
    return answer(wrong === 0 && accepted === 1, sentence)
  },
)

function isTaken(types: readonly ('invoke' | 'ok')[]): boolean {
  const pairing = new Pairing({ source: 'enumerated' })
  try {
    for (const type of types) pairing.push({ process: 0, type, f: 'read', value: null })
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

const PAIRS = 4

/** Precedence is an interval order (Fishburn 1970): transitive, and without two separate pairs. */
export const isIntervalOrder = question(
  'enumeration',
  'precedence is a partial order in which no two pairs stand apart, and any such order occurs',
  () => {
    const orders = intervalOrders(PAIRS)
    const found = new Set(orders.map((spans) => precedenceOf(spans).map(Number).join('')))
    let [partial, apart, wrong] = [0, 0, 0]
    for (const relation of partialOrders(PAIRS)) {
      const standsApart = hasTwoPairs(relation)
      partial++
      apart += Number(standsApart)
      wrong += Number(found.has(relation.map(Number).join('')) === standsApart)
    }
    let disagree = 0
    for (const spans of everySpans(3)) {
      const operations = spans.map((span, id) =>
        operationAt(id, span, { process: id, f: 'read', value: null, result: 0 }),
      )
      const told = operations.flatMap((a) => operations.map((b) => precedes(a, b)))
      disagree += Number(told.join() !== precedenceOf(spans).join())
    }
    const sentence =
      `4 operations can precede each other in ${found.size} ways, which are the ${partial} ` +
      `partial orders but for the ${apart} with two pairs of which neither says anything ` +
      `of the other; ${disagree} differences from what the checkers call precedence`
    const isSo = wrong === 0 && disagree === 0 && found.size === partial - apart && apart > 0
    return answer(isSo, sentence)
  },
)

/** All strict partial orders, as rows of a table. */
function* partialOrders(size: number): Generator<readonly boolean[]> {
  const places = [...new Array(size * size).keys()].filter((at) => at % size !== (at / size) >> 0)
  for (let code = 0; code < 2 ** places.length; code++) {
    const relation = new Array<boolean>(size * size).fill(false)
    places.forEach((place, at) => (relation[place] = ((code >> at) & 1) === 1))
    if (isTransitive(relation, size)) yield relation
  }
}

function isTransitive(relation: readonly boolean[], size: number): boolean {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      if (relation[a * size + b] !== true) continue
      if (relation[b * size + a] === true) return false
      for (let c = 0; c < size; c++) {
        if (relation[b * size + c] === true && relation[a * size + c] !== true) return false
      }
    }
  }
  return true
}

/** a before b and c before d, and nothing else is said of these four. */
function hasTwoPairs(relation: readonly boolean[]): boolean {
  const size = Math.sqrt(relation.length)
  const pairs = [...relation.keys()]
    .filter((at) => relation[at] === true)
    .map((at) => [Math.floor(at / size), at % size] as const)
  return pairs.some(([a, b]) =>
    pairs.some(
      ([c, d]) =>
        new Set([a, b, c, d]).size === 4 &&
        relation[a * size + d] !== true &&
        relation[c * size + b] !== true,
    ),
  )
}

/** How often readings of 'the last write' differ from each other, and an example. */
export function isAmbiguous(rules: Readonly<Record<string, ReadRule>>) {
  const readings = Object.entries({ ...rules, safe: safeRead, regular: regularRead })
  return question(
    'enumeration',
    'what the last write is, is not said where a read overlaps a write',
    () => {
      const counts = new Map(readings.map(([name]) => [name, 0]))
      /** Every two readings that some history tells apart. */
      const apart = new Set<string>()
      let [all, differ] = [0, 0]
      const shown: string[] = []
      for (const operations of oneWriterHistories(2, 2)) {
        const held = readings.filter(([, rule]) => keeps(rule, operations)).map(([name]) => name)
        const others = readings.map(([name]) => name).filter((name) => !held.includes(name))
        all++
        for (const name of held) counts.set(name, (counts.get(name) ?? 0) + 1)
        for (const name of held) for (const other of others) apart.add([name, other].sort().join())
        if (held.length === 0 || others.length === 0) continue
        differ++
        if (shown.length > 0 || !held.includes('last ended')) continue
        shown.push(momentsOf(operations))
        shown.push(`is right as ${held.join(', ')}, and wrong as ${others.join(', ')}`)
      }
      const each = [...counts].map(([name, count]) => `${name}: ${count}`).join(', ')
      const sentence =
        `of the ${counted(all, 'history', 'histories')} of 2 writes and 2 reads each reading ` +
        `accepts others (${each}); in ${differ.toLocaleString('en-US')} they disagree`
      const pairs = (readings.length * (readings.length - 1)) / 2
      return answer(apart.size === pairs, sentence, shown)
    },
  )
}

export const readsOf = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(({ f }) => f === 'read')

/** The order of two reads alone is kept by a register that always returns what it held at first. */
export const isNotEnoughAlone = question(
  'enumeration',
  'no older value after a newer one: that alone is kept by histories that are not linearizable',
  () => {
    let [ordered, strange, frozen] = [0, 0, 0]
    let shown: readonly string[] = []
    for (const operations of oneWriterHistories(2, 2)) {
      const reads = readsOf(operations)
      if (!isOrdered(reads)) continue
      ordered++
      if (isLinearizable(operations)) continue
      strange++
      const neverChanges = reads.every(({ result }) => result === 0)
      frozen += Number(neverChanges)
      if (neverChanges && shown.length === 0) shown = [momentsOf(operations)]
    }
    const sentence =
      `${ordered} histories of 2 writes and 2 reads keep the condition, and ${strange} of them ` +
      `are not linearizable; in ${frozen} of these every read returns what was there at first`
    return answer(strange > 0 && frozen > 0, sentence, shown)
  },
)

/** Two writers, two readers, one write perhaps unanswered: the definition of linearizability. */
export const isDefinition = question(
  'enumeration',
  'the checker of linearizability says what trying all orders says, with several writers',
  remembered(() => {
    const counts = { all: 0, right: 0, wrong: 0, dropped: 0, atomics: 0 }
    for (const spans of intervalOrders(4)) {
      for (let code = 0; code < 2 * 9; code++) {
        const operations = manyWriters(spans, code)
        const history = historyOf(operations)
        const said = isLinearizable(operations)
        const [meant, needsAll] = tryAllOrders(history.operations)
        counts.all++
        counts.right += Number(meant)
        counts.wrong += Number(said !== meant)
        counts.dropped += Number(meant && !needsAll)
        const outcome = atomic.check(history, { model: register, initial: 0 }).outcome
        counts.atomics += Number((outcome === 'pass') !== meant)
      }
    }
    const { all, right, wrong, dropped, atomics } = counts
    const sentence =
      `${right.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} histories of 2 writers ` +
      `and 2 readers are linearizable; the checker of linearizability differs in ${wrong}, ` +
      `that of atomic registers in ${atomics}; in ${dropped} an unanswered write took effect`
    const isSo = wrong === 0 && atomics === 0 && right > 0 && right < all && dropped > 0
    return answer(isSo, sentence)
  }),
)

/** Writes of 1 and 2 by two processes, reads by two others; the code says what was answered. */
function manyWriters(
  spans: readonly { readonly called: number; readonly returned: number }[],
  code: number,
): readonly Operation[] {
  return spans.map((span, id) => {
    if (id === 0) return operationAt(id, span, write(1, code < 9))
    if (id === 1) return operationAt(id, span, write(2, true))
    const result = Math.floor(code / 3 ** (id - 2)) % 3
    return operationAt(id, span, { process: id, f: 'read', value: null, result })
  })
}

const write = (value: number, answered: boolean) => ({
  process: value,
  f: 'write',
  value,
  result: answered ? null : undefined,
})

/** Whether some order is right: with or without what never returned, and without it. */
export function tryAllOrders(operations: readonly Operation[]): readonly [boolean, boolean] {
  const done = operations.filter(({ returned }) => returned !== Infinity)
  const without = someOrder(done)
  return [without || someOrder(operations), without]
}

function someOrder(operations: readonly Operation[], order: readonly Operation[] = []): boolean {
  if (order.length === operations.length) return isSequentiallyRight(order)
  const left = operations.filter((operation) => !order.includes(operation))
  return left.some(
    (next) =>
      left.every((other) => !precedes(other, next)) && someOrder(operations, [...order, next]),
  )
}

function isSequentiallyRight(order: readonly Operation[]): boolean {
  let held: unknown = 0
  return order.every(({ f, value, result }) => {
    if (f === 'write') held = value
    return f === 'write' || result === held
  })
}
