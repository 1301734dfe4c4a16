import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import { decideSequential } from '../../src/linearize/order-sequential.ts'
import { allHistories } from '../checkers/client-histories.ts'
import { perKey, timed, together } from '../checkers/interleavings.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

describe('two clients, each with two operations on two registers, in 55,440 interleavings', () => {
  it('are linearizable exactly if each register alone is, and then sequential', () => {
    let histories = 0
    let linearizable = 0
    for (const history of allHistories([2, 2])) {
      for (let interleaving = 0; interleaving < 70; interleaving++) {
        const problem = timed(history, interleaving)
        const whole = isLinearizable(together(problem))
        if (perKey(problem).every(isLinearizable) !== whole) {
          expect([histories, whole]).toEqual([histories, !whole])
        }
        histories++
        if (!whole) continue
        linearizable++
        const { outcome } = decideSequential(problem, new Meter())
        if (outcome !== 'pass') expect([histories, outcome]).toEqual([histories, 'pass'])
      }
    }
    // An even number, as it must be: no history is its own mirror image with the clients exchanged.
    expect([histories, linearizable]).toEqual([55_440, 26_032])
  })
})
