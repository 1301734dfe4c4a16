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
  const operations = deeds.map(
    ({ client, f, key, value, result }, id): Operation => ({
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
    }),
  )
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
  /** Of a hundred: compare-and-sets, unknown outcomes, refused compare-and-sets, repeated values. */
  readonly cas?: number
  readonly unknown?: number
  readonly refused?: number
  readonly repeated?: number
}

/**
 * What clients did, at random: half of the time reads return anything that is written anywhere, half
 * of the time what some replicas hold to which writes are copied at random, so that many conditions
 * hold by luck or by design.
 */
export function randomHistory(random: Random, shape: Shape): History {
  const total = random.int(1, shape.operations)
  const percent = (share = 0) => random.int(1, 100) <= share
  const replicas = random.int(1, 2)
  const stores = Array.from({ length: replicas }, () => new Map<number, Json>())
  const wild = random.chance(1, 2)
  const names = Array.from({ length: shape.clients }, (_, client) => client)
  const planned = Array.from({ length: total }, () => ({
    client: random.int(0, shape.clients - 1),
    key: random.int(0, shape.keys - 1),
    writes: random.chance(1, 2),
  }))
  let nextValue = 1
  let nextName = shape.clients
  const result: Deed[] = []
  for (const { client, key, writes } of planned) {
    const store = random.pick(stores)
    const anything = () => random.int(0, total + 1) || null
    const held = () => (wild || percent(10) ? anything() : (store.get(key) ?? null))
    const name = names[client] as number
    const base = { client: name, key: shape.keys === 1 ? undefined : `k${key}` }
    const isCas = percent(shape.cas)
    const refused = isCas && percent(shape.refused)
    const target = percent(shape.repeated) ? random.int(1, total) : nextValue++
    const unknown = percent(shape.unknown)
    const from = held()
    const took = !unknown || random.chance(1, 2)
    if ((writes || isCas) && took && !refused) {
      for (const each of stores) if (each === store || random.chance(1, 2)) each.set(key, target)
    }
    const answer = (value: Json) => (unknown ? undefined : value)
    if (isCas) {
      const value = [from, percent(5) ? from : target]
      result.push({ ...base, f: 'cas', value, result: answer(!refused) })
    } else if (writes) result.push({ ...base, f: 'write', value: target, result: answer(null) })
    else result.push({ ...base, f: 'read', value: null, result: answer(from) })
    // Most recorders retire a client that got no answer; a few let it go on.
    if (unknown && percent(80)) names[client] = nextName++
  }
  return historyOf(result.map((deed) => (deed.key === undefined ? withoutKey(deed) : deed)))
}

function withoutKey({ key: _, ...rest }: Deed & { key?: Json }): Deed {
  return rest
}

export function problemOf(history: History): Problem {
  return { model: casRegister, initial: null, operations: history.operations }
}
