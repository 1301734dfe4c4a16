import { bool, int, oneOf, option } from '../../src/state/index.ts'
import type { Kind } from './plain-kind.ts'
import { effect, same, test } from './plain-kind.ts'

export const flag: Kind = {
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

export const number: Kind = {
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
export const word: Kind = {
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

export const pointer: Kind = {
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
