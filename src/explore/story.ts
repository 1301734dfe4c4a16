import type { Story, StoryStep } from '../core/story.ts'
import type { AnyLayout, Variables } from '../state/index.ts'
import { diff } from './diff.ts'
import type { Step } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { layoutOfRange } from './story-layouts.ts'
import { valueText } from './value-text.ts'

/** What a story is told of. */
export interface Told {
  /** What was claimed. */
  readonly claim: string
  readonly trace: readonly Step[]
  readonly loop?: number
  readonly faults?: readonly string[]
}

/**
 * A trace in words: what was done, and what that changed. Without a model, values have no layout
 * and are printed as they are.
 */
export function storyOf(model: AnyModel | undefined, told: Told): Story {
  const variables = (model?.state ?? {}) as Variables
  const steps = told.trace.map((step, at): StoryStep => {
    const before = told.trace[at - 1]
    return {
      title: stepText(model, step),
      changes: before === undefined ? [] : diff(variables, before.state, step.state),
      state: Object.entries(step.state).map(([name, value]) => ({
        name,
        text: valueText(variables[name], value),
      })),
    }
  })
  return {
    claim: told.claim,
    steps,
    ...(told.loop === undefined ? {} : { loop: told.loop }),
    faults: told.faults ?? [],
  }
}

/** `rmPrepare(rm0)`; `initially`, with the choice where there was one. */
export function stepText(model: AnyModel | undefined, step: Step): string {
  const { action, parameters } = step
  const texts = parameters.map((value, at) => valueText(parameterLayout(model, step, at), value))
  const chosen = texts.length === 0 ? '' : `(${texts.join(', ')})`
  return `${action ?? 'initially'}${chosen}`
}

/** The layout of a parameter of a step. */
export function parameterLayout(
  model: AnyModel | undefined,
  step: Step,
  at: number,
): AnyLayout | undefined {
  if (model === undefined) return undefined
  return layoutOfRange(model, rangesOf(model, step)[at], step.parameters[at])
}

interface OpenAction {
  readonly for?: readonly unknown[]
}

function rangesOf({ actions, init }: AnyModel, { action }: Step): readonly unknown[] {
  const named = actions as Readonly<Record<string, OpenAction>>
  if (action !== undefined) return named[action]?.for ?? []
  const beginnings = Object.values((init ?? {}) as Readonly<Record<string, OpenAction>>)
  return beginnings.length === 1 ? (beginnings[0]?.for ?? []) : []
}
