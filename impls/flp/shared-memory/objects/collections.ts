import type { Json } from '../../../../src/core/json.ts'
import type { ObjectType } from '../../../../src/node/index.ts'

type Items = readonly Json[]
type Dequeue = readonly ['dequeue']
type Enqueue = readonly ['enqueue', Json]
type Peek = readonly ['peek']

const FULL = 'full'

/** First in, first out, with room for a few: a full queue says so and stays as it is. */
export function queue(room = 4, values: Items = ['a', 'b']): ObjectType<Items, Enqueue | Dequeue> {
  return {
    name: `queue of at most ${room}`,
    about: 'dequeue takes out what was put in first, and answers it',
    initial: [[]],
    operations: [['dequeue'], ...values.map((value) => ['enqueue', value] as const)],
    apply(state, [name, value = null]) {
      if (name === 'dequeue') return { state: state.slice(1), response: state[0] ?? null }
      if (state.length >= room) return { state, response: FULL }
      return { state: [...state, value], response: null }
    },
  }
}

/** A queue whose head can be looked at. */
export function peekableQueue(
  room = 4,
  values: Items = ['a', 'b'],
): ObjectType<Items, Enqueue | Dequeue | Peek> {
  const plain = queue(room, values)
  return {
    ...plain,
    name: `peekable ${plain.name}`,
    about: 'peek answers what was put in first and leaves it there',
    operations: [['peek'], ...plain.operations],
    apply: (state, operation) =>
      operation[0] === 'peek'
        ? { state, response: state[0] ?? null }
        : plain.apply(state, operation),
  }
}

/** Last in, first out. */
export function stack(
  room = 4,
  values: Items = ['a', 'b'],
): ObjectType<Items, readonly ['pop'] | readonly ['push', Json]> {
  return {
    name: `stack of at most ${room}`,
    about: 'pop takes out what was put in last, and answers it',
    initial: [[]],
    operations: [['pop'], ...values.map((value) => ['push', value] as const)],
    apply(state, [name, value = null]) {
      if (name === 'pop') return { state: state.slice(0, -1), response: state.at(-1) ?? null }
      if (state.length >= room) return { state, response: FULL }
      return { state: [...state, value], response: null }
    },
  }
}
