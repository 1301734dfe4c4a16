import { compareAndSet } from '../../../impls/flp/shared-memory/objects/read-modify-write.ts'
import { empty } from '../../../impls/flp/shared-memory/objects/registers.ts'
import type { Json } from '../../../src/core/json.ts'
import type { Random } from '../../../src/core/random.ts'
import type {
  Access,
  Applied,
  Decision,
  ObjectOperation,
  ObjectType,
  SharedProtocol,
} from '../../../src/node/index.ts'
import { oneEach, sharedMemory } from '../../../src/node/index.ts'

export interface TypeShape {
  readonly states: number
  readonly operations: number
  readonly responses: number
  /** How many of a hundred steps have two outcomes. */
  readonly nondeterministic?: number
  /** Whether there is an operation that reads the whole state. */
  readonly readable?: boolean
}

const READ: ObjectOperation = ['read']

/** A type of random tables. */
export function randomType(random: Random, shape: TypeShape): ObjectType {
  const { states, operations, responses, nondeterministic = 0, readable = false } = shape
  const outcome = (): Applied => ({
    state: random.int(0, states - 1),
    response: `r${random.int(0, responses - 1)}`,
  })
  const table = Array.from({ length: states * operations }, () =>
    random.int(1, 100) <= nondeterministic ? [outcome(), outcome()] : [outcome()],
  )
  const named: readonly ObjectOperation[] = Array.from({ length: operations }, (_, at) => [
    'do',
    at,
  ])
  return {
    name: 'random',
    about: 'random tables',
    initial: Array.from({ length: states }, (_, state) => state),
    operations: readable ? [READ, ...named] : named,
    apply: (state, [name, at]) =>
      name === 'read'
        ? { state, response: state }
        : (table[Number(state) * operations + Number(at)] ?? []),
  }
}

/**
 * Processes with random tables. Steps mostly lead on, sometimes back; decisions are mostly what an
 * object said or the own input, so that all claims are kept and broken in comparable number.
 */
export function randomProtocol(random: Random, processes: number): SharedProtocol {
  const shape = { states: 3, operations: 2, responses: 2, nondeterministic: 8 }
  const types = Array.from({ length: random.int(1, 2) }, () => randomType(random, shape))
  const length = processes > 2 ? 1 : random.int(2, 3)
  const back = random.chance(1, 4) ? 15 : 0
  const fixed = random.chance(1, 2) ? random.int(0, 1) : undefined
  const strange = random.chance(1, 6)
  const next = Array.from({ length: processes * length }, (): Access => ({
    object: `o${random.int(0, types.length - 1)}`,
    operation: ['do', random.int(0, 1)],
  }))
  const jumps = Array.from({ length: processes * length * 2 }, () => random.int(1, 100) <= back)
  const decisions = Array.from({ length: processes * 4 }, () => random.int(0, strange ? 2 : 1))
  type Local = { readonly at: number; readonly input: number; readonly told: number }
  return sharedMemory<Local>('random', { about: 'random tables' }, () => ({
    objects: Object.fromEntries(types.map((type, at) => [`o${at}`, { type, initial: 0 }])),
    start: (_, input) => ({ at: 0, input: Number(input), told: 0 }),
    next: (local, self): Access | Decision => {
      const free = decisions[self * 4 + local.input * 2 + local.told] ?? 0
      if (local.at >= length) return { decide: fixed ?? free }
      return next[self * length + local.at] ?? { decide: 0 }
    },
    after: (local, response, self) => {
      const told = response === 'r1' ? 1 : 0
      const jumpsBack = jumps[(self * length + local.at) * 2 + told] ?? false
      return { ...local, told, at: jumpsBack ? 0 : local.at + 1 }
    },
  }))
}

/**
 * What one would try: write the own value, look at those of others, compare-and-set, in some order,
 * and then decide something that was seen, or the own value. Some of them are consensus.
 */
export function randomAttempt(random: Random, processes: number): SharedProtocol {
  const plan = Array.from({ length: random.int(1, 3) }, () => random.int(0, 2))
  const chooses = random.int(0, 2)
  const waits = random.chance(1, 6)
  type Local = { readonly at: number; readonly input: Json; readonly seen: Json }
  return sharedMemory<Local>('attempt', { about: 'random accesses' }, () => ({
    objects: {
      cell: { type: compareAndSet(), initial: null },
      ...oneEach('own', processes, empty),
    },
    start: (_, input) => ({ at: 0, input, seen: null }),
    next: (local, self): Access | Decision => {
      const { input, seen } = local
      const values = [input, seen ?? input, Math.min(Number(input), Number(seen ?? input))]
      if (local.at >= plan.length) return { decide: values[chooses] ?? input }
      const accesses: readonly Access[] = [
        { object: `own[${self}]`, operation: ['write', input] },
        { object: `own[${(self + 1) % processes}]`, operation: ['read'] },
        { object: 'cell', operation: ['compare-and-set', null, input] },
      ]
      return accesses[plan[local.at] ?? 0] ?? { decide: input }
    },
    after: (local, response) => {
      const again = waits && plan[local.at] === 1 && response === null
      return { ...local, seen: response ?? local.seen, at: again ? local.at : local.at + 1 }
    },
  }))
}
