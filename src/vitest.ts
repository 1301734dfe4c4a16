/**
 * Matchers for vitest: `import 'synod/vitest'` is enough.
 *
 * - `expect(history).toBeLinearizable(register())`
 * - `expect(history).toMeet('sequential')`
 * - `await expect(model).toHold()`
 * - `await expect(protocol).toSurvive({ seeds: 100 })`
 *
 * When one fails, its message is the evidence: the smallest part of the history that cannot be
 * explained, the shortest way to the violation, the smallest run that goes wrong. What a budget is
 * too small to decide fails, also behind `.not`.
 *
 * @packageDocumentation
 */
import { expect } from 'vitest'

import { conditionNamed } from '../checkers/conditions.ts'
import type { CheckOptions, Condition } from '../checkers/condition.ts'
import { linearizable } from '../checkers/linearizable.ts'
import { inferModel, validate } from '../checkers/models/index.ts'
import { violationText } from './cli/violation-text.ts'
import type { Budget } from './core/budget.ts'
import type { Json } from './core/json.ts'
import type { Model } from './core/model.ts'
import { UserError } from './core/user-error.ts'
import type { ExploreOptions } from './explore/explore.ts'
import type { History } from './history/history.ts'
import type { FindOptions } from './simulation.ts'

/** What the matcher takes: a model, or one of the functions that make one. */
export type ModelArgument = Model | (() => Model)

/** How a history is judged by `toMeet`. */
export interface MeetOptions {
  /** Default: the simplest one that knows the operations, where the condition needs one. */
  readonly model?: ModelArgument
  /** The value at the beginning. Default: the model's own. */
  readonly initial?: Json
  /** Default: 10 seconds. */
  readonly budget?: Budget
}

/** How a model is explored by `toHold`: as by `explore`, for 10 seconds unless it is told. */
export interface HoldOptions extends ExploreOptions {
  /** Where a spec is given: its parameters, instead of their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Where a spec is given: the name of a bug that is planted in it. */
  readonly mutant?: string
}

/** Which runs of a protocol are looked at by `toSurvive`. */
export interface SurviveOptions extends Omit<FindOptions, 'seeds'> {
  /** How many seeds, from 1, or the first and the last one. Default: 100. */
  readonly seeds?: number | readonly [first: number, last: number]
}

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
    /**
     * The history meets a consistency condition: `sequential`, `causal`, `monotonic-reads`, ... as
     * `synod judge --help` lists them.
     */
    toMeet(condition: string, options?: MeetOptions): void
    /**
     * All that a model claims of itself is true in every state that can be reached. Takes a model,
     * a spec (`parameters` and `mutant` say which model of it), or what `compose` joins of real
     * nodes. To be awaited.
     */
    toHold(options?: HoldOptions): Promise<void>
    /**
     * No seed is found with which the protocol, under the faults that it says it tolerates, breaks
     * an invariant, does not recover, or shows its clients what it must not. Takes a protocol, or
     * one with its workload and invariants, as `findFailure` does. To be awaited.
     */
    toSurvive(options?: SurviveOptions): Promise<void>
  }
}

const DEFAULT_BUDGET: Budget = { seconds: 10 }

/** The look of the message: no colours, as vitest prints it in its own. */
const PAPER = { width: 100, colour: false }

interface Result {
  readonly pass: boolean
  readonly message: () => string
}

expect.extend({
  toBeLinearizable(received: unknown, model?: ModelArgument, budget: Budget = DEFAULT_BUDGET) {
    const history = historyOf(received, 'toBeLinearizable')
    const chosen =
      model === undefined ? inferModel(history.operations, history.source) : made(model)
    validate(chosen, history)
    return judged(history, linearizable, { model: chosen, budget }, this.isNot)
  },

  toMeet(received: unknown, name: string, options: MeetOptions = {}) {
    const history = historyOf(received, 'toMeet')
    const condition = conditionNamed(name)
    const { model, initial, budget = DEFAULT_BUDGET } = options
    const chosen = model === undefined ? modelFor(history, condition) : made(model)
    if (chosen !== undefined) validate(chosen, history)
    const asked: CheckOptions = {
      budget,
      ...(chosen === undefined ? {} : { model: chosen }),
      ...(initial === undefined ? {} : { initial }),
    }
    return judged(history, condition, asked, this.isNot)
  },

  async toHold(received: unknown, options: HoldOptions = {}) {
    // Loaded here, as tests that judge histories need nothing of it.
    const { holds } = await import('./vitest-matchers.ts')
    return holds(received, { budget: DEFAULT_BUDGET, ...options }, this.isNot)
  },

  async toSurvive(received: unknown, options: SurviveOptions = {}) {
    const { survives } = await import('./vitest-matchers.ts')
    return survives(received, options, this.isNot)
  },
})

function judged(
  history: History,
  condition: Condition,
  options: CheckOptions,
  isNot: boolean,
): Result {
  const { model } = options
  const about = `${history.source}${model === undefined ? '' : `, model ${model.name}`}`
  const unfit = condition.unfit(history, options)
  if (unfit !== undefined) {
    const why = `${condition.name} says nothing about this history: ${unfit}`
    return { pass: isNot, message: () => `${about}: ${why}` }
  }
  const verdict = condition.check(history, options)
  switch (verdict.outcome) {
    case 'pass': {
      const { sentence } = verdict.evidence
      return {
        pass: true,
        message: () => `${about}: ${condition.name}, and should not be (${sentence})`,
      }
    }
    case 'fail':
      return {
        pass: false,
        message: () =>
          `${about}: not ${condition.name}\n\n${violationText(history, verdict.evidence, PAPER)}`,
      }
    case 'unknown':
      return {
        pass: isNot,
        message: () => `${about}: unknown whether ${condition.name}: ${verdict.evidence.covered}`,
      }
  }
}

function made(model: ModelArgument): Model {
  return typeof model === 'function' ? model() : model
}

/** `undefined` where no model knows the operations and the condition needs none. */
function modelFor(history: History, condition: Condition): Model | undefined {
  try {
    return inferModel(history.operations, history.source)
  } catch (error) {
    if (!(error instanceof UserError) || condition.unfit(history, {}) !== undefined) throw error
    return undefined
  }
}

function historyOf(received: unknown, matcher: string): History {
  if (typeof received === 'object' && received !== null && 'operations' in received) {
    return received as History
  }
  throw new TypeError(
    `${matcher} judges a history, as readHistory(), timeline() and record().history() give it`,
  )
}
