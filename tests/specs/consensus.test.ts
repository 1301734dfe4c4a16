import { describe, expect, it } from 'vitest'
import { paxos } from '../../specs/consensus/paxos.ts'
import { quorumsOf } from '../../specs/consensus/quorums.ts'
import { voting } from '../../specs/consensus/voting.ts'
import { parseSystem } from '../../src/quorum/index.ts'
import { stepsOf, violationOf } from './stories.ts'

describe('quorums of a spec', () => {
  it('are those of the quorum system of that name', () => {
    expect(quorumsOf('majority(n=3)')).toEqual({
      size: 3,
      symmetric: true,
      reads: [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
      writes: [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
    })
    expect(quorumsOf('fpaxos(n=3,phase1=3,phase2=1)')).toEqual({
      size: 3,
      symmetric: true,
      reads: [[0, 1, 2]],
      writes: [[0], [1], [2]],
    })
  })

  it('may be given by one side, the other being what meets it', () => {
    expect(quorumsOf('writes: a * b')).toMatchObject({
      size: 2,
      reads: [[0], [1]],
      writes: [[0, 1]],
    })
  })

  it('may be such that acceptors can be exchanged, or not', () => {
    expect(quorumsOf('grid(rows=2,cols=3)').symmetric).toBe(false)
    expect(quorumsOf('reads: a * b + c; writes: (a + b) * c').symmetric).toBe(false)
    expect(quorumsOf('fpaxos(n=4,phase1=3,phase2=2)').symmetric).toBe(true)
  })

  it('need not meet, unlike those of a quorum system', () => {
    const apart = 'reads: a + b; writes: a + b'
    expect(quorumsOf(apart).reads).toEqual([[0], [1]])
    expect(() => parseSystem(apart)).toThrow()
  })
})

describe('Paxos', () => {
  // The number of steps as in the literature: one more state than steps.
  it.each([
    ['accept-below-promise', 13],
    ['ignore-votes', 13],
    ['promise-without-vote', 13],
    ['reuse-ballot', 10],
    ['forget-promise', 14],
    ['forget-all', 14],
  ])('with the bug %s chooses two values after %i states', async (mutant, states) => {
    const { kind, trace } = await violationOf(paxos, {}, mutant)
    expect(kind).toBe('invariant')
    expect(trace).toHaveLength(states)
  })

  it('chooses two values in one ballot when its number is used again', async () => {
    const violation = await violationOf(paxos, {}, 'reuse-ballot')
    const proposals = stepsOf(violation).filter((step) => step.startsWith('phase2a'))
    expect(proposals).toHaveLength(2)
  })

  it('chooses nothing at all when the ballot that was promised is refused', async () => {
    const { kind } = await violationOf(paxos, {}, 'accept-only-higher')
    expect(kind).toBe('never')
  })

  it('chooses two values over quorums that do not meet', async () => {
    const { name } = await violationOf(paxos, { quorums: 'reads: a + b; writes: a + b' })
    expect(name).toBe('no two values are chosen')
  })
})

describe('voting', () => {
  it('goes wrong soon when acceptors vote without a quorum that shows it safe', async () => {
    const { trace } = await violationOf(voting, {}, 'any-value')
    expect(trace).toHaveLength(5)
  })
})
