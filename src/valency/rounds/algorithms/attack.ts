import type { Budget } from '../../../core/budget.ts'
import { Meter } from '../../../core/budget.ts'
import { OutOfBudget } from '../explore-rounds.ts'
import type { AlgorithmQuestion, Attacked, AttackedCase } from './attacked.ts'
import { attackFloodSet } from './flood-set.ts'
import { attackOralMessages } from './oral-messages.ts'
import { attackSignedMessages } from './signed-messages.ts'

/** Runs a known algorithm against everything that its adversary can do. */
export function attackAlgorithm(question: AlgorithmQuestion, budget: Budget = {}): Attacked {
  const started = performance.now()
  const meter = new Meter(budget)
  const answer = (found: Pick<Attacked, 'outcome' | 'cases' | 'stopped'>): Attacked => ({
    question,
    ...found,
    seconds: (performance.now() - started) / 1000,
  })
  try {
    const cases = casesOf(question, meter)
    const wrong = cases.some(({ disagreements, invalid }) => disagreements + invalid > 0n)
    return answer({ outcome: wrong ? 'fail' : 'pass', cases })
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error
    const covered = `${meter.steps.toLocaleString('en-US')} steps were taken`
    return answer({ outcome: 'unknown', cases: [], stopped: meter.hit(covered) })
  }
}

function casesOf(question: AlgorithmQuestion, meter: Meter): readonly AttackedCase[] {
  switch (question.algorithm) {
    case 'flood-set':
      return attackFloodSet(question, meter)
    case 'oral-messages':
      return attackOralMessages(question, meter)
    case 'signed-messages':
      return attackSignedMessages(question, meter)
  }
}
