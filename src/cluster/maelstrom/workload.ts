import { canonical } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import { nearest } from '../../core/nearest.ts'
import type { Random } from '../../core/random.ts'
import { UserError } from '../../core/user-error.ts'
import type { Body } from './message.ts'
import { what } from './message.ts'

/** One operation of a client, as a history names it. */
export interface Op {
  readonly f: string
  readonly key?: Json
  readonly value: Json
}

/** What an answer says: a result, or what is wrong with its form. */
export type Reading = { readonly result: Json } | { readonly wrong: string }

/** What was added, by how that ended. */
export interface Adds {
  readonly acknowledged: readonly Json[]
  readonly unknown: readonly Json[]
}

export interface OpSource {
  readonly client: number
  readonly clients: number
  readonly random: Random
}

/** A kind of program that Maelstrom tests: what it is asked, and how its answers are read. */
export interface MaelstromWorkload {
  /** As Maelstrom calls it. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** How the history is judged: names of a condition and of a model. */
  readonly condition: string
  readonly model?: string
  /** Asked of every node before anything else. */
  setup?(nodes: readonly string[]): Body
  /** The operations of one client. */
  client(source: OpSource): () => Op
  /**
   * For what is to be the same everywhere in the end: an operation that is done when everything
   * has healed, to mark the moment after which nothing is added, and what is then read from every
   * node.
   */
  readonly end?: {
    closing(node: number): Op
    readonly read: Op
    /** Whether this is what all nodes are to show: then nobody need wait any longer. */
    settled(shown: readonly Json[], adds: Adds): boolean
  }
  request(op: Op): Body
  /** Reads the answer to an operation, whose `type` is the right one. */
  read(op: Op, answer: Body): Reading
  /** What an error says about the object, for errors that say something: `undefined` if nothing. */
  observed?(op: Op, code: number): Json | undefined
}

const read: Op = { f: 'read', value: null }

function answered(result: Json | undefined, name: string): Reading {
  return result === undefined ? { wrong: `'${name}' is missing` } : { result }
}

function listed(result: Json | undefined, name: string): Reading {
  return Array.isArray(result)
    ? { result: result as readonly Json[] }
    : { wrong: `'${name}' is ${what(result)}, not a list` }
}

function counted(result: Json | undefined, name: string): Reading {
  return typeof result === 'number' && Number.isSafeInteger(result)
    ? { result }
    : { wrong: `'${name}' is ${what(result)}, not a whole number` }
}

/** An acknowledgement: the history repeats the argument. */
const done = ({ value }: Op): Reading => ({ result: value })

const echo: MaelstromWorkload = {
  name: 'echo',
  about: 'every request is answered with what it said',
  condition: 'echo',
  client({ client, random }) {
    let said = 0
    return () => ({ f: 'echo', value: `please say ${client}.${++said}.${random.int(0, 127)}` })
  },
  request: ({ value }) => ({ type: 'echo', echo: value }),
  read: (_, answer) => answered(answer['echo'], 'echo'),
}

const uniqueIds: MaelstromWorkload = {
  name: 'unique-ids',
  about: 'no id is given out twice',
  condition: 'unique-ids',
  client: () => () => ({ f: 'generate', value: null }),
  request: () => ({ type: 'generate' }),
  read: (_, answer) => answered(answer['id'], 'id'),
}

/** Every node next to the one before and the one after, as Maelstrom's line. */
function line(nodes: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const beside = nodes.map((node, at) => {
    const others = [nodes[at - 1], nodes[at + 1]].filter((other) => other !== undefined)
    return [node, others] as const
  })
  return Object.fromEntries(beside)
}

/** Greater than all other elements. */
const CLOSING = 1_000_000

function sameSets(shown: readonly Json[], { acknowledged }: Adds): boolean {
  const sets = shown.map((list) => new Set((list as readonly Json[]).map(canonical)))
  return sets.every(
    (set) => set.size === sets[0]?.size && acknowledged.every((one) => set.has(canonical(one))),
  )
}

function sameSums(shown: readonly Json[], { acknowledged, unknown }: Adds): boolean {
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
  const certain = sum(acknowledged as readonly number[])
  const perhaps = unknown as readonly number[]
  const least = certain + sum(perhaps.filter((one) => one < 0))
  const most = certain + sum(perhaps.filter((one) => one > 0))
  return shown.every((one) => one === shown[0] && Number(one) >= least && Number(one) <= most)
}

const gSet: MaelstromWorkload = {
  name: 'g-set',
  about: 'a set that only grows: what was added to one node, all nodes show in the end',
  condition: 'set-full',
  client({ client, clients, random }) {
    let added = 0
    const fresh = (): Op => ({ f: 'add', value: client + clients * added++ })
    return () => (random.chance(1, 2) ? read : fresh())
  },
  end: { closing: (node) => ({ f: 'add', value: CLOSING + node }), read, settled: sameSets },
  request: ({ f, value }) => (f === 'read' ? { type: 'read' } : { type: 'add', element: value }),
  read: (op, answer) => (op.f === 'read' ? listed(answer['value'], 'value') : done(op)),
}

const broadcast: MaelstromWorkload = {
  ...gSet,
  name: 'broadcast',
  about: 'what one node is told, all nodes know in the end',
  setup: (nodes) => ({ type: 'topology', topology: line(nodes) }),
  request: ({ f, value }) =>
    f === 'read' ? { type: 'read' } : { type: 'broadcast', message: value },
  read: (op, answer) => (op.f === 'read' ? listed(answer['messages'], 'messages') : done(op)),
}

function counterOf(name: string, about: string, least: number, most: number): MaelstromWorkload {
  return {
    name,
    about,
    condition: 'counter-final',
    client({ random }) {
      return () => (random.chance(1, 2) ? read : { f: 'add', value: random.int(least, most) })
    },
    end: { closing: () => ({ f: 'add', value: 1 }), read, settled: sameSums },
    request: ({ f, value }) => (f === 'read' ? { type: 'read' } : { type: 'add', delta: value }),
    read: (op, answer) => (op.f === 'read' ? counted(answer['value'], 'value') : done(op)),
  }
}

/** So many operations of a client are on one key, then the next one's turn comes. */
const OPERATIONS_A_KEY = 30
const KEYS_AT_A_TIME = 2

const linKv: MaelstromWorkload = {
  name: 'lin-kv',
  about: 'a key-value store with compare-and-set, which is linearizable',
  condition: 'linearizable',
  model: 'cas-register',
  client({ client, clients, random }) {
    let asked = 0
    let written = 0
    const latest = new Map<number, number>()
    return () => {
      const generation = Math.floor(asked++ / OPERATIONS_A_KEY)
      const key = generation * KEYS_AT_A_TIME + random.int(0, KEYS_AT_A_TIME - 1)
      const kind = random.int(0, 5)
      if (kind < 3) return { ...read, key }
      // No value is written twice, so every read says which write it saw.
      const value = client + clients * written++
      const before = latest.get(key)
      latest.set(key, value)
      return kind === 3 || before === undefined
        ? { f: 'write', key, value }
        : { f: 'cas', key, value: [before, value] }
    }
  },
  request({ f, key = null, value }) {
    if (f === 'read') return { type: 'read', key }
    if (f === 'write') return { type: 'write', key, value }
    const [from = null, to = null] = value as readonly Json[]
    return { type: 'cas', key, from, to }
  },
  read(op, answer) {
    if (op.f === 'read') return answered(answer['value'], 'value')
    return op.f === 'cas' ? { result: true } : done(op)
  },
  // A key that is missing holds null, and a compare-and-set that is refused has seen another value.
  observed({ f }, code) {
    if (f === 'read') return code === 20 ? null : undefined
    return f === 'cas' && (code === 20 || code === 22) ? false : undefined
  },
}

export const maelstromWorkloads: readonly MaelstromWorkload[] = [
  echo,
  uniqueIds,
  broadcast,
  gSet,
  counterOf('g-counter', 'a counter that only grows', 0, 4),
  counterOf('pn-counter', 'a counter that grows and shrinks', -5, 4),
  linKv,
]

/** @throws UserError with the nearest name, if there is none */
export function maelstromWorkloadNamed(name: string): MaelstromWorkload {
  const found = maelstromWorkloads.find((workload) => workload.name === name)
  if (found !== undefined) return found
  const names = maelstromWorkloads.map((workload) => workload.name)
  const close = nearest(name, names)
  throw new UserError(`there is no workload called '${name}'`, {
    where: '--workload',
    hint: `${close === undefined ? '' : `did you mean ${close}? There are: `}${names.join(', ')}`,
  })
}
