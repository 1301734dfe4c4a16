import { describe, expect, it } from 'vitest'

import { node } from '../../../src/quorum/expression.ts'
import type { Formula } from '../../../src/quorum/formula.ts'
import { monotoneFunctions } from '../../../src/quorum/search/monotone.ts'
import { written } from '../../../src/quorum/search/written.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
const nodes = NAMES.map((name) => node(name))
const numberOf = new Map(nodes.map((part, i) => [part.nodes[0] as never, i]))

function holds(formula: Formula, set: number): boolean {
  if (typeof formula === 'number') return ((set >>> formula) & 1) === 1
  const { need, inputs, weights } = formula
  const held = inputs.map((input, i) => (holds(input, set) ? (weights?.[i] ?? 1) : 0))
  return held.reduce((sum, weight) => sum + weight, 0) >= need
}

const text = (...quorums: readonly string[]): string =>
  written(
    quorums.map((quorum) =>
      Array.from(quorum).reduce((set, name) => set | (1 << NAMES.indexOf(name)), 0),
    ),
    nodes,
  ).toString()

describe('an expression for minimal quorums', () => {
  it('means the same, for functions of five nodes', () => {
    const { tables, minimal } = monotoneFunctions(5)
    for (const [f, table] of tables.entries()) {
      if (f === 0 || f === tables.length - 1 || f % 41 !== 0) continue
      const formula = written([...(minimal[f] ?? [])], nodes).formula(numberOf)
      for (let set = 0; set < 32; set++) {
        if (holds(formula, set) !== (((table >>> set) & 1) === 1)) expect(set).toBe(-1)
      }
    }
  }, 20_000)

  it('is read-once where that is possible', () => {
    expect(text('abc', 'abd', 'acd', 'bcd', 'e')).toBe('majority(a, b, c, d) + e')
    expect(text('ab', 'ac', 'db', 'dc')).toBe('(a + d) * (b + c)')
  })

  it('uses weights where they suffice, and takes out common nodes otherwise', () => {
    expect(text('ab', 'ac', 'ad', 'bcd')).toBe('majority(a:2, b, c, d)')
    expect(text('abc', 'ade', 'bd', 'ce')).toBe('a * (b * c + d * e) + b * d + c * e')
  })
})
