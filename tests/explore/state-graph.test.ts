import { expect, it } from 'vitest'
import { int, mapOf, id, model, modelSystem } from '../../src/explore/index.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { stateGraph } from '../../src/explore/state-graph.ts'

const Node = id('node', 2)

it('a graph labels states with what tells them from others, and with nothing else', () => {
  const one = model({
    state: { number: int(0, 2), most: int(0, 9), each: mapOf(Node, int(0, 1)) },
    init: (s) => {
      s.most = 7
    },
    actions: {
      up: {
        when: (s) => s.number < 2,
        then: (s) => {
          s.number++
          s.each.set(1, 1)
        },
      },
    },
    sometimes: { 'it is two': (s) => s.number === 2 },
    ends: (s) => s.number === 2,
  }) as AnyModel
  const { nodes, edges } = stateGraph(modelSystem('one', one), { maxStates: 3 })
  expect(nodes.map(({ lines, end, initial }) => [lines, end, initial])).toEqual([
    [['number: 0', 'each: 0 0'], 'no', true],
    [['number: 1', 'each: 0 1'], 'no', false],
    [['number: 2', 'each: 0 1'], 'may', false],
  ])
  expect(edges).toEqual([
    { from: 0, to: 1, labels: ['up'] },
    { from: 1, to: 2, labels: ['up'] },
  ])
})
