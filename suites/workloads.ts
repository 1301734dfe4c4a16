import { nearest } from '../src/core/nearest.ts'
import type { Random } from '../src/core/random.ts'
import { UserError } from '../src/core/user-error.ts'
import type { Asked, Workload } from '../src/node/index.ts'

/**
 * What clients ask for. No value is ever written twice, so that every read says which write it saw:
 * checkers are then fast, and find more.
 */

/** Reads, and writes of values that are never written twice. */
export const registerWorkload: Workload = {
  name: 'register',
  about: 'reads and writes of one register; no value is written twice',
  condition: 'linearizable',
  model: 'register',
  client({ client, random }) {
    const fresh = freshValues(client)
    return {
      next: () => (random.chance(1, 2) ? read : { f: 'write', value: fresh() }),
      last: () => read,
    }
  },
}

/** For registers that only one client may write to. */
export const singleWriterWorkload: Workload = {
  name: 'single-writer',
  about: 'the first client writes, the others read one register; no value is written twice',
  condition: 'linearizable',
  model: 'register',
  client({ client }) {
    const fresh = freshValues(client)
    return {
      next: () => (client === 0 ? { f: 'write', value: fresh() } : read),
      last: () => read,
    }
  },
}

const KEYS = ['x', 'y', 'z']

/** Several registers: what goes wrong only between keys is found, and each key is judged alone. */
export const registersWorkload: Workload = {
  name: 'registers',
  about: 'reads and writes of three registers, by key; no value is written twice',
  condition: 'linearizable',
  model: 'register',
  client({ client, random }) {
    const fresh = freshValues(client)
    return {
      next() {
        const key = random.pick(KEYS)
        return { ...(random.chance(1, 2) ? read : { f: 'write', value: fresh() }), key }
      },
      last: () => ({ ...read, key: KEYS[client % KEYS.length] }),
    }
  },
}

/** A key-value store. Compare-and-set starts from what the client wrote last, to succeed often. */
export const kvWorkload: Workload = {
  name: 'kv',
  about: 'reads, writes and compare-and-sets by key; no value is written twice',
  condition: 'linearizable',
  model: 'cas-register',
  client({ client, random }) {
    const fresh = freshValues(client)
    const latest = new Map<string, number>()
    return {
      next: () => keyed(random, fresh, latest),
      last: () => ({ ...read, key: KEYS[client % KEYS.length] }),
    }
  },
}

function keyed(random: Random, fresh: () => number, latest: Map<string, number>): Asked {
  const key = random.pick(KEYS)
  const kind = random.int(0, 9)
  if (kind < 4) return { ...read, key }
  const before = latest.get(key)
  const value = fresh()
  latest.set(key, value)
  return kind < 7 || before === undefined
    ? { f: 'write', key, value }
    : { f: 'cas', key, value: [before, value] }
}

const PROPOSALS = 3

/** Every client proposes something else, a few times: it must always be told the same. */
export const consensusWorkload: Workload = {
  name: 'consensus',
  about: 'every client proposes a few different values, and is told the decision',
  condition: 'consensus',
  client({ client }) {
    const fresh = freshValues(client)
    const propose = (): Asked => ({ f: 'propose', value: fresh() })
    let left = PROPOSALS
    return { next: () => (left-- > 0 ? propose() : undefined), last: propose }
  },
}

/** The same, with one instance after another, by key: whatever goes wrong falls into some. */
export const instancesWorkload: Workload = {
  name: 'instances',
  about: 'clients propose in one instance of consensus after another, some once and some twice',
  condition: 'consensus',
  client({ client }) {
    const fresh = freshValues(client)
    let asked = 0
    // All clients go on at the same pace, so that they meet, and each proposes twice.
    const instance = (): number => (asked++ >> 1) + 1
    return { next: () => ({ f: 'propose', key: instance(), value: fresh() }) }
  },
}

/**
 * Clients are processes of the group: each broadcasts at its own node, and asks it for the next
 * message. A node with nothing to deliver refuses (`temporarily-unavailable`).
 */
export const broadcastWorkload: Workload = {
  name: 'broadcast',
  about: 'every process broadcasts different messages, and asks for those that are delivered',
  condition: 'total-order',
  client({ client, random }) {
    const fresh = freshValues(client)
    return {
      next: () => (random.chance(1, 3) ? { f: 'broadcast', value: fresh() } : deliver),
      last: () => deliver,
      drains: true,
    }
  },
}

const deliver: Asked = { f: 'deliver', value: null }

const read: Asked = { f: 'read', value: null }

/** 10001, 10002, ... for the first client, 20001, ... for the second. */
function freshValues(client: number): () => number {
  let given = 0
  return () => (client + 1) * 10_000 + ++given
}

export const workloads: readonly Workload[] = [
  registerWorkload,
  singleWriterWorkload,
  registersWorkload,
  kvWorkload,
  consensusWorkload,
  instancesWorkload,
  broadcastWorkload,
]

/** @throws UserError with the nearest name, if there is none. */
export function workloadNamed(name: string): Workload {
  const found = workloads.find((workload) => workload.name === name)
  if (found !== undefined) return found
  const names = workloads.map((workload) => workload.name)
  const close = nearest(name, names)
  throw new UserError(`there is no workload called '${name}'`, {
    where: '--workload',
    hint: `${close === undefined ? '' : `did you mean ${close}? There are: `}${names.join(', ')}`,
  })
}
