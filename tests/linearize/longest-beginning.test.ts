import { expect, it } from 'vitest'
import { register } from '../../checkers/models/register.ts'
import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import type { Operation } from '../../src/core/operation.ts'
import { timeline } from '../../src/history/timeline.ts'
import { cutShort } from '../../src/linearize/cut-short.ts'
import { longestBeginning } from '../../src/linearize/longest-beginning.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { faultIn } from '../oracle/replay.ts'
import { anyProblem } from './general-cases.ts'

it('the longest beginning of a failing history has an order, and one return more has none', () => {
  let failing = 0
  for (let n = 0; n < 2000; n++) {
    const problem = anyProblem(seeded(n))
    if (isLinearizable(problem)) continue
    failing++
    const { model, operations } = problem
    const found = longestBeginning(problem, new Meter())
    if (found === undefined) expect.fail('no budget was set')
    const until = (end: number) => ({
      ...problem,
      operations: operations.flatMap((operation) => cutShort(operation, end, model) ?? []),
    })
    const end = operations[found.impossible]?.returned ?? -1
    expect(isLinearizable(until(end))).toBe(false)
    expect(isLinearizable(until(end - 1))).toBe(true)
    const known = until(end - 1).operations
    const ids = found.order.map((index) => operations[index]?.id)
    const order = ids.map((id) => known.findIndex((operation) => operation.id === id))
    expect(faultIn(order, { ...problem, operations: known })).toBeUndefined()
  }
  expect(failing).toBeGreaterThan(200)
})

it('what is open at the end of a beginning has no answer, and is gone if it only looks', () => {
  const { operations } = timeline(`
    a: [write 1]    [write 3     ]
    b:    [read -> 1]   [read -> 3]
    c:                              [write 4]
  `)
  const end = operations[3]?.called ?? -1
  const left = operations.flatMap((operation) => cutShort(operation, end, register) ?? [])
  expect(left.map(({ f, value, result, returned }) => [f, value, result, returned <= end])).toEqual(
    [
      ['write', 1, null, true],
      ['read', null, 1, true],
      ['write', 3, undefined, false],
    ],
  )
  const [write] = operations as [Operation]
  expect(cutShort(write, write.returned, register)).toBe(write)
  expect(cutShort(write, write.called, register)?.result).toBeUndefined()
})
