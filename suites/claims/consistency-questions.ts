/** Questions about conditions on histories, answered by looking at all small histories. */
import { conditionNamed } from '../../checkers/conditions.ts'
import { regular } from '../../checkers/regular.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { register } from '../../checkers/models/register.ts'
import type { Json } from '../../src/core/json.ts'
import { sameJson } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { precedes } from '../../src/core/operation.ts'
import { counted } from '../../src/core/wording.ts'
import { timeline } from '../../src/history/timeline.ts'
import { historyOf, oneWriterHistories } from '../register-histories.ts'
import type { Deed } from '../two-registers.ts'
import { deedText, everyDeeds, isSequential } from '../two-registers.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { everySpans, intervalOrders, operationAt } from './interval-orders.ts'
import { keeps, lastBefore, momentsOf } from './register-definitions.ts'
import { isLinearizable, tryAllOrders } from './register-questions.ts'
import { remembered } from './remembered.ts'

/** What a client can do with two cells, with some of the answers. */
const CELL_DEEDS: readonly (readonly [f: string, value: Json, results: readonly Json[]])[] = [
  ['write', ['u1', 5], [null]],
  ['write', ['u2', 7], [null]],
  ['read', 'u1', [null, 5]],
  ['read', 'u2', [null, 7]],
  ['snapshot', null, [{}, { u1: 5 }, { u2: 7 }, { u1: 5, u2: 7 }]],
]

/** The memory with snapshots that the checkers know, against a map. */
export const isMap = question(
  'enumeration',
  'one client alone sees a map that starts empty, and a snapshot is the whole of it',
  () => {
    let [all, right, wrong] = [0, 0, 0]
    for (const program of programs(4)) {
      const map = new Map<string, Json>()
      let state = snapshot.initial()
      let [isRight, isTaken] = [true, true]
      for (const { f, value, result } of program) {
        const [cell, content] = cellOf(value)
        const seen = f === 'snapshot' ? Object.fromEntries(map) : (map.get(cell) ?? null)
        if (f === 'write') map.set(cell, content)
        else isRight &&= sameJson(seen, result)
        const step = snapshot.step(state, { f, value, process: 0 })[0]
        isTaken &&= step !== undefined && (f === 'write' || sameJson(step.result, result))
        state = step?.state ?? state
      }
      all++
      right += Number(isRight)
      wrong += Number(isRight !== isTaken)
    }
    const sentence =
      `of ${all.toLocaleString('en-US')} programs of 4 operations with their answers ` +
      `${right.toLocaleString('en-US')} are right, and the model differs in ${wrong}`
    return answer(wrong === 0 && right > 0 && right < all, sentence)
  },
)

/** The name of a cell, and what is written there. */
function cellOf(value: Json): readonly [string, Json] {
  const [cell, content = null] = (Array.isArray(value) ? value : [value]) as readonly Json[]
  return [typeof cell === 'string' ? cell : '', content]
}

interface Done {
  readonly f: string
  readonly value: Json
  readonly result: Json
}

function* programs(length: number): Generator<readonly Done[]> {
  if (length === 0) {
    yield []
    return
  }
  for (const before of programs(length - 1)) {
    for (const [f, value, results] of CELL_DEEDS) {
      for (const result of results) yield [...before, { f, value, result }]
    }
  }
}

/** Two clients with two operations each: both orders, in all ways to interleave them. */
export const twoOrders = question(
  'enumeration',
  'both orders of an execution are partial, and that of real time contains that of the clients',
  () => {
    let [all, wrong, partial] = [0, 0, 0]
    for (const spans of everySpans(4)) {
      const operations = spans.map((span, id) =>
        operationAt(id, span, { process: id >> 1, f: 'read', value: null, result: 0 }),
      )
      const [a, b, c, d] = operations as [Operation, Operation, Operation, Operation]
      if (!precedes(a, b) || !precedes(c, d)) continue
      const order = (x: Operation, y: Operation): boolean => precedes(x, y)
      all++
      wrong += Number(operations.some((x) => order(x, x)))
      wrong += Number(
        operations.some((x) =>
          operations.some((y) =>
            operations.some((z) => order(x, y) && order(y, z) && !order(x, z)),
          ),
        ),
      )
      partial += Number([a, b].some((x) => [c, d].some((y) => !order(x, y) && !order(y, x))))
    }
    const sentence =
      `of ${all} interleavings of 2 clients with 2 operations each all keep the order of the ` +
      `clients; in ${partial} some operations of different clients are not ordered by real time`
    return answer(all > 0 && wrong === 0 && partial > 0 && partial < all, sentence)
  },
)

const UNANSWERED = `
  a: [write 1
  b:          [read -> 1]`

/** Read literally, only what was answered can be in the order. */
export const unansweredMatters = question(
  'history',
  'with the answered operations alone no order explains a read of a write that never returned',
  () => {
    const { operations } = timeline(UNANSWERED)
    const [either, without] = tryAllOrders(operations)
    const said = isLinearizable(operations)
    const sentence =
      `without the write the read ${without ? 'is' : 'is not'} explained, with it it ` +
      `${either ? 'is' : 'is not'}; the checker says ${said ? 'linearizable' : 'not linearizable'}`
    return answer(either && !without && said, sentence, UNANSWERED.trim().split('\n'))
  },
)

/** The most recent write, by several writers: the last that returned, if there is one such. */
export const mostRecentIsUndefined = question(
  'enumeration',
  'the most recent write is not defined for writes that overlap, and too strict for reads that do',
  () => {
    const counts = { linearizable: 0, undefinedFor: 0, refused: 0 }
    let shown: readonly string[] | undefined
    for (const spans of intervalOrders(4)) {
      for (let code = 0; code < 9; code++) {
        const operations = spans.map((span, id): Operation => {
          if (id < 2)
            return operationAt(id, span, { process: id, f: 'write', value: id + 1, result: null })
          const result = Math.floor(code / 3 ** (id - 2)) % 3
          return operationAt(id, span, { process: id, f: 'read', value: null, result })
        })
        if (!isLinearizable(operations)) continue
        counts.linearizable++
        const recent = operations.slice(2).map((read) => mostRecent(read, operations.slice(0, 2)))
        if (recent.includes(undefined)) counts.undefinedFor++
        else if (recent.some((value, at) => operations[at + 2]?.result !== value)) {
          counts.refused++
          shown ??= [momentsOf(operations)]
        }
      }
    }
    const { linearizable, undefinedFor, refused } = counts
    const sentence =
      `of ${linearizable} linearizable histories of 2 writers, 2 readers the rule says nothing ` +
      `about ${undefinedFor}, as the last two writes overlap, and refuses ${refused}`
    return answer(undefinedFor > 0 && refused > 0, sentence, shown)
  },
)

/** Of the writes before a read the one that all others precede; 0 if there is none at all. */
function mostRecent(read: Operation, writes: readonly Operation[]): Json | undefined {
  const before = writes.filter((write) => precedes(write, read))
  if (before.length === 0) return 0
  return before.find((write) => before.every((other) => other === write || precedes(other, write)))
    ?.value
}

/** The checker of sequential consistency against trying all merges of two clients. */
export const isMerge = question(
  'enumeration',
  'a history is sequential exactly if some merge of what the clients did is right',
  () => {
    let [all, right, wrong] = [0, 0, 0]
    for (const deeds of everyDeeds()) {
      const [a, b, c, d] = deeds as [Deed, Deed, Deed, Deed]
      const merges = [
        [a, b, c, d],
        [a, c, b, d],
        [a, c, d, b],
        [c, a, b, d],
        [c, a, d, b],
        [c, d, a, b],
      ]
      const meant = merges.some(isRight)
      all++
      right += Number(meant)
      wrong += Number(isSequential(deeds) !== meant)
    }
    const sentence =
      `of ${all} histories of 2 clients with 2 operations each on 2 registers ${right} are ` +
      `sequential, and the checker differs in ${wrong}`
    return answer(wrong === 0 && right > 0 && right < all, sentence)
  },
)

function isRight(order: readonly Deed[]): boolean {
  const held = new Map<Json | undefined, Json>()
  return order.every(({ f, key, value, result }) => {
    if (f === 'write') held.set(key, value)
    return f === 'write' || (held.get(key) ?? null) === result
  })
}

/** Each address by itself against all of them together. */
export const eachAddressIsLess = question(
  'enumeration',
  'all nodes can see the writes of each address in one order, and no order explains all together',
  () => {
    let [all, each, whole, broken] = [0, 0, 0, 0]
    let shown: readonly string[] | undefined
    for (const deeds of everyDeeds()) {
      const isWhole = isSequential(deeds)
      const isEach = ['x', 'y'].every((key) =>
        isSequential(deeds.filter((deed) => deed.key === key)),
      )
      all++
      each += Number(isEach)
      whole += Number(isWhole)
      broken += Number(isWhole && !isEach)
      if (isEach && !isWhole) shown ??= deeds.map(deedText)
    }
    const sentence =
      `of ${all} histories of two clients and two registers ${each} are sequential register by ` +
      `register and ${whole} as a whole; what is so as a whole is so for each but in ${broken}`
    return answer(broken === 0 && each > whole && whole > 0, sentence, shown)
  },
)

/** Once an update has completed each access returns it, or what is written later. */
export const afterCompletion = question(
  'enumeration',
  'that is a regular register: it admits histories that are not linearizable',
  () => {
    let [all, kept, wrong, strange] = [0, 0, 0, 0]
    let shown: readonly string[] | undefined
    for (const operations of oneWriterHistories(2, 2)) {
      const isKept = keeps((read, writes) => {
        const begun = writes.filter((write) => !precedes(read, write)).length
        return Number(read.result) >= lastBefore(read, writes) && Number(read.result) <= begun
      }, operations)
      all++
      kept += Number(isKept)
      const isRegular = regular.check(historyOf(operations), { initial: 0 }).outcome === 'pass'
      wrong += Number(isRegular !== isKept)
      if (!isKept || isLinearizable(operations)) continue
      strange++
      shown ??= [momentsOf(operations)]
    }
    const sentence =
      `${kept} of ${counted(all, 'history', 'histories')} of 2 writes and 2 reads keep it, the ` +
      `same as are regular (${wrong} differ); ${strange} of them are not linearizable`
    return answer(wrong === 0 && strange > 0, sentence, shown)
  },
)

/** From strong to weak: what is linearizable in real time is left to another entry. */
const CHAIN = ['sequential', 'causal-memory', 'causal', 'read-your-writes']
const SESSIONS = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']

/** Every small history, with the conditions that it meets. */
const judged = remembered(() => {
  const names = [...new Set([...CHAIN, ...SESSIONS, 'causal-convergence'])]
  return [...everyDeeds()].map((deeds) => ({
    deeds,
    holds: new Set(names.filter((name) => meets(name, deeds))),
  }))
})

/** How many small histories each condition accepts, and which implications fail. */
export const eachIsStronger: Question = question(
  'enumeration',
  'sequential implies causal memory, and that all four session guarantees, and none the other way',
  () => {
    const counts = new Map([...CHAIN, ...SESSIONS].map((name) => [name, 0]))
    let broken = 0
    for (const { holds } of judged()) {
      for (const name of counts.keys()) {
        counts.set(name, (counts.get(name) ?? 0) + Number(holds.has(name)))
      }
      broken += Number(holds.has('sequential') && !holds.has('causal-memory'))
      const follows = ['causal', ...SESSIONS].every((name) => holds.has(name))
      broken += Number(holds.has('causal-memory') && !follows)
    }
    const all = judged().length
    const text = [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
    const sentence =
      `of ${all} histories of two clients and two registers hold: ${text}; ` +
      `${broken} implications fail`
    const [first = 0, second = 0, ...rest] = counts.values()
    return answer(broken === 0 && first < second && rest.every((count) => count < all), sentence)
  },
)

function meets(name: string, deeds: readonly Deed[]): boolean {
  const operations = deeds.map((deed, id): Operation => {
    const times = { called: 2 * id, returned: 2 * id + 1 }
    return { ...deed, id, ...times, calledAt: undefined, returnedAt: undefined }
  })
  const { check } = conditionNamed(name)
  return check(historyOf(operations), { model: register }).outcome === 'pass'
}

/** Every weak condition demands something, and each admits what is not linearizable. */
export const weakOnesDiffer = question(
  'enumeration',
  'each weak condition refuses some histories and accepts some that are not sequential',
  () => {
    const names = ['causal-memory', 'causal-convergence', 'causal', ...SESSIONS]
    const strange = new Map(names.map((name) => [name, 0]))
    const refused = new Map(names.map((name) => [name, 0]))
    let shown: readonly string[] | undefined
    for (const { deeds, holds } of judged()) {
      if (holds.has('sequential')) continue
      for (const name of names) {
        const counts = holds.has(name) ? strange : refused
        counts.set(name, (counts.get(name) ?? 0) + 1)
        if (holds.has(name)) shown ??= deeds.map(deedText)
      }
    }
    const text = names.map(
      (name) => `${name} accepts ${strange.get(name) ?? 0} and refuses ${refused.get(name) ?? 0}`,
    )
    const isSo = [...strange.values(), ...refused.values()].every((count) => count > 0)
    return answer(isSo, `of histories that are not sequential: ${text.join(', ')}`, shown)
  },
)
