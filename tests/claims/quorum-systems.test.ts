import { describe, expect, it } from 'vitest'

import {
  byzantineSizes,
  disseminationMeasured,
  majoritySize,
} from '../../suites/claims/byzantine-quorums.ts'
import type { Question } from '../../suites/claims/check.ts'
import { estimated, isLess } from '../../suites/claims/estimate.ts'
import {
  belowHalf,
  lostWithItsReplica,
  oneAndAll,
  twoMeaningsOfP,
} from '../../suites/claims/quorum-failure-questions.ts'
import {
  bandsMeet,
  gridIsSmall,
  rectangle,
  shapesTrade,
} from '../../suites/claims/quorum-grid-questions.ts'
import { loadByTrying, oneAndAllDiffer } from '../../suites/claims/quorum-load-questions.ts'
import {
  emptySetSlipsThrough,
  minimalIsTheSame,
  nonEmptyIsEnough,
  oneRound,
  sizesThatMeet,
  twoExamples,
  votesCanSplit,
  writesMissEachOther,
} from '../../suites/claims/quorum-questions.ts'

const questions: readonly Question[] = [
  emptySetSlipsThrough,
  nonEmptyIsEnough,
  twoExamples,
  minimalIsTheSame,
  sizesThatMeet,
  writesMissEachOther,
  oneRound('once'),
  oneRound('twice'),
  votesCanSplit,
  byzantineSizes,
  disseminationMeasured,
  majoritySize,
  oneAndAll,
  lostWithItsReplica,
  twoMeaningsOfP,
  belowHalf,
  rectangle,
  gridIsSmall,
  shapesTrade,
  bandsMeet,
  loadByTrying,
  oneAndAllDiffer,
]

describe('questions about quorum systems', () => {
  it.each(questions.map((question) => [question.asks, question] as const))(
    '%s',
    async (_, question) => {
      expect(await question.find({ seconds: 20 })).toMatchObject({ outcome: 'pass' })
    },
  )
})

describe('an estimate', () => {
  it('is less than another one only where the intervals do not touch', () => {
    const [low, high] = [estimated([1, 2, 3]), estimated([7, 8, 9])]
    expect(low).toEqual({ mean: 2, half: 1.96 / Math.sqrt(3) })
    expect([isLess(low, high), isLess(high, low), isLess(low, estimated([1, 2, 6]))]).toEqual([
      true,
      false,
      false,
    ])
  })
})
