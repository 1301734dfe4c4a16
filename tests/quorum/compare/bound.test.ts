import { describe, expect, it } from 'vitest'

import { loadBound } from '../../../src/quorum/compare/bound.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { withNodes } from '../../../src/quorum/system.ts'

describe('the load that no system can be under', () => {
  it('is 1/sqrt(n) for equal nodes where all quorums meet', () => {
    expect(loadBound(parseSystem('majority(n=25)'), 0.3)).toBeCloseTo(0.2, 12)
  })

  it('is reached by a square grid whose reads are rows and whose writes cross them', () => {
    expect(loadBound(parseSystem('grid-rw(rows=4,cols=4)'), 0.5)).toBeCloseTo(1 / 4, 12)
  })

  it('is what one node must do where everything is a read or everything a write', () => {
    expect(loadBound(parseSystem('rowa(n=5)'), 1)).toBeCloseTo(1 / 5, 12)
    expect(loadBound(parseSystem('raow(n=5)'), 0)).toBeCloseTo(1 / 5, 12)
  })

  it('falls as capacities grow', () => {
    const system = parseSystem('majority(n=4)')
    const double = withNodes(
      system,
      system.nodes.map(({ name }) => quorumNode(name, { capacity: 2 })),
    )
    expect(loadBound(double, 0.5)).toBeCloseTo(loadBound(system, 0.5) / 2, 12)
  })
})
