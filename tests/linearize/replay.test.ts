import { expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { decideBySearch } from '../../src/linearize/decide.ts'
import { faultInOrder } from '../../src/linearize/replay.ts'
import { faultIn } from '../oracle/replay.ts'
import { anyProblem } from './general-cases.ts'

it('orders that are no proof are told from those that are, as by definition', () => {
  const tally = { proof: 0, fault: 0 }
  for (let n = 0; n < 3000; n++) {
    const random = seeded(n)
    const problem = anyProblem(random)
    const decision = decideBySearch(problem, new Meter())
    if (decision.outcome !== 'pass') continue
    const order = Array.from(decision.order)
    expect(faultInOrder(order, problem)).toBeUndefined()
    if (order.length === 0) continue
    const at = () => random.int(0, order.length - 1)
    const [from, to] = [at(), at()]
    const one = order.slice(from, from + 1)
    const others = [
      order.toSpliced(from, 1),
      order.toSpliced(to, 0, ...one),
      order.toSpliced(from, 1).toSpliced(to, 0, ...one),
    ]
    for (const other of others) {
      const fault = faultIn(other, problem)
      const same = faultInOrder(other, problem) === undefined
      if (same !== (fault === undefined)) expect.fail(`${n}: ${String(fault)} ${other.join()}`)
      tally[fault === undefined ? 'proof' : 'fault']++
    }
  }
  expect(Math.min(tally.proof, tally.fault)).toBeGreaterThan(700)
})
