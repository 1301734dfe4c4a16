import { describe, expect, it } from 'vitest'
import { queue } from '../../checkers/models/queue.ts'
import { fifoQueue } from '../../src/linearize/queue-order.ts'
import { collectionProblem } from './collection-cases.ts'
import { fuzz } from './fuzz.ts'

const engine = fifoQueue({ insert: ['enqueue'], remove: ['dequeue'], peek: ['peek'] })
const problemOf = collectionProblem(queue, { insert: 'enqueue', remove: 'dequeue', peek: 'peek' })

describe('queues with unique values', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(engine, problemOf, 10_000, 1)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBeLessThan(20)
  })
})
