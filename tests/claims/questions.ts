import { describe, expect, it } from 'vitest'
import type { Question } from '../../suites/claims/check.ts'
import type { ClaimGroup } from '../../suites/claims/claim.ts'
import { checksOf } from '../../suites/claims/claim.ts'

/**
 * Each question of a group is a test: it must come out as the book says. The slow ones, which take
 * longer than a test should, are left to the book.
 */
export function answersItsQuestions(group: ClaimGroup, slow: readonly string[] = []): void {
  const questions = new Map<string, { readonly id: string; readonly check: Question }>()
  for (const claim of group.claims) {
    for (const { check } of checksOf(claim)) {
      if (typeof check === 'string' || check.type !== 'question') continue
      questions.set(check.asks, { id: claim.id, check })
    }
  }
  describe(`the questions of ${group.name}`, () => {
    it('are those that are left to the book, and others', () => {
      expect(slow.filter((asks) => !questions.has(asks))).toEqual([])
    })
    for (const { id, check } of questions.values()) {
      const { asks, find } = check
      it.skipIf(slow.includes(asks))(`${id}: ${asks}`, async () => {
        const { outcome, sentence } = await find({ seconds: 20 })
        expect(`${outcome}: ${sentence}`).toMatch(/^pass: ./)
      })
    }
  })
}
