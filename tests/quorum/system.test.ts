import { describe, expect, it } from 'vitest'

import { choose, node } from '../../src/quorum/expression.ts'
import { quorumNode } from '../../src/quorum/node.ts'
import { thresholdTree } from '../../src/quorum/structures/threshold-tree.ts'
import { quorumSystem, systemOf, withNodes } from '../../src/quorum/system.ts'
import { userErrorOf } from './user-error-of.ts'

const two = thresholdTree({ need: 2, inputs: [0, 1, 2] }, 3)

describe('a quorum system', () => {
  it('has nodes n1, n2, ... where nothing is said about them, the same at every look', () => {
    const system = systemOf({ name: 'two', size: 3, reads: two, writes: two })
    expect(system.nodes).toEqual(['n1', 'n2', 'n3'].map((name) => quorumNode(name)))
    expect(system.nodes).toBe(system.nodes)
    expect(system.name).toBe('two')
  })

  it('keeps its quorums and its name with other nodes', () => {
    const system = quorumSystem({ reads: choose(2, [node('a'), node('b'), node('c')]) })
    const nodes = ['x', 'y', 'z'].map((name) => quorumNode(name, { capacity: 2 }))
    const other = withNodes(system, nodes)
    expect(other.nodes).toBe(nodes)
    expect([other.reads, other.writes]).toEqual([system.reads, system.writes])
    expect(other.name).toBe('majority(a, b, c)')
  })

  it('has one description for each node', () => {
    const nodes = [quorumNode('x'), quorumNode('y')]
    const system = systemOf({ name: 'two', size: 3, reads: two, writes: two })
    expect(userErrorOf(() => withNodes(system, nodes))).toBe(
      'error: 2 nodes are described for a system of 3\n' +
        '  try: one description for each node, in the order of the system',
    )
    expect(userErrorOf(() => withNodes(system, [...nodes, quorumNode('y')]))).toContain('node y')
    const four = (): unknown => systemOf({ name: 'four', size: 4, reads: two, writes: two })
    expect(four).toThrow(RangeError)
  })

  it('names the first members of large quorums that miss each other', () => {
    const nodes = Array.from({ length: 100 }, (_, at) => node(`n${at + 1}`))
    const error = userErrorOf(() =>
      quorumSystem({ reads: choose(50, nodes), writes: choose(50, nodes.toReversed()) }),
    )
    expect(error).toMatch(/^error: read quorum \{(n\d+, ){20}and 30 more\} and write quorum/)
    expect(error).toMatch(/\{(n\d+, ){20}and 30 more\} have no node in common\n {2}try: give one/)
  })
})
