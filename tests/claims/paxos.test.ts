import { describe, expect, it } from 'vitest'
import { chosenIn, isInductive, isSafe } from '../../suites/claims/inductive-voting.ts'
import { paxosFamily } from '../../suites/claims/paxos-family.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(paxosFamily, [
  'so it is with three ballots',
  'accepting only the ballot that was promised is safe too, and not empty',
  'its inductive invariant implies agreement, holds at first, and no step leads out of it',
  'no step makes it smaller',
  'both ballots are chosen',
  'they are never chosen with different values',
  'no two values are proposed in a ballot',
  'two ballots are in their second phase at once, and neither is chosen',
  'in single-decree Paxos any node that is asked proposes; in the others only one, the leader',
])

const none = [-1, -1, -1]

describe('voting once more', () => {
  it('takes a value for safe that a majority has voted for below', () => {
    const state = { at: [1, 1, 0], votes: [[0, -1], [0, -1], none] }
    expect(isSafe(state, 1, 0)).toBe(true)
    expect(isSafe(state, 1, 1)).toBe(false)
  })

  it('does not take a value for safe while a majority may still vote for another below', () => {
    const state = { at: [1, 0, 0], votes: [none, none, none] }
    expect(isSafe(state, 1, 0)).toBe(false)
  })

  it('counts values that a majority has voted for in one ballot', () => {
    expect(
      chosenIn(
        {
          at: [1, 1, 1],
          votes: [
            [0, -1],
            [0, 1],
            [-1, 1],
          ],
        },
        2,
      ),
    ).toBe(2)
    expect(
      chosenIn(
        {
          at: [1, 1, 1],
          votes: [
            [0, -1],
            [-1, 1],
            [-1, -1],
          ],
        },
        2,
      ),
    ).toBe(0)
  })

  it('refuses votes above where an acceptor is, and two values in a ballot', () => {
    expect(isInductive({ at: [-1, 0, 0], votes: [[0], [0], [-1]] }, 1)).toBe(false)
    expect(isInductive({ at: [0, 0, 0], votes: [[0], [1], [-1]] }, 1)).toBe(false)
    expect(isInductive({ at: [0, 0, 0], votes: [[0], [0], [-1]] }, 1)).toBe(true)
  })
})
