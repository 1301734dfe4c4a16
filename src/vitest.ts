/**
 * A matcher for vitest: `expect(history).toBeLinearizable(register())`. Importing this module is
 * enough.
 *
 * @packageDocumentation
 */
import { expect } from 'vitest'

import { linearizable } from '../checkers/linearizable.ts'
import { inferModel, validate } from '../checkers/models/index.ts'
import { violationText } from './cli/violation-text.ts'
import type { Budget } from './core/budget.ts'
import type { Model } from './core/model.ts'
import type { History } from './history/history.ts'

/** What the matcher takes: a model, or one of the functions that make one. */
export type ModelArgument = Model | (() => Model)

declare module 'vitest' {
  // Declared as in vitest, or the two would not merge.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars
  interface Matchers<T = any> {
    /**
     * The history can be explained by one order of its operations that the model allows and that
     * respects real time. Without a model the simplest one that knows the operations is taken.
     * A history that the budget (default: 10 seconds) is too small for is neither linearizable nor
     * not: the assertion fails, also behind `.not`.
     */
    toBeLinearizable(model?: ModelArgument, budget?: Budget): void
  }
}

const DEFAULT_BUDGET: Budget = { seconds: 10 }

/** The look of the message: no colours, as vitest prints it in its own. */
const PAPER = { width: 100, colour: false }

expect.extend({
  toBeLinearizable(received: unknown, model?: ModelArgument, budget: Budget = DEFAULT_BUDGET) {
    const history = historyOf(received)
    const chosen =
      model === undefined
        ? inferModel(history.operations, history.source)
        : typeof model === 'function'
          ? model()
          : model
    validate(chosen, history)
    const verdict = linearizable.check(history, { model: chosen, budget })
    const about = `${history.source}, model ${chosen.name}`
    switch (verdict.outcome) {
      case 'pass':
        return {
          pass: true,
          message: () => `${about}: linearizable, and should not be (${verdict.evidence.sentence})`,
        }
      case 'fail':
        return {
          pass: false,
          message: () =>
            `${about}: not linearizable\n\n${violationText(history, verdict.evidence, PAPER)}`,
        }
      case 'unknown':
        return {
          pass: this.isNot,
          message: () => `${about}: unknown whether linearizable: ${verdict.evidence.covered}`,
        }
    }
  },
})

function historyOf(received: unknown): History {
  if (typeof received === 'object' && received !== null && 'operations' in received) {
    return received as History
  }
  throw new TypeError(
    'toBeLinearizable judges a history, ' +
      'as readHistory(), timeline() and record().history() give it',
  )
}
