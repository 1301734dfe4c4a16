import { describe, expect, it } from 'vitest'

import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { choose, node } from '../../src/quorum/expression.ts'
import type { Expression } from '../../src/quorum/expression.ts'
import type { QuorumNode } from '../../src/quorum/node.ts'
import { parseExpression } from '../../src/quorum/parse.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { tableOf } from './truth.ts'
import { userErrorOf } from './user-error-of.ts'

describe('the text of an expression', () => {
  it.each([
    ['a', 'a'],
    [' majority(a,b,c)*(d+e) ', 'majority(a, b, c) * (d + e)'],
    ['(a*b)+(c*d)', 'a * b + c * d'],
    ['((a)*((b)*c))', 'a * b * c'],
    ['a+(b+c)', 'a + b + c'],
    ['a*(b+c)*d + e', 'a * (b + c) * d + e'],
    ['choose(2, [a, b, c, d])', 'choose(2, a, b, c, d)'],
    ['choose(3, a:2, b, c)', 'majority(a:2, b, c)'],
    ['choose(2, a:2, b, c)', 'choose(2, a:2, b, c)'],
    ['majority((a*b):2, c + d, e)', 'majority((a * b):2, c + d, e)'],
    ['choose(1, [choose(2, a, b, c, d):2]):2 * e', 'error'],
    ['choose(2, a, b)', 'a * b'],
    ['choose(1, a, b)', 'a + b'],
    ['choose(1, a)', 'a'],
    ['choose(2, a, b, majority(c, d, e):3, f)', 'choose(2, a, b, majority(c, d, e):3, f)'],
    ['majority([a,b])', 'a * b'],
    ['zk-1 * eu/b.c * 10.0.0.1 * Ω_2', 'zk-1 * eu/b.c * 10.0.0.1 * Ω_2'],
    ['"10.0.0.1:2379" + "a b" + "\\"\\\\"', '"10.0.0.1:2379" + "a b" + "\\"\\\\"'],
    ['choose(2, 1, 2, 3) * 4', 'majority(1, 2, 3) * 4'],
    ['choose(2, 1, 2, 3)', 'majority("1", "2", "3")'],
    ['"majority" * choose', 'majority * choose'],
    [
      'a{capacity=2, zone=eu, p=0.1, latency=3} * b',
      'a{capacity=2, latency=3, p=1/10, zone=eu} * b',
    ],
    [
      'a * a{reads=1/2, writes=1e3, zone="x y"} + b{capacity=1}',
      'a{reads=1/2, writes=1000, zone="x y"} * a + b',
    ],
  ])('%s reads as %s', (text, printed) => {
    if (printed === 'error') {
      expect(userErrorOf(() => parseExpression(text))).toContain('outside of choose and majority')
      return
    }
    expect(String(parseExpression(text))).toBe(printed)
    expect(String(parseExpression(printed))).toBe(printed)
  })

  it('keeps what is said about a node', () => {
    const [a, b] = parseExpression('a{capacity=3, reads=5, p=1/3, zone="b"} * b').nodes
    expect(a).toEqual(node('a', { capacity: 3, readCapacity: 5, failure: '1/3', zone: 'b' }).node)
    expect(b).toEqual(node('b').node)
  })

  it('reads every printed expression as the same', () => {
    for (let seed = 0; seed < 600; seed++) {
      const random = seeded(seed)
      const leaves = NODES.slice(0, random.int(1, NODES.length))
      const expression = randomExpression(random, leaves, random.int(0, 4))
      const text = String(expression)
      const again = parseExpression(text)
      expect(String(again)).toBe(text)
      const numbers = (nodes: readonly QuorumNode[]): Map<QuorumNode, number> =>
        new Map(nodes.map((own) => [own, leaves.findIndex((leaf) => leaf.node?.name === own.name)]))
      expect(again.nodes).toEqual(expression.nodes)
      const tables = [expression, again].map((one) =>
        tableOf(one.formula(numbers(one.nodes)), leaves.length),
      )
      expect(tables[0]).toEqual(tables[1])
    }
  })

  it('may be nested as deep as there is memory', () => {
    const deep = 12_000
    expect(String(parseExpression(`${'('.repeat(deep)}a${')'.repeat(deep)}`))).toBe('a')
    const text = `${'a * (b + '.repeat(deep)}c${')'.repeat(deep)}`
    expect(String(parseExpression(text))).toBe(text)
  })
})

const NODES: readonly Expression[] = [
  node('a'),
  node('b:1', { capacity: '2/3' }),
  node('7'),
  node('choose', { readCapacity: 2, zone: 'eu, west' }),
  node('x"y', { latency: 0, failure: 1e-3 }),
]

function randomExpression(
  random: Random,
  leaves: readonly Expression[],
  depth: number,
): Expression {
  if (depth === 0 || random.chance(1, 4)) return random.pick(leaves)
  const count = random.int(1, 4)
  const parts = Array.from({ length: count }, () => randomExpression(random, leaves, depth - 1))
  if (random.chance(1, 2)) return choose(random.int(1, count), parts)
  const weights = parts.map(() => random.int(1, 3))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return choose(random.int(1, total), parts, weights)
}

const EXAMPLES = 'a * b + c, choose(2, a, b, c), majority(a, b, c)'

/** Text, column and fact, what to try; the caret has to stand under the column. */
const BAD: readonly (readonly [string, number, string, string])[] = [
  ['', 1, 'there is no expression', EXAMPLES],
  ['  ', 3, 'there is no expression', EXAMPLES],
  ['a *', 4, 'the text ends where a node is expected', EXAMPLES],
  ['majority(a,,b)', 12, '`,` stands where a node is expected', EXAMPLES],
  ['a b', 3, 'b does not belong to the expression before it', '* or + between the two'],
  ['a * (b + c', 5, 'the parenthesis is not closed', ') at the end'],
  ['majority(a, b', 1, 'majority is not closed', ') at the end'],
  ['majority([a, b', 1, 'majority is not closed', '] and ) at the end'],
  ['a)', 2, '`)` closes nothing', 'leave it out, or open a parenthesis before it'],
  ['choose(4, a, b, c)', 1, '4 of 3 parts cannot be chosen', '1 to 3'],
  ['choose(0, a)', 1, '0 of 1 parts cannot be chosen', '1 to 1'],
  ['choose(9, a:2, b)', 1, '9 of parts of weight 3 cannot be chosen', '1 to 3'],
  [
    'choose(2, a:0, b)',
    1,
    'weight 0 is not a positive whole number',
    'leave a part out that does not count',
  ],
  ['choose(a, b, c)', 8, 'choose begins with a number', 'choose(2, a, b, c)'],
  ['choose(2)', 9, 'a comma and nodes are missing', 'choose(2, a, b, c)'],
  ['choos(2, a, b, c)', 1, 'there is no choos(...) of nodes', 'choose(2, a, b, c)'],
  ['quorum(a, b, c)', 1, 'there is no quorum(...) of nodes', EXAMPLES],
  [
    'a:2 * b',
    2,
    'a weight stands outside of choose and majority',
    'choose(3, a:2, b, c); names with : stand in quotes',
  ],
  [
    'choose(2, a*b:2, c)',
    14,
    'a weight belongs to one part',
    'parentheses: choose(3, (a * b):2, c, d)',
  ],
  [
    'choose(2, n:x, c)',
    13,
    'a weight is a positive whole number',
    'choose(3, a:2, b, c); names with : stand in quotes',
  ],
  ['choose(2, [a, b, c)', 19, '`)` stands where , or ] is expected', EXAMPLES],
  ['choose(2, [a, b], c)', 17, '`,` stands where ) is expected', EXAMPLES],
  ['majority(a b)', 12, 'b stands where , or ) is expected', EXAMPLES],
  ['a & b', 3, '`&` has no meaning here', '* means and, + means or'],
  ['a * b#c', 6, '`#` has no meaning here', 'names with such characters in quotes: "a b"'],
  ['a * "b', 5, 'the quote is not closed', 'a second " after the name'],
  ['a * "\\x"', 5, 'the quoted name cannot be read', 'escapes as in JSON: \\" and \\\\'],
  ['a * ""', 5, 'a node has no name', 'a, n1, zk-3'],
  [
    'a{capacity=-1}',
    12,
    'read capacity -1 is not positive',
    'leave the node out if it can do nothing',
  ],
  ['a{capacity=NaN}', 12, 'read capacity NaN is not a number', 'a number as 2, 0.5 or 1/3'],
  ['a{p=1.5}', 5, '1.5 is not a probability', 'the probability of being down, from 0 to 1'],
  ['a{capcity=1}', 3, 'nodes have no capcity', 'capacity'],
  ['a{}', 3, 'a property of the node is missing', 'capacity, reads, writes, latency, p, zone'],
  ['a{p 1}', 5, '= is missing', 'a{capacity=2, zone=eu}'],
  ['a{p=}', 5, 'p has no value', 'a{capacity=2, zone=eu}'],
  ['a{p=1 zone=x}', 7, ', or } is missing', 'a{capacity=2, zone=eu}'],
  ['a{p=1, p=0}', 8, 'p is given twice', 'leave one out'],
  ['a{p=1', 6, ', or } is missing', 'a{capacity=2, zone=eu}'],
  ['a{p=1} * a{p=1}', 10, 'node a is described twice', 'braces at one of its places only'],
  ['{p=1}', 1, 'no node stands before the brace', 'a{capacity=2}'],
  ['a; b', 2, '`;` does not belong to the expression before it', 'reads: a * b; writes: a + b'],
  ['reads: a; reads: b', 11, 'the reads are given twice', EXAMPLES],
  ['reads: a; b', 11, 'b does not belong to the expression before it', '* or + between the two'],
]

describe('what cannot be read', () => {
  it.each(BAD)('%s: column %i: %s', (text, column, fact, hint) => {
    const caret = `${' '.repeat(column - 1)}^`
    expect(userErrorOf(() => parseSystem(text))).toBe(
      `error: column ${column}: ${fact}\n  ${text}\n  ${caret}\n  try: ${hint}`,
    )
  })

  it('shows the place in a long text', () => {
    const names = Array.from({ length: 40 }, (_, at) => `n${at}`).join('+')
    const text = userErrorOf(() => parseExpression(`${names}\n++ ${names}`)).split('\n')
    expect(text[0]).toBe('error: column 152: `+` stands where a node is expected')
    const before = '…n28+n29+n30+n31+n32+n33+n34+n35+n36+n37+n38+n39 +'
    expect(text[1]).toBe(`  ${before}+ n0+n1+n2+n3+n4+n5+n6+n7+n8+…`)
    expect(text[2]).toBe(`  ${' '.repeat(before.length)}^`)
  })
})

describe('the text of a system', () => {
  it.each([
    ['majority(n=5)', 'majority(n=5)', false],
    ['majority(a, b, c)', 'majority(a, b, c)', false],
    ['hqc(3,3)', 'hqc(3,3)', true],
    ['wall(1,2,3)', 'wall(1,2,3)', true],
    ['reads: a*b;', 'a * b', false],
    ['writes: a*b', 'writes: a * b', false],
    ['quorums: majority(a,b,c)', 'quorums: majority(a, b, c)', true],
    ['reads: a*b; writes: b*a', 'reads: a * b; writes: b * a', false],
    ['reads: a + b; writes: a*b*c{p=0.5}', 'reads: a + b; writes: a * b * c{p=1/2}', false],
    ['reads: a{zone=x} + b; writes: a*b', 'reads: a{zone=x} + b; writes: a * b', false],
    ['writes: a; reads: a', 'quorums: a', true],
    ['reads', 'reads', false],
  ])('%s reads as %s', (text, name) => {
    const system = parseSystem(text)
    expect(system.name).toBe(name)
    const again = parseSystem(name)
    expect(again.name).toBe(name)
    expect(again.nodes).toEqual(system.nodes)
    for (const side of ['reads', 'writes'] as const) {
      const [left, right] = [system, again].map((one) => tableOf(one[side].formula(), one.size))
      expect(left).toEqual(right)
    }
  })

  it('is a coterie where both sides are the same', () => {
    for (const text of ['quorums: a * b', 'reads: a; writes: a', 'grid(2,2)']) {
      const { reads, writes } = parseSystem(text)
      expect(reads).toBe(writes)
    }
    const { reads, writes } = parseSystem('majority(a, b, c)')
    expect(reads).not.toBe(writes)
  })
})
