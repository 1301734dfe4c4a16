import { models } from '../../checkers/models/index.ts'
import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Random } from '../../src/core/random.ts'

/** Random calls for each model with few values, so that they meet, and wrong answers for them. */
export interface ModelCalls {
  readonly model: Model
  readonly call: (random: Random) => { f: string; value: Json }
  readonly wrong: (random: Random, f: string, result: Json | undefined) => Json
  /** Values for `initial`. */
  readonly initials: readonly (Json | undefined)[]
}

const values: readonly Json[] = [1, 2, 3, '1', [1]]
const numbers: readonly Json[] = [1, 2, 3]

function mixed(
  write: readonly string[],
  read: readonly string[],
  of: readonly Json[] = values,
): ModelCalls['call'] {
  return (random) => {
    const f = random.pick([...write, ...read])
    return { f, value: write.includes(f) ? random.pick(of) : null }
  }
}

const someValue =
  (of: readonly Json[] = values) =>
  (random: Random, _f: string, result: Json | undefined): Json =>
    random.chance(1, 4) ? null : random.pick([...of, result ?? null])

const listAnswer = (random: Random, _f: string, result: Json | undefined): Json => {
  const list = Array.isArray(result) ? (result as readonly Json[]) : []
  return random.chance(1, 2) ? list.slice(1) : [...list, random.pick(values)]
}

const locking = { call: mixed([], ['acquire', 'release']), wrong: () => null }

const byName: Readonly<Record<string, Omit<ModelCalls, 'model'>>> = {
  register: {
    call: mixed(['write'], ['read']),
    wrong: someValue(),
    initials: [undefined, 1, [1]],
  },
  'cas-register': {
    call: (random) =>
      random.chance(1, 2)
        ? { f: 'cas', value: [random.pick(values), random.pick(values)] }
        : mixed(['write'], ['read'])(random),
    wrong: (random, f) => (f === 'cas' ? random.chance(1, 2) : random.pick(values)),
    initials: [undefined, 1],
  },
  'multi-register': {
    call: (random) => ({ f: 'txn', value: transaction(random) }),
    wrong: (random, _, result) =>
      (result as readonly (readonly Json[])[]).map(([f, key, value]) => [
        f ?? null,
        key ?? null,
        f === 'read' && random.chance(1, 3) ? random.pick(numbers) : (value ?? null),
      ]),
    initials: [undefined, { x: 1, y: 2 }],
  },
  'string-map': {
    call: mixed(['put', 'append'], ['get'], ['a', 'b', 'ab', '']),
    wrong: (random) => random.pick(['a', 'b', 'ab', '', 'ba']),
    initials: [undefined, 'a'],
  },
  counter: {
    call: mixed(['add'], ['read'], [0, 1, 2, -1]),
    wrong: (random) => random.int(-1, 4),
    initials: [undefined, 2],
  },
  set: {
    call: (random) =>
      random.chance(1, 4)
        ? { f: 'read', value: null }
        : mixed(['add', 'remove', 'contains'], [])(random),
    wrong: (random, f, result) =>
      f === 'contains' ? random.chance(1, 2) : listAnswer(random, f, result),
    initials: [undefined, [2, 1, 2]],
  },
  log: { call: mixed(['append'], ['read']), wrong: listAnswer, initials: [undefined, [1]] },
  queue: {
    call: mixed(['enqueue'], ['dequeue', 'peek']),
    wrong: someValue(),
    initials: [undefined, [1, 2]],
  },
  stack: {
    call: mixed(['push'], ['pop', 'peek']),
    wrong: someValue(),
    initials: [undefined, [1, 2]],
  },
  'priority-queue': {
    call: mixed(['insert'], ['extract-min', 'find-min'], numbers),
    wrong: someValue(numbers),
    initials: [undefined, [2, 1]],
  },
  'fetch-and-add': {
    call: mixed(['fetch-and-add'], ['read'], [0, 1, 2, -1]),
    wrong: (random) => random.int(-1, 4),
    initials: [undefined, 2],
  },
  mutex: { ...locking, initials: [undefined, true] },
  lock: { ...locking, initials: [undefined, 1] },
  semaphore: { ...locking, initials: [undefined, 2] },
  snapshot: {
    call: (random) => {
      const name = random.pick(['x', 'y'])
      return random.pick([
        { f: 'write', value: [name, random.pick([...values, null])] },
        { f: 'read', value: name },
        { f: 'snapshot', value: null },
      ])
    },
    wrong: (random, f) =>
      f === 'snapshot' ? { x: random.pick(values), y: random.pick(values) } : random.pick(values),
    initials: [undefined, { x: 1, y: null }],
  },
}

export const modelCalls: readonly ModelCalls[] = models.map((model) => {
  const calls = byName[model.name]
  if (calls === undefined) throw new Error(`no calls for ${model.name}`)
  return { model, ...calls }
})

function transaction(random: Random): Json {
  return Array.from({ length: random.int(1, 2) }, () => {
    const key = random.pick(['x', 'y'])
    return random.chance(1, 2) ? ['r', key] : ['w', key, random.pick(numbers)]
  })
}
