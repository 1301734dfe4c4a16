import type {
  AnyLayout,
  BagPlace,
  Layout,
  MapPlace,
  RecordPlace,
  SeqPlace,
  SetPlace,
} from '../../src/state/index.ts'
import {
  bagOf,
  bool,
  int,
  mapOf,
  oneOf,
  option,
  record,
  seqOf,
  setOf,
  tuple,
  union,
  value,
} from '../../src/state/index.ts'

/** A variable of a state that is being worked on, reached by its name. */
export type Open = Record<string, unknown>
type Process = Layout<number>

/**
 * What can be asked and done, twice: on plain JSON values, and on a state that is being worked on.
 * `x` is a small number, `p` a process of `n`.
 */
export interface Test {
  plain(value: unknown, x: number, p: number): boolean
  placed(state: Open, name: string, x: number, p: number): boolean
}
export interface Effect {
  plain(value: unknown, x: number, p: number, n: number): unknown
  placed(state: Open, name: string, x: number, p: number, n: number): void
  /** It treats one process unlike another. */
  readonly biased?: boolean
}
export interface Kind {
  layout(process: Process): AnyLayout
  first(n: number): unknown
  /** Makes JSON of a value as it stands in a snapshot. */
  json(value: unknown, n: number): unknown
  readonly tests: readonly Test[]
  readonly effects: readonly Effect[]
}

const test = (plain: Test['plain'], placed: Test['placed']): Test => ({ plain, placed })
const effect = (plain: Effect['plain'], placed: Effect['placed']): Effect => ({ plain, placed })
const same = (given: unknown) => given
const list = (given: unknown) => given as readonly number[]
const sorted = (given: Iterable<unknown>) => [...given].map((one) => JSON.stringify(one)).sort()

const flag: Kind = {
  layout: () => bool(),
  first: () => false,
  json: same,
  tests: [
    test(
      (v, x) => v === (x % 2 === 1),
      (s, v, x) => s[v] === (x % 2 === 1),
    ),
  ],
  effects: [
    effect(
      (_, x) => x % 2 === 1,
      (s, v, x) => void (s[v] = x % 2 === 1),
    ),
    effect(
      (v) => v !== true,
      (s, v) => void (s[v] = s[v] !== true),
    ),
  ],
}

const number: Kind = {
  layout: () => int(-1, 2),
  first: () => -1,
  json: same,
  tests: [
    test(
      (v, x) => v === x - 1,
      (s, v, x) => s[v] === x - 1,
    ),
    test(
      (v, x) => (v as number) < x,
      (s, v, x) => (s[v] as number) < x,
    ),
  ],
  effects: [
    effect(
      (_, x) => x - 1,
      (s, v, x) => void (s[v] = x - 1),
    ),
    effect(
      (v) => (v === 2 ? -1 : (v as number) + 1),
      (s, v) => {
        s[v] = s[v] === 2 ? -1 : (s[v] as number) + 1
      },
    ),
    effect(
      (v) => Math.min(2, (v as number) + 1),
      (s, v) => {
        s[v] = Math.min(2, (s[v] as number) + 1)
      },
    ),
  ],
}

const WORDS = ['a', 'b', 'c'] as const
const word: Kind = {
  layout: () => oneOf(...WORDS),
  first: () => 'a',
  json: same,
  tests: [
    test(
      (v, x) => v === WORDS[x % 3],
      (s, v, x) => s[v] === WORDS[x % 3],
    ),
  ],
  effects: [
    effect(
      (_, x) => WORDS[x % 3],
      (s, v, x) => void (s[v] = WORDS[x % 3]),
    ),
    effect(
      (v) => (v === 'a' ? 'b' : 'c'),
      (s, v) => void (s[v] = s[v] === 'a' ? 'b' : 'c'),
    ),
  ],
}

const arrayAt = (s: Open, name: string) => s[name] as MapPlace<number, number, number>
const array: Kind = {
  layout: (process) => mapOf(process, int(0, 2)),
  first: (n) => Array<number>(n).fill(0),
  json: (given) => [...(given as ReadonlyMap<number, number>).values()],
  tests: [
    test(
      (v, x, p) => list(v)[p] === x,
      (s, v, x, p) => arrayAt(s, v).get(p) === x,
    ),
    test(
      (v, x) => list(v).includes(x),
      (s, v, x) => arrayAt(s, v).some((one) => one === x),
    ),
    test(
      (v, x) => list(v).every((one) => one === x),
      (s, v, x) => arrayAt(s, v).every((one) => one === x),
    ),
  ],
  effects: [
    effect(
      (v, x, p) => list(v).with(p, x),
      (s, v, x, p) => arrayAt(s, v).set(p, x),
    ),
    effect(
      (v, _, p) => list(v).with(p, (list(v)[p]! + 1) % 3),
      (s, v, _, p) => {
        arrayAt(s, v).set(p, (arrayAt(s, v).get(p) + 1) % 3)
      },
    ),
    effect(
      (v, x) => list(v).map(() => x),
      (s, v, x) => arrayAt(s, v).fill(x),
    ),
  ],
}

const setAt = (s: Open, name: string) => s[name] as SetPlace<number>
const members: Kind = {
  layout: (process) => setOf(process),
  first: () => [],
  json: (given) => [...(given as ReadonlySet<number>)].sort(),
  tests: [
    test(
      (v, _, p) => list(v).includes(p),
      (s, v, _, p) => setAt(s, v).has(p),
    ),
    test(
      (v, x) => list(v).length > x,
      (s, v, x) => setAt(s, v).size > x,
    ),
  ],
  effects: [
    effect(
      (v, _, p) => [...new Set(list(v)).add(p)].sort(),
      (s, v, _, p) => setAt(s, v).add(p),
    ),
    effect(
      (v, _, p) => list(v).filter((one) => one !== p),
      (s, v, _, p) => setAt(s, v).delete(p),
    ),
    effect(
      () => [],
      (s, v) => setAt(s, v).clear(),
    ),
  ],
}

const pointer: Kind = {
  layout: (process) => option(process),
  first: () => null,
  json: same,
  tests: [
    test(
      (v, _, p) => v === p,
      (s, v, _, p) => s[v] === p,
    ),
    test(
      (v) => v === null,
      (s, v) => s[v] === null,
    ),
  ],
  effects: [
    effect(
      (_, __, p) => p,
      (s, v, _, p) => void (s[v] = p),
    ),
    effect(
      () => null,
      (s, v) => void (s[v] = null),
    ),
  ],
}

const queueAt = (s: Open, name: string) => s[name] as SeqPlace<number>
const queue: Kind = {
  layout: () => seqOf(int(0, 1), 2),
  first: () => [],
  json: same,
  tests: [
    test(
      (v, x) => list(v).length > x,
      (s, v, x) => queueAt(s, v).length > x,
    ),
    test(
      (v, x) => list(v)[0] === x % 2,
      (s, v, x) => queueAt(s, v).length > 0 && queueAt(s, v).at(0) === x % 2,
    ),
  ],
  effects: [
    effect(
      (v, x) => [...list(v), x % 2].slice(0, 2),
      (s, v, x) => {
        if (!queueAt(s, v).full) queueAt(s, v).push(x % 2)
      },
    ),
    effect(
      (v) => list(v).slice(1),
      (s, v) => {
        if (queueAt(s, v).length > 0) queueAt(s, v).shift()
      },
    ),
  ],
}

const bagAt = (s: Open, name: string) => s[name] as BagPlace<number>
const countsOf = (given: unknown) => given as readonly [number, number]
const bag: Kind = {
  layout: () => bagOf(int(0, 1), 2),
  first: () => [0, 0],
  json: (given) => [0, 1].map((one) => (given as ReadonlyMap<number, number>).get(one) ?? 0),
  tests: [
    test(
      (v, x) => countsOf(v)[x % 2]! > 0,
      (s, v, x) => bagAt(s, v).has(x % 2),
    ),
    test(
      (v, x) => countsOf(v)[0] + countsOf(v)[1] > x,
      (s, v, x) => bagAt(s, v).size > x,
    ),
  ],
  effects: [
    effect(
      (v, x) => countsOf(v).with(x % 2, Math.min(2, countsOf(v)[x % 2]! + 1)),
      (s, v, x) => {
        if (bagAt(s, v).count(x % 2) < 2) bagAt(s, v).add(x % 2)
      },
    ),
    effect(
      (v, x) => countsOf(v).with(x % 2, Math.max(0, countsOf(v)[x % 2]! - 1)),
      (s, v, x) => {
        if (bagAt(s, v).has(x % 2)) bagAt(s, v).remove(x % 2)
      },
    ),
  ],
}

/** More pairs than a table lists: they are numbered as they are seen. */
const pairsAt = (s: Open, name: string) => s[name] as SetPlace<readonly [number, number]>
const texts = (given: unknown) => given as readonly string[]
const pair = (x: number, p: number) => [p, x * 400] as const
const pairs: Kind = {
  layout: (process) => setOf(tuple(process, int(0, 999))),
  first: () => [],
  json: (given) => sorted(given as Iterable<unknown>),
  tests: [
    test(
      (v, x, p) => texts(v).includes(JSON.stringify(pair(x, p))),
      (s, v, x, p) => pairsAt(s, v).has(pair(x, p)),
    ),
    test(
      (v, x) => texts(v).length > x,
      (s, v, x) => pairsAt(s, v).size > x,
    ),
  ],
  effects: [
    effect(
      (v, x, p) => [...new Set(texts(v)).add(JSON.stringify(pair(x, p)))].sort(),
      (s, v, x, p) => pairsAt(s, v).add(pair(x, p)),
    ),
    effect(
      (v, x, p) => texts(v).filter((one) => one !== JSON.stringify(pair(x, p))),
      (s, v, x, p) => pairsAt(s, v).delete(pair(x, p)),
    ),
    effect(
      () => [],
      (s, v) => pairsAt(s, v).clear(),
    ),
  ],
}

const noted: Kind = {
  layout: () => seqOf(value<{ x: number }>(), 2),
  first: () => [],
  json: same,
  tests: [
    test(
      (v, x) => (v as { x: number }[])[0]?.x === x,
      (s, v, x) => {
        const notes = s[v] as SeqPlace<{ x: number }>
        return notes.length > 0 && notes.at(0).x === x
      },
    ),
  ],
  effects: [
    effect(
      (v, x) => [...(v as object[]), { x }].slice(0, 2),
      (s, v, x) => {
        const notes = s[v] as SeqPlace<{ x: number }>
        if (!notes.full) notes.push({ x })
      },
    ),
    effect(
      () => [],
      (s, v) => (s[v] as SeqPlace<{ x: number }>).clear(),
    ),
  ],
}

type Message = { type: 'put'; x: number } | { type: 'take'; by: number }
const logAt = (s: Open, name: string) => s[name] as SeqPlace<Message>
const messages = (given: unknown) => given as readonly Message[]
const log: Kind = {
  layout: (process) => seqOf(union({ put: { x: int(0, 2) }, take: { by: process } }), 2),
  first: () => [],
  json: same,
  tests: [
    test(
      (v, x) => messages(v).length > x,
      (s, v, x) => logAt(s, v).length > x,
    ),
    test(
      (v, _, p) => messages(v).some((one) => one.type === 'take' && one.by === p),
      (s, v, _, p) => logAt(s, v).some((one) => one.type === 'take' && one.by === p),
    ),
  ],
  effects: [
    effect(
      (v, x) => [...messages(v), { type: 'put', x }].slice(0, 2),
      (s, v, x) => {
        if (!logAt(s, v).full) logAt(s, v).push({ type: 'put', x })
      },
    ),
    effect(
      (v, _, p) => [...messages(v), { type: 'take', by: p }].slice(0, 2),
      (s, v, _, p) => {
        if (!logAt(s, v).full) logAt(s, v).push({ type: 'take', by: p })
      },
    ),
    effect(
      (v) => messages(v).slice(0, -1),
      (s, v) => {
        if (logAt(s, v).length > 0) logAt(s, v).pop()
      },
    ),
  ],
}

interface Cell {
  on: boolean
  by: number | null
}
const cellAt = (s: Open, name: string) =>
  s[name] as RecordPlace<{ on: Layout<boolean>; by: Layout<number | null> }>
const cell: Kind = {
  layout: (process) => record({ on: bool(), by: option(process) }),
  first: () => ({ on: false, by: null }),
  json: same,
  tests: [
    test(
      (v) => (v as Cell).on,
      (s, v) => cellAt(s, v).on,
    ),
    test(
      (v, _, p) => (v as Cell).by === p,
      (s, v, _, p) => cellAt(s, v).by === p,
    ),
  ],
  effects: [
    effect(
      (v, x) => ({ ...(v as Cell), on: x % 2 === 1 }),
      (s, v, x) => {
        cellAt(s, v).on = x % 2 === 1
      },
    ),
    effect(
      (v, _, p) => ({ ...(v as Cell), by: p }),
      (s, v, _, p) => void (cellAt(s, v).by = p),
    ),
  ],
}

const linksAt = (s: Open, name: string) =>
  s[name] as MapPlace<number, readonly number[], SeqPlace<number>>
const lists = (given: unknown) => given as readonly (readonly number[])[]
const pushed = (v: unknown, p: number, x: number) =>
  lists(v).with(p, [...lists(v)[p]!, x % 2].slice(0, 2))
const links: Kind = {
  layout: (process) => mapOf(process, seqOf(int(0, 1), 2)),
  first: (n) => Array<readonly number[]>(n).fill([]),
  json: (given) => [...(given as ReadonlyMap<number, unknown>).values()],
  tests: [
    test(
      (v, x, p) => lists(v)[p]![0] === x % 2,
      (s, v, x, p) => {
        const link = linksAt(s, v).get(p)
        return link.length > 0 && link.at(0) === x % 2
      },
    ),
    test(
      (v, _, p) => lists(v)[p]!.length > 0,
      (s, v, _, p) => linksAt(s, v).get(p).length > 0,
    ),
    test(
      (v) => lists(v).some((link) => link.length > 1),
      (s, v) => linksAt(s, v).some((link) => link.full),
    ),
  ],
  effects: [
    effect(
      (v, x, p) => pushed(v, p, x),
      (s, v, x, p) => {
        const link = linksAt(s, v).get(p)
        if (!link.full) link.push(x % 2)
      },
    ),
    effect(
      (v, _, p) => lists(v).with(p, lists(v)[p]!.slice(1)),
      (s, v, _, p) => {
        const link = linksAt(s, v).get(p)
        if (link.length > 0) link.shift()
      },
    ),
    effect(
      (v) => lists(v).map(() => []),
      (s, v) => {
        for (const p of linksAt(s, v).keys) linksAt(s, v).get(p).clear()
      },
    ),
    {
      biased: true,
      plain: (v, x, p, n) => pushed(v, (p + 1) % n, x),
      placed: (s, v, x, p, n) => {
        const link = linksAt(s, v).get((p + 1) % n)
        if (!link.full) link.push(x % 2)
      },
    },
  ],
}

/** Every kind of variable, with at least one of each layout. */
export const kinds = {
  flag,
  number,
  word,
  array,
  members,
  pointer,
  queue,
  bag,
  pairs,
  noted,
  log,
  cell,
  links,
} as const
export type KindName = keyof typeof kinds
