import { describe, expect, it } from 'vitest'

import {
  bothWithoutCut,
  cannotTell,
  noneIsSpared,
  notBoth,
} from '../../suites/claims/cap-questions.ts'
import {
  commonOrderIsWrong,
  fullOrderIsCausal,
  rulesMissReads,
  valuesComeBack,
} from '../../suites/claims/causal-questions.ts'
import type { Question } from '../../suites/claims/check.ts'
import { checksOf } from '../../suites/claims/claim.ts'
import { isMap, unansweredMatters } from '../../suites/claims/consistency-questions.ts'
import { consistencyModels } from '../../suites/claims/consistency-models.ts'
import { prefixesAreNeverWrong } from '../../suites/claims/eventual-questions.ts'
import {
  allWithoutCut,
  notAllThree,
  slowIsCut,
  tuning,
} from '../../suites/claims/partition-runs.ts'

const questions: readonly Question[] = [
  isMap,
  unansweredMatters,
  rulesMissReads,
  fullOrderIsCausal,
  commonOrderIsWrong,
  valuesComeBack,
  prefixesAreNeverWrong,
  notBoth,
  bothWithoutCut,
  noneIsSpared,
  cannotTell,
  notAllThree,
  allWithoutCut,
  tuning,
  slowIsCut,
]

/** Histories that are drawn, of all claims. */
const drawn = consistencyModels.claims.flatMap((claim) =>
  checksOf(claim).flatMap(({ check }) =>
    typeof check !== 'string' &&
    check.type === 'question' &&
    check.method === 'history' &&
    !questions.includes(check)
      ? [[`${claim.id}: ${check.asks}`, check] as const]
      : [],
  ),
)

describe('questions about consistency', () => {
  it.each([...questions.map((question) => [question.asks, question] as const), ...drawn])(
    '%s',
    async (_, question) => {
      expect(await question.find({ seconds: 20 })).toMatchObject({ outcome: 'pass' })
    },
  )
})
