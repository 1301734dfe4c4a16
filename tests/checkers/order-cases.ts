import { expect } from 'vitest'
import { causalConvergence } from '../../checkers/causal-convergence.ts'
import { causalMemory } from '../../checkers/causal-memory.ts'
import { causal } from '../../checkers/causal.ts'
import type { Condition, ConditionVerdict } from '../../checkers/condition.ts'
import { lock } from '../../checkers/models/lock.ts'
import { queue } from '../../checkers/models/queue.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { stack } from '../../checkers/models/stack.ts'
import { stringMap } from '../../checkers/models/string-map.ts'
import type { Json } from '../../src/core/json.ts'
import { Meter } from '../../src/core/budget.ts'
import { readAccesses } from '../../src/linearize/order-accesses.ts'
import { clientOrder } from '../../src/linearize/order-clients.ts'
import { groupsOf } from '../../src/linearize/order-groups.ts'
import { faultInMerge } from '../../src/linearize/order-replay.ts'
import { mergeClients } from '../../src/linearize/order-search.ts'
import { decideSequential } from '../../src/linearize/order-sequential.ts'
import { schedule } from '../../src/linearize/order-schedule.ts'
import type { Model } from '../../src/core/model.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { monotonicReads } from '../../checkers/monotonic-reads.ts'
import { monotonicWrites } from '../../checkers/monotonic-writes.ts'
import { readYourWrites } from '../../checkers/read-your-writes.ts'
import { sequential } from '../../checkers/sequential.ts'
import { writesFollowReads } from '../../checkers/writes-follow-reads.ts'
import { seeded } from '../../src/core/random.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { isCausal, isSequential } from '../oracle/client-orders.ts'
import { isGuaranteed } from '../oracle/session-guarantees.ts'
import type { Deed, Shape } from './client-histories.ts'
import { historyOf, laggingHistory, problemOf, randomHistory } from './client-histories.ts'

/** The verdict; a check that breaks down fails the test as a wrong one does. */
function verdictOf(condition: Condition, history: History, seed: number, model?: Model) {
  try {
    return condition.check(history, model === undefined ? {} : { model })
  } catch (error) {
    return expect.fail(`seed ${seed}: ${condition.name} broke down: ${String(error)}`)
  }
}

/** How often each outcome came up: a comparison that sees only one side proves little. */
export type Tally = Map<string, number>

export function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1)
}

/** As `expect`, but cheap enough to be asked hundreds of thousands of times. */
function agree(actual: string | boolean, expected: string | boolean, where: string): void {
  if (actual !== expected) expect([where, actual]).toEqual([where, expected])
}

const MERGES: readonly Shape[] = [
  { operations: 8, clients: 3, keys: 2 },
  { operations: 8, clients: 3, keys: 2, cas: 20, unknown: 15 },
  { operations: 9, clients: 2, keys: 3, unknown: 10 },
  { operations: 7, clients: 3, keys: 1, cas: 30, unknown: 20 },
  { operations: 8, clients: 3, keys: 2, cas: 30, unknown: 20, refused: 30, repeated: 30 },
]

/** Sequential consistency against every merge of the clients. */
export function compareSequential(seed: number, tally: Tally): void {
  const random = seeded(seed)
  const history = random.chance(1, 4)
    ? observers(random, 8)
    : randomHistory(random, random.pick(MERGES))
  const verdict = verdictOf(sequential, history, seed, casRegister)
  const expected = isSequential(problemOf(history)) ? 'pass' : 'fail'
  agree(verdict.outcome, expected, `seed ${seed}`)
  count(tally, `${verdict.engine} ${verdict.outcome}`)
  count(tally, verdict.outcome)
  const scheduled = scheduleAlone(history)
  if (scheduled !== undefined) {
    agree(scheduled, expected, `seed ${seed}: the search without a saturated order`)
    count(tally, `search alone ${expected}`)
  }
  if (verdict.outcome !== 'fail') return
  const part = partOf(history, verdict)
  if (part !== undefined) agree(isSequential(problemOf(part)), false, `seed ${seed}: evidence`)
}

/** The guided search without the saturation before it, which would leave it little to do. */
function scheduleAlone(history: History): 'pass' | 'fail' | undefined {
  const { operations } = history
  const reading = readAccesses(operations, { initial: null, keyed: true, split: false })
  if (reading.type !== 'accesses' || reading.accesses.refused > 0) return undefined
  const { accesses } = reading
  const groups = groupsOf(accesses)
  const base = clientOrder(accesses, groups, new Meter())
  if (base.type !== 'order') return undefined
  const found = schedule({ accesses, groups, before: base.before }, new Meter())
  if (found.type !== 'order') return 'fail'
  const order = found.events.map((event) => accesses.operation[event] as number)
  agree(faultInMerge(order, problemOf(history)) ?? '', '', 'the order that was found')
  return 'pass'
}

/** Saturation with guided search, guided search alone, and the general search. */
export function compareSearches(seed: number, tally: Tally): void {
  const history = laggingHistory(seeded(seed), 24)
  const problem = problemOf(history)
  const { outcome } = decideSequential(problem, new Meter())
  agree(scheduleAlone(history) ?? 'fail', outcome, `seed ${seed}: the search without saturation`)
  const merge = mergeClients(problem, new Meter())
  agree(merge.type === 'order' ? 'pass' : 'fail', outcome, `seed ${seed}: the general search`)
  count(tally, outcome)
}

const MODELS: readonly (readonly [Model, (random: Random) => { f: string; value: Json }])[] = [
  [
    queue,
    (random) =>
      oneOf(random, [
        ['enqueue', random.int(1, 3)],
        ['dequeue', null],
      ]),
  ],
  [
    stack,
    (random) =>
      oneOf(random, [
        ['push', random.int(1, 3)],
        ['pop', null],
        ['peek', null],
      ]),
  ],
  [
    lock,
    (random) =>
      oneOf(random, [
        ['acquire', null],
        ['release', null],
      ]),
  ],
  [
    snapshot,
    (random) =>
      oneOf(random, [
        ['write', ['a', random.int(1, 3)]],
        ['read', 'a'],
        ['snapshot', null],
      ]),
  ],
  [
    stringMap,
    (random) =>
      oneOf(random, [
        ['append', 'a'],
        ['put', 'b'],
        ['get', null],
      ]),
  ],
]

function oneOf(random: Random, calls: readonly (readonly [string, Json])[]) {
  const [f, value] = random.pick(calls)
  return { f, value }
}

/** Other objects than registers: linearizable histories with calls and answers changed. */
export function compareSequentialModels(seed: number, tally: Tally): void {
  const random = seeded(seed)
  const [model, call] = random.pick(MODELS)
  const problem = randomProblem(random, { model, operations: 10, clients: 3, call, crashes: 8 })
  const wrong = random.int(1, 6)
  let { operations } = problem
  for (let i = 0; i < wrong; i++) {
    const changed = random.pick(operations)
    const { f, value } = changed
    const another = random.pick(operations)
    // Another call with the same answer, or the same call with the answer of a like one.
    const drawn = another.f === f ? { f, value, result: another.result } : call(random)
    const next = { ...changed, ...drawn }
    if (changed.result === undefined || next.result === undefined) continue
    if (model.operations[next.f]?.result.accepts(next.result) !== true) continue
    operations = operations.map((op) => (op === changed ? next : op))
  }
  const history: History = { ...historyOf([]), operations }
  const verdict = verdictOf(sequential, history, seed, model)
  const expected = isSequential({ ...problem, operations }) ? 'pass' : 'fail'
  agree(verdict.outcome, expected, `seed ${seed}: ${model.name}`)
  count(tally, verdict.outcome)
}

const SMALL: readonly Shape[] = [
  { operations: 5, clients: 3, keys: 2 },
  { operations: 5, clients: 3, keys: 1 },
  { operations: 4, clients: 2, keys: 2, cas: 25, unknown: 20 },
  { operations: 3, clients: 2, keys: 1, cas: 60, unknown: 30 },
]
const LARGER: readonly Shape[] = [
  { operations: 6, clients: 3, keys: 1 },
  { operations: 7, clients: 2, keys: 2 },
  { operations: 4, clients: 2, keys: 1, cas: 50, unknown: 30 },
]
const CAUSAL = [
  [causal, 'causal'],
  [causalConvergence, 'convergence'],
  [causalMemory, 'memory'],
] as const

/** The causal conditions against every causal order. */
export function compareCausal(seed: number, tally: Tally, size: 'small' | 'larger'): void {
  const random = seeded(seed)
  const [most, shapes] = size === 'small' ? [5, SMALL] : ([6, LARGER] as const)
  const history = random.chance(1, 2)
    ? observers(random, most)
    : randomHistory(random, random.pick(shapes))
  if (causal.unfit(history, {}) !== undefined) return
  for (const [condition, kind] of CAUSAL) {
    const verdict = verdictOf(condition, history, seed)
    const expected = isCausal(history.operations, kind) ? 'pass' : 'fail'
    agree(verdict.outcome, expected, `seed ${seed}: ${kind}`)
    count(tally, `${kind} ${expected}`)
    if (verdict.outcome !== 'fail') continue
    const pattern = /\((\w+)\)$/.exec(verdict.evidence.sentence)?.[1] ?? 'ThinAirRead'
    count(tally, `${kind} ${pattern}`)
    const part = partOf(history, verdict)
    if (part === undefined) continue
    agree(isCausal(part.operations, kind), false, `seed ${seed}: evidence of ${kind}`)
  }
}

const SESSIONS: readonly Shape[] = [
  { operations: 8, clients: 3, keys: 2 },
  { operations: 8, clients: 2, keys: 1 },
  { operations: 9, clients: 3, keys: 2, cas: 20, unknown: 15 },
]
const GUARANTEES = [
  [readYourWrites, 'read-your-writes'],
  [monotonicReads, 'monotonic-reads'],
  [monotonicWrites, 'monotonic-writes'],
  [writesFollowReads, 'writes-follow-reads'],
] as const

/** The session guarantees against their definitions, over all tuples of operations. */
export function compareSessions(seed: number, tally: Tally): void {
  const random = seeded(seed)
  const history = random.chance(1, 2)
    ? observers(random, 9)
    : randomHistory(random, random.pick(SESSIONS))
  if (causal.unfit(history, {}) !== undefined) return
  for (const [condition, name] of GUARANTEES) {
    const verdict = verdictOf(condition, history, seed)
    const expected = isGuaranteed(history.operations, name) ? 'pass' : 'fail'
    agree(verdict.outcome, expected, `seed ${seed}: ${name}`)
    count(tally, `${name} ${expected}`)
    if (verdict.outcome !== 'fail') continue
    const part = partOf(history, verdict)
    if (part === undefined) continue
    agree(isGuaranteed(part.operations, name), false, `seed ${seed}: evidence of ${name}`)
  }
}

/** The operations that are the evidence, as a history of their own. */
function partOf(
  history: History,
  verdict: ConditionVerdict & { outcome: 'fail' },
): History | undefined {
  const { operations, culprit } = verdict.evidence
  const ids = new Set(operations)
  agree(operations.join(), [...ids].sort((a, b) => a - b).join(), 'ids in order')
  agree(culprit !== undefined && ids.has(culprit), true, 'the culprit is one of them')
  const part = history.operations.filter(({ id }) => ids.has(id))
  // Of a compare-and-set, only one half may be part of the evidence.
  return part.some(({ f }) => f === 'cas') ? undefined : { ...history, operations: part }
}

/** Writers that sometimes look around first, and readers of what there is: where views differ. */
function observers(random: Random, most: number): History {
  const total = random.int(Math.min(4, most), most)
  const keys = random.int(1, 2)
  const writes = random.int(2, Math.max(2, total - 3))
  const plan = Array.from({ length: total }, (_, i) => ({
    client: i < writes ? random.int(0, 2) : random.int(0, 3),
    key: `k${random.int(1, keys)}`,
    writes: i < writes,
    value: i + 1,
  }))
  const shuffled = random.chance(1, 2) ? plan : random.shuffle(plan)
  const result = shuffled.map(({ client, key, writes: isWrite, value }): Deed => {
    const seen = plan
      .filter((other) => other.writes && other.key === key)
      .map((other) => other.value)
    const result = random.chance(1, 8) || seen.length === 0 ? null : random.pick(seen)
    return isWrite
      ? { client, key, f: 'write', value, result: null }
      : { client, key, f: 'read', value: null, result }
  })
  return historyOf(result)
}
