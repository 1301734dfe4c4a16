import { nearest } from '../../core/nearest.ts'
import { UserError } from '../../core/user-error.ts'
import type { AnyLayout } from '../../state/index.ts'
import type { Fairness } from '../model.ts'
import type { ModelSystem } from '../system.ts'
import { valueKey } from '../value-key.ts'
import type { KnownStates } from './known.ts'

/**
 * What fairness promises, one bit for each promise: that some steps are taken again and again if
 * they stay enabled (weak), or if they are enabled again and again (strong). Steps that the same
 * promises speak of have the same label.
 */
export interface Promises {
  readonly count: number
  /** Words of 32 bits that a set of promises takes. */
  readonly words: number
  readonly weak: Int32Array
  readonly strong: Int32Array
  readonly labels: number
  /** The promises about the steps with a label: `words` words for each label. */
  readonly about: Int32Array
  /** `parameters` is asked only where the instance does not tell the choice. */
  labelOf(action: number, instance: number, parameters: () => readonly unknown[]): number
}

/** More choices than this are not numbered in advance: those that are ever met are. */
const MOST_LISTED = 64

interface ActionLabels {
  readonly first: number
  /** Whether the promises tell its choices apart. */
  readonly each: boolean
  /** For choices that cannot be numbered in advance: the number of each that was met. */
  readonly met?: ReadonlyMap<string, number>
  readonly count: number
}

export function promisesOf(system: ModelSystem, known: KnownStates): Promises {
  const promises = system.model.fairness ?? []
  checkNames(system, promises)
  const actions = labelsOfActions(system, known, promises)
  const labels = actions.reduce((all, action) => all + action.count, 0)
  const strengths: Fairness['strength'][] = []
  const pairs: [label: number, promise: number][] = []
  for (const { strength, actions: names, each } of promises) {
    const together = each ? -1 : strengths.push(strength) - 1
    for (const [index, action] of actions.entries()) {
      if (names.length > 0 && !names.includes(system.actions[index]!)) continue
      for (let choice = 0; choice < action.count; choice++)
        pairs.push([action.first + choice, each ? strengths.push(strength) - 1 : together])
    }
  }
  const words = (strengths.length + 31) >>> 5
  const about = new Int32Array(labels * words)
  for (const [label, promise] of pairs)
    about[label * words + (promise >>> 5)]! |= 1 << (promise & 31)
  return {
    count: strengths.length,
    words,
    weak: maskOf(strengths, 'weak', words),
    strong: maskOf(strengths, 'strong', words),
    labels,
    about,
    labelOf: (action, instance, parameters) => {
      const { first, each, met } = actions[action]!
      if (!each) return first
      return first + (met === undefined ? instance : met.get(valueKey(parameters()))!)
    },
  }
}

function maskOf(
  strengths: readonly Fairness['strength'][],
  strength: Fairness['strength'],
  words: number,
): Int32Array {
  const mask = new Int32Array(words)
  for (const [promise, one] of strengths.entries())
    if (one === strength) mask[promise >>> 5]! |= 1 << (promise & 31)
  return mask
}

function checkNames(system: ModelSystem, promises: readonly Fairness[]): void {
  for (const name of promises.flatMap((promise) => promise.actions)) {
    if (system.actions.includes(name)) continue
    const meant = nearest(name, system.actions)
    throw new UserError(`fairness names the action '${name}', which the model does not have`, {
      where: system.name,
      hint:
        meant === undefined ? `actions: ${system.actions.join(', ')}` : `did you mean '${meant}'?`,
    })
  }
}

function labelsOfActions(
  system: ModelSystem,
  known: KnownStates,
  promises: readonly Fairness[],
): readonly ActionLabels[] {
  const told = promises.filter((promise) => promise.each)
  const counts = system.actions.map((name) => {
    const each = told.some(({ actions }) => actions.length === 0 || actions.includes(name))
    return each ? choicesOf(system, name) : undefined
  })
  const met = counts.includes('unknown') ? choicesMet(system, known, counts) : []
  let first = 0
  return counts.map((count, action) => {
    const here = count === 'unknown' ? met[action]! : undefined
    const size = here?.size ?? (count === undefined ? 1 : Number(count))
    const labels = { first, each: count !== undefined, count: size }
    first += size
    return here === undefined ? labels : { ...labels, met: here }
  })
}

function choicesOf(system: ModelSystem, name: string): number | 'unknown' {
  const actions = system.model.actions as Record<string, { for?: readonly unknown[] }>
  let count = 1
  for (const range of actions[name]?.for ?? []) {
    if (typeof range !== 'object') return 'unknown'
    count *= (range as AnyLayout).size
  }
  return count <= MOST_LISTED ? count : 'unknown'
}

/** Takes all steps once, only to see with which parameters there are any. */
function choicesMet(
  system: ModelSystem,
  known: KnownStates,
  counts: readonly (number | 'unknown' | undefined)[],
): readonly Map<string, number>[] {
  const met = counts.map(() => new Map<string, number>())
  const runner = system.runner((action) => {
    if (counts[action] !== 'unknown') return false
    const key = valueKey(runner.parameters())
    const here = met[action]!
    if (!here.has(key)) here.set(key, here.size)
    return false
  })
  for (let state = 0; state < known.count; state++)
    runner.expand(known.states, state * system.words)
  return met
}
