import { describe, expect, it } from 'vitest'

import { changesOf } from '../../src/explore/diff.ts'
import type { AnyLayout } from '../../src/explore/index.ts'
import {
  bagOf,
  id,
  int,
  mapOf,
  oneOf,
  option,
  record,
  seqOf,
  setOf,
} from '../../src/explore/index.ts'

const Node = id('node', 3)

function texts(layout: AnyLayout, before: unknown, after: unknown): readonly string[] {
  return changesOf(layout, 'x', before, after).map(
    ({ place, before: old, after: now }) => `${place} | ${old ?? ''} | ${now ?? ''}`,
  )
}

describe('what differs between two values', () => {
  it('is nothing where they are the same', () => {
    expect(texts(setOf(Node), new Set([1, 2]), new Set([1, 2]))).toEqual([])
    expect(texts(int(0, 5), 3, 3)).toEqual([])
  })

  it('is told whole where they are kept in one piece', () => {
    expect(texts(oneOf('a', 'b'), 'a', 'b')).toEqual(['x | a | b'])
    expect(texts(option(Node), null, 2)).toEqual(['x | null | node2'])
  })

  it('is told key by key and field by field', () => {
    const layout = mapOf(Node, record({ low: int(0, 5), on: setOf(Node) }))
    const plain = { low: 1, on: new Set<number>() }
    const before = new Map([
      [0, plain],
      [1, plain],
      [2, plain],
    ])
    const after = new Map(before).set(1, { low: 2, on: new Set([0]) })
    expect(texts(layout, before, after)).toEqual(['x[node1].low | 1 | 2', 'x[node1].on |  | node0'])
  })

  it('is what came into a set and what went', () => {
    expect(texts(setOf(Node), new Set([0, 1]), new Set([1, 2]))).toEqual([
      'x | node0 | ',
      'x |  | node2',
    ])
  })

  it('is each copy that came into a bag or went', () => {
    const bag = (one: number, two: number) =>
      new Map([
        [1, one],
        [2, two],
      ])
    expect(texts(bagOf(Node, 3), bag(1, 2), bag(3, 1))).toEqual([
      'x |  | node1',
      'x |  | node1',
      'x | node2 | ',
    ])
  })

  it.each([
    [[0], [0, 1, 2], ['x |  | node1', 'x |  | node2']],
    [[0, 1, 2], [0], ['x | node1 | ', 'x | node2 | ']],
    [[0, 1, 2], [1, 2], ['x | node0 | ']],
    [[0, 1, 2], [2], ['x | node0 | ', 'x | node1 | ']],
    [[0, 1, 2], [0, 2], ['x | node1 | ']],
    [[0, 1], [1, 0], ['x | [node0, node1] | [node1, node0]']],
    [[0, 1, 2], [1, 0], ['x | [node0, node1, node2] | [node1, node0]']],
  ])('is what came to a sequence or went: %j to %j', (before, after, expected) => {
    expect(texts(seqOf(Node, 4), before, after)).toEqual(expected)
  })

  it('has no value before for a key that is written for the first time', () => {
    const layout = mapOf(int(0, 10_000), int(0, 5))
    expect(texts(layout, new Map(), new Map([[7, 1]]))).toEqual(['x[7] |  | 1'])
    expect(texts(layout, new Map([[7, 1]]), new Map())).toEqual(['x[7] | 1 | '])
  })
})
