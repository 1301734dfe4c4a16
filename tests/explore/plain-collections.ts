import type { BagPlace, MapPlace, SeqPlace, SetPlace } from '../../src/state/index.ts'
import { bagOf, int, mapOf, seqOf, setOf } from '../../src/state/index.ts'
import type { Kind, Open } from './plain-kind.ts'
import { effect, list, same, test } from './plain-kind.ts'

const arrayAt = (s: Open, name: string) => s[name] as MapPlace<number, number, number>
export const array: Kind = {
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
export const members: Kind = {
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

const queueAt = (s: Open, name: string) => s[name] as SeqPlace<number>
export const queue: Kind = {
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
export const bag: Kind = {
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
