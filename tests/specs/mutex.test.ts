import { describe, expect, it } from 'vitest'
import { bakery } from '../../specs/mutex/bakery.ts'
import { lamportMutex } from '../../specs/mutex/lamport-mutex.ts'
import { peterson } from '../../specs/mutex/peterson.ts'
import { explore } from '../../src/explore/index.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('mutual exclusion', () => {
  it('needs Peterson’s two writes in their order', async () => {
    expect(stepsOf(await violationOf(peterson, {}, 'turn-first'))).toEqual([
      'begin 0',
      'begin 1',
      'giveTurn 0',
      'giveTurn 1',
      'want 1',
      'enter 1 the other does not want to',
      'want 0',
      'enter 0 it has the turn',
    ])
  })

  it('needs an order among requests of the same time', async () => {
    const { trace } = await violationOf(lamportMutex, {}, 'no-tie-break')
    expect(trace.at(-1)?.state).toMatchObject({ critical: new Set([0, 1]) })
    expect(trace).toHaveLength(9)
  })

  it('keeps no more than three messages on a link', async () => {
    // More would not fit into the layout, and be an error.
    const found = await explore(lamportMutex.make({ n: 2, maxClock: 8 }))
    expect(found).toMatchObject({ outcome: 'pass', cut: true })
  })

  it('holds for three customers of the bakery, whose numbers flicker', async () => {
    const found = await explore(bakery.make({ n: 3, maxNat: 1 }))
    expect(found.outcome).toBe('pass')
  })

  it('fails at the bakery, not only in its proof, if nobody waits for who chooses', async () => {
    const { violations } = await explore(bakery.make({}, 'no-choosing'), { keepGoing: true })
    const broken = violations.find(({ name }) => name === 'at most one is in the critical section')
    expect(broken?.trace).toHaveLength(19)
  })
})
