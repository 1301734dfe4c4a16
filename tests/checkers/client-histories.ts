import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation, Process } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import type { History } from '../../src/history/history.ts'

/** What a client did: `w` a write, `r` a read, `c` a compare-and-set; `unknown` has no answer. */
export interface Deed {
  readonly client: Process
  readonly f: string
  readonly key?: Json
  readonly value: Json
  readonly result: Json | undefined
}

/** A history in which real time says nothing: the deeds one after the other. */
export function historyOf(deeds: readonly Deed[]): History {
  const operations = deeds.map(({ client, f, key, value, result }, id): Operation => ({
    id,
    process: client,
    f,
    key,
    value,
    result,
    called: 2 * id,
    returned: result === undefined ? Infinity : 2 * id + 1,
    calledAt: undefined,
    returnedAt: undefined,
  }))
  const events = deeds.length * 2
  return { source: 'test', operations, failed: [], faults: [], events, skipped: 0 }
}

/** `0: w x 1; 1: r x 1; 1: c x 1 2; 1: c x 2 3 false; 0: w x 4 ?` where `?` means no answer. */
export function deeds(text: string): History {
  return historyOf(
    text.split(';').map((part): Deed => {
      const [client = '', op, key = '', ...rest] = part.trim().split(/[: ]+/)
      const unknown = rest.at(-1) === '?'
      const values = rest
        .filter((word) => word !== '?')
        .map((word): Json => (word === '-' ? null : (JSON.parse(word) as Json)))
      const base = { client: Number(client), key }
      const answer = <Answer extends Json>(result: Answer) => (unknown ? undefined : result)
      if (op === 'w') return { ...base, f: 'write', value: values[0] ?? null, result: answer(null) }
      if (op === 'r') return { ...base, f: 'read', value: null, result: answer(values[0] ?? null) }
      const [from = null, to = null, done = true] = values
      return { ...base, f: 'cas', value: [from, to], result: answer(done) }
    }),
  )
}

export interface Shape {
  readonly operations: number
  readonly clients: number
  readonly keys: number
  /**
   * Of a hundred: compare-and-sets, unknown outcomes, refused compare-and-sets, repeated values.
   */
  readonly cas?: number
  readonly unknown?: number
  readonly refused?: number
  readonly repeated?: number
}

/**
 * What clients did, at random. Half of the time, reads return anything that anybody writes to the
 * key, else what one of two replicas holds, to which writes come late or never: so that every
 * condition holds for many of them and fails for many.
 */
export function randomHistory(random: Random, shape: Shape): History {
  const total = random.int(1, shape.operations)
  const percent = (share = 0) => random.int(1, 100) <= share
  const planned = Array.from({ length: total }, (_, i) => ({
    client: random.int(0, shape.clients - 1),
    key: random.int(0, shape.keys - 1),
    kind: percent(shape.cas) ? 'cas' : random.chance(1, 2) ? 'write' : 'read',
    target: percent(shape.repeated) ? random.int(1, total) : i + 1,
  }))
  const replicas = [new Map<number, Json>(), new Map<number, Json>()]
  const wild = random.chance(1, 2)
  const names = Array.from({ length: shape.clients }, (_, client) => client)
  let nextName = shape.clients
  const result: Deed[] = []
  for (const { client, key, kind, target } of planned) {
    const replica = random.pick(replicas)
    const written = planned.filter((plan) => plan.key === key && plan.kind !== 'read')
    const anything = [null, ...written.map((plan) => plan.target)]
    const guess = percent(2) ? total + 1 : random.pick(anything)
    const found = wild || percent(10) ? guess : (replica.get(key) ?? null)
    const unknown = percent(shape.unknown)
    const refused = kind === 'cas' && percent(shape.refused)
    if (kind !== 'read' && !refused && !(unknown && random.chance(1, 2))) {
      for (const each of replicas) {
        if (each === replica || random.chance(1, 2)) each.set(key, target)
      }
    }
    const name = names[client] as number
    const base = { client: name, ...(shape.keys === 1 ? {} : { key: `k${key}` }) }
    const answer = (value: Json) => (unknown ? undefined : value)
    if (kind === 'cas') {
      const value = [found, percent(5) ? found : target]
      result.push({ ...base, f: kind, value, result: answer(!refused) })
    } else if (kind === 'write') {
      result.push({ ...base, f: kind, value: target, result: answer(null) })
    } else result.push({ ...base, f: kind, value: null, result: answer(found) })
    // Most recorders retire a client that got no answer; a few let it go on.
    if (unknown && percent(80)) names[client] = nextName++
  }
  return historyOf(result)
}

export function problemOf(history: History): Problem {
  return { model: casRegister, initial: null, operations: history.operations }
}

/**
 * All histories of reads and writes on two keys in which client `c` does `sizes[c]` operations,
 * every value is written once, and reads return the initial value or any that is written to the
 * key.
 */
export function* allHistories(sizes: readonly number[], keys = ['x', 'y']): Generator<History> {
  const clients = sizes.flatMap((size, client) => Array.from({ length: size }, () => client))
  const kinds = keys.flatMap((key) => [
    { f: 'write', key },
    { f: 'read', key },
  ])
  const plans = product(clients.map(() => kinds))
  for (const plan of plans) {
    const values = plan.map(({ f, key }, i): readonly Json[] =>
      f === 'write'
        ? [i + 1]
        : [
            null,
            ...plan.flatMap((one, j) => (one.f === 'write' && one.key === key ? [j + 1] : [])),
          ],
    )
    for (const chosen of product(values)) {
      yield historyOf(
        plan.map(({ f, key }, i): Deed => {
          const value = chosen[i] as Json
          const client = clients[i] as number
          return f === 'write'
            ? { client, key, f, value, result: null }
            : { client, key, f, value: null, result: value }
        }),
      )
    }
  }
}

/** The same by client, merged at random: the order of calls is then a bad guide. */
function merged(random: Random, all: readonly Deed[]): Deed[] {
  const left = [...all]
  return all.map(() => {
    const client = random.pick(left).client
    const next = left.findIndex((deed) => deed.client === client)
    return left.splice(next, 1)[0] as Deed
  })
}

function* product<Item>(lists: readonly (readonly Item[])[]): Generator<Item[]> {
  const [first, ...rest] = lists
  if (first === undefined) {
    yield []
    return
  }
  for (const item of first) for (const tail of product(rest)) yield [item, ...tail]
}

/**
 * What clients see who all follow one log of writes, each at its own pace: sequentially consistent,
 * and not linearizable. In half of the cases one read is changed, and it may be no longer.
 */
export function laggingHistory(random: Random, size: number): History {
  const clients = random.int(2, 5)
  const keys = random.int(1, 6)
  const log: { key: string; value: number }[] = []
  const followed = Array.from({ length: clients }, () => 0)
  const result: Deed[] = []
  for (let i = 1; i <= size; i++) {
    const client = random.int(0, clients - 1)
    const key = `k${random.int(1, keys)}`
    if (random.chance(1, 3)) {
      log.push({ key, value: i })
      followed[client] = log.length
      result.push({ client, key, f: 'write', value: i, result: null })
    } else {
      const at = random.int(followed[client] ?? 0, log.length)
      followed[client] = at
      const seen = log.slice(0, at).findLast((entry) => entry.key === key)
      result.push({ client, key, f: 'read', value: null, result: seen?.value ?? null })
    }
  }
  const changed = random.int(0, 2 * size)
  const deed = result[changed]
  const others = log.filter(({ key }) => key === deed?.key)
  if (deed?.f === 'read' && others.length > 0) {
    result[changed] = { ...deed, result: random.pick(others).value }
  }
  return historyOf(random.chance(1, 2) ? result : merged(random, result))
}
