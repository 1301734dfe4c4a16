import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { agreement } from '../../checkers/invariants/agreement.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'

const nodes = ['n1', 'n2', 'n3']

describe('agreement', () => {
  it('is broken by two nodes that have decided differently, and by nothing else', () => {
    const decided = fc.constantFrom(undefined, null, 1, 2, [1], [2])
    const view = fc.option(
      fc.record({
        decided,
        instances: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(1, 2, [1])),
      }),
      { nil: undefined },
    )
    let broken = 0
    fc.assert(
      fc.property(fc.tuple(view, view, view), (views) => {
        const differ = (values: readonly unknown[]) => new Set(values.map(textOf)).size > 1
        const all = views.flatMap((shown) => (shown === undefined ? [] : [shown]))
        const expected =
          differ(all.map((shown) => shown.decided).filter((value) => value != null)) ||
          ['a', 'b'].some((name) =>
            differ(all.filter((shown) => name in shown.instances).map((s) => s.instances[name])),
          )
        const found = agreement.violated(views, nodes)
        expect(found !== undefined).toBe(expected)
        if (expected) broken++
      }),
      { numRuns: 2000, seed: 5 },
    )
    expect(broken).toBeGreaterThan(200)
  })

  it('names the nodes, what they decided, and where', () => {
    const views = [undefined, { instances: { a: 1 } }, { instances: { a: 2 } }]
    expect(agreement.violated(views, nodes)).toBe(
      'n2 has decided 1 and n3 has decided 2 in instance a',
    )
  })
})

describe('total order', () => {
  it('is broken unless of any two nodes one has delivered a prefix of what the other has', () => {
    const list = fc.array(fc.constantFrom(1, 2, [1]), { maxLength: 3 })
    const view = fc.option(fc.record({ delivered: list }), { nil: undefined })
    const outcomes = { kept: 0, broken: 0 }
    fc.assert(
      fc.property(fc.tuple(view, view, view), (views) => {
        const lists = views.flatMap((shown) => (shown === undefined ? [] : [shown.delivered]))
        const isPrefix = (one: readonly unknown[], other: readonly unknown[]) =>
          one.every((item, at) => at >= other.length || textOf(item) === textOf(other[at]))
        const kept = lists.every((one) => lists.every((other) => isPrefix(one, other)))
        expect(totalOrder.violated(views, nodes) === undefined).toBe(kept)
        outcomes[kept ? 'kept' : 'broken']++
      }),
      { numRuns: 2000, seed: 6 },
    )
    expect(Math.min(outcomes.kept, outcomes.broken)).toBeGreaterThan(200)
  })

  it('names the first message that differs', () => {
    const views = [{ delivered: ['a', 'b'] }, undefined, { delivered: ['a', 'c', 'd'] }]
    expect(totalOrder.violated(views, nodes)).toBe(
      'the message number 2 is "b" at n1 and "c" at n3',
    )
  })
})

function textOf(value: unknown): string {
  return JSON.stringify(value)
}
