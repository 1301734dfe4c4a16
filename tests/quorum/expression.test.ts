import { describe, expect, it } from 'vitest'

import { choose, majority, node } from '../../src/quorum/expression.ts'
import type { Expression } from '../../src/quorum/expression.ts'
import { quorumSystem } from '../../src/quorum/system.ts'
import type { QuorumSystem } from '../../src/quorum/system.ts'
import { treeOf } from '../../src/quorum/structures/threshold-tree.ts'
import { userErrorOf } from './user-error-of.ts'

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => node(name)) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
]

function quorums(system: QuorumSystem, side: 'reads' | 'writes'): string[] {
  const name = (member: number): string => system.nodes[member]?.name ?? ''
  return [...system[side].minimalQuorums()].map((q) => Array.from(q, name).join('')).sort()
}

describe('the algebra', () => {
  it('joins with and, offers with or, and the dual exchanges them', () => {
    const system = quorumSystem({ reads: a.and(b).or(c.and(d)) })
    expect(quorums(system, 'reads')).toEqual(['ab', 'cd'])
    expect(quorums(system, 'writes')).toEqual(['ac', 'ad', 'bc', 'bd'])
    expect(String(a.and(b).or(c.and(d)).dual())).toBe('(a + b) * (c + d)')
  })

  it('chooses by number and by weight', () => {
    const system = quorumSystem({ reads: choose(3, [a, b, c, d], [2, 1, 1, 1]) })
    expect(quorums(system, 'reads')).toEqual(['ab', 'ac', 'ad', 'bcd'])
    expect(quorums(system, 'writes')).toEqual(['ab', 'ac', 'ad', 'bcd'])
    expect(String(majority([a, b, c, d], [2, 1, 1, 1]))).toBe('majority(a:2, b, c, d)')
    expect(quorums(quorumSystem({ writes: majority([a, b, c, d]) }), 'reads')).toHaveLength(6)
  })

  it('gives every dual back as the expression it came from', () => {
    const expression = majority([a, b.and(c), choose(1, [d, e])], [3, 1, 1])
    expect(String(expression.dual().dual())).toBe(String(expression))
  })

  it('numbers the nodes in the order of their first appearance', () => {
    const system = quorumSystem({ reads: c.and(a), writes: a.or(b).and(c) })
    expect(system.nodes.map(({ name }) => name)).toEqual(['c', 'a', 'b'])
    expect(c.and(a, c, b).nodes.map(({ name }) => name)).toEqual(['c', 'a', 'b'])
  })

  it('knows that a node which is used twice is one node', () => {
    expect(quorums(quorumSystem({ reads: a.or(a) }), 'writes')).toEqual(['a'])
    expect(quorums(quorumSystem({ reads: a.and(b).or(a) }), 'reads')).toEqual(['a'])
  })

  it('is one gate however it was written', () => {
    const tree = treeOf(
      quorumSystem({
        reads: a
          .and(b)
          .and(c.and(d))
          .and(choose(1, [e])),
      }).reads,
    )
    expect(tree?.vertices).toBe(6)
    expect(quorumSystem({ reads: a.or(b).or(c) }).reads.transitive).toBe(true)
    const alike = choose(2, [a, b, c], [5, 5, 5])
    expect(treeOf(quorumSystem({ reads: alike }).reads)).toMatchObject({ weighted: false })
  })

  it('knows a coterie by its sides being one object', () => {
    const same = majority([a, b, c])
    const coterie = quorumSystem({ reads: same, writes: same })
    expect(coterie.reads).toBe(coterie.writes)
    expect(coterie.name).toBe('quorums: majority(a, b, c)')
    const alike = quorumSystem({ reads: same, writes: majority([a, b, c]) })
    expect(alike.reads).toBe(alike.writes)
    const pair = quorumSystem({ reads: same })
    expect(pair.reads).not.toBe(pair.writes)
  })

  it('has a name that tells which side was given', () => {
    expect(quorumSystem({ reads: a.and(b) }).name).toBe('a * b')
    expect(quorumSystem({ writes: a.and(b) }).name).toBe('writes: a * b')
    expect(quorumSystem({ reads: a.and(b), writes: a }).name).toBe('reads: a * b; writes: a')
    expect(quorumSystem({ reads: a, name: 'one' }).name).toBe('one')
  })

  it.each<[string, () => unknown]>([
    ['error: there is nothing to choose from\n  try: at least one node', () => majority([])],
    ['error: 4 of 3 parts cannot be chosen\n  try: 1 to 3', () => choose(4, [a, b, c])],
    ['error: 0 of 2 parts cannot be chosen\n  try: 1 to 2', () => choose(0, [a, b])],
    ['error: 1.5 of 2 parts cannot be chosen\n  try: 1 to 2', () => choose(1.5, [a, b])],
    [
      'error: 9 of parts of weight 3 cannot be chosen\n  try: 1 to 3',
      () => choose(9, [a, b], [2, 1]),
    ],
    [
      'error: weight 0 is not a positive whole number\n  try: leave a part out that does not count',
      () => choose(1, [a, b], [1, 0]),
    ],
    ['error: 1 weights for 2 parts\n  try: one for each part', () => choose(1, [a, b], [1])],
    ['error: a node has no name\n  try: a, n1, zk-3', () => node('')],
    [
      'error: a quorum system needs read quorums or write quorums' +
        '\n  try: quorumSystem({ reads: majority([a, b, c]) })',
      () => quorumSystem({}),
    ],
    [
      'error: node a: two different nodes have this name' +
        '\n  try: make the node once and use it twice, or give the second one another name',
      () => quorumSystem({ reads: a.or(node('a')) }),
    ],
    [
      'error: read quorum {a, b} and write quorum {c, d} have no node in common' +
        '\n  try: give one side only: the other is then what meets it',
      () => quorumSystem({ reads: a.and(b), writes: c.and(d).or(a) }),
    ],
  ])('refuses with %s', (text, call) => {
    expect(userErrorOf(call)).toBe(text)
  })

  it('has no limit of depth or width', () => {
    const leaves = Array.from({ length: 12_001 }, (_, at) => node(`n${at}`))
    const first = leaves[0] as Expression
    let deep = first
    for (let at = 1; at + 1 < leaves.length; at += 2) {
      deep = choose(2, [deep, leaves[at] as Expression, leaves[at + 1] as Expression])
    }
    let chain = first
    for (const leaf of leaves.slice(1)) chain = chain.and(leaf)
    for (const expression of [deep, deep.dual(), chain, majority(leaves)]) {
      const system = quorumSystem({ reads: expression })
      expect(system.size).toBe(12_001)
      expect(system.reads.holds(new Uint8Array(12_001).fill(1))).toBe(true)
      const [quorum] = system.writes.minimalQuorums()
      const prices = new Float64Array(12_001).fill(1)
      expect(system.writes.cheapest(prices).price).toBeLessThanOrEqual(quorum?.length ?? 0)
    }
    expect(String(deep)).toContain('n12000')
    expect(quorumSystem({ reads: deep, writes: deep.dual() }).size).toBe(12_001)
  })

  it('writes a part that is used many times out, up to a stated limit', () => {
    let much = majority([a, b, c])
    for (let times = 0; times < 40; times++) much = much.and(much.or(a))
    expect(userErrorOf(() => quorumSystem({ reads: much }))).toBe(
      'error: the expression has more than 2,000,000 parts when it is written out' +
        '\n  try: fewer nested uses of the same part',
    )
  })
})
