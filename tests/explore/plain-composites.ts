import type { Layout, MapPlace, RecordPlace, SeqPlace, SetPlace } from '../../src/state/index.ts'
import {
  bool,
  int,
  mapOf,
  option,
  record,
  seqOf,
  setOf,
  tuple,
  union,
  value,
} from '../../src/state/index.ts'
import type { Kind, Open } from './plain-kind.ts'
import { effect, same, sorted, test } from './plain-kind.ts'

/** More pairs than a table lists: they are numbered as they are seen. */
const pairsAt = (s: Open, name: string) => s[name] as SetPlace<readonly [number, number]>
const texts = (given: unknown) => given as readonly string[]
const pair = (x: number, p: number) => [p, x * 400] as const
export const pairs: Kind = {
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

export const noted: Kind = {
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
export const log: Kind = {
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
export const cell: Kind = {
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
export const links: Kind = {
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
