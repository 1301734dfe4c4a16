import { describe, expect, it } from 'vitest'

import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import { abd as code } from '../../impls/registers/abd.ts'
import { abd } from '../../specs/registers/abd.ts'
import { explored } from '../../suites/claims/explored.ts'
import {
  decidedAs,
  keeps,
  lastEnded,
  regularRead,
  safeRead,
} from '../../suites/claims/register-definitions.ts'
import { tagsAreUnique } from '../../suites/claims/register-machines.ts'
import {
  isAmbiguous,
  isNotEnoughAlone,
  isOneAtATime,
} from '../../suites/claims/register-questions.ts'
import {
  acknowledgedIsLost,
  answeredIsEnough,
  answersAfter,
  commonMayBeFaulty,
  isOnlyChoice,
} from '../../suites/claims/replica-questions.ts'
import { linesOf, played } from '../../suites/claims/scripted-run.ts'
import { oneWriterHistories } from '../../suites/register-histories.ts'
import type { Question } from '../../suites/claims/check.ts'

const outcomeOf = async (question: Question) => (await question.find({ seconds: 20 })).outcome

const small = () => oneWriterHistories(2, 1)

describe('questions about registers', () => {
  it.each(
    [
      isOneAtATime,
      isAmbiguous({ 'last ended': lastEnded }),
      isNotEnoughAlone,
      tagsAreUnique,
      commonMayBeFaulty,
      answeredIsEnough,
      isOnlyChoice(5, 2),
      acknowledgedIsLost(1),
      acknowledgedIsLost(2),
    ].map((question) => [question.asks, question] as const),
  )('%s', async (_, question) => {
    expect(await outcomeOf(question)).toBe('pass')
  })

  it('hold a checker against its definition, and see another one', async () => {
    const of = (condition: typeof safe, rule: typeof safeRead) =>
      outcomeOf(decidedAs(condition, (operations) => keeps(rule, operations), small))
    expect(await of(safe, safeRead)).toBe('pass')
    expect(await of(regular, regularRead)).toBe('pass')
    expect(await of(safe, regularRead)).toBe('fail')
    expect(await of(regular, lastEnded)).toBe('fail')
  })

  it('tell a model that breaks its claims from one that does not', async () => {
    const model = (mutant?: 'read-one') => () => abd.make({ readers: 1 }, mutant)
    const breaks = 'what a read returns is regular'
    expect(await outcomeOf(explored('it is right', { model: model() }))).toBe('pass')
    expect(await outcomeOf(explored('it is right', { model: model('read-one') }))).toBe('fail')
    expect(await outcomeOf(explored('it is wrong', { model: model('read-one'), breaks }))).toBe(
      'pass',
    )
    expect(await outcomeOf(explored('it is wrong', { model: model(), breaks }))).toBe('fail')
  })

  it('see a protocol that is not live with two crashes', async () => {
    const stubborn = {
      ...code,
      make: () => code.make({ quorums: 'rowa(n=5)' }),
    }
    expect(await outcomeOf(answersAfter(stubborn, 2))).toBe('fail')
  })
})

describe('a script', () => {
  it('plays what it says and ends when it says', () => {
    const history = played({
      protocol: code,
      nodes: 3,
      asks: [
        { at: 10, client: 0, node: 'n1', f: 'write', value: 7 },
        { at: 50, client: 1, node: 'n2', f: 'read' },
        { at: 99, client: 0, node: 'n3', f: 'read' },
      ],
      untilMs: 100,
    })
    expect(linesOf(history)).toEqual([
      'c1 write 7 at 10 ms: done',
      'c2 read at 50 ms: 7',
      'c1 read at 99 ms: no answer',
    ])
  })
})
