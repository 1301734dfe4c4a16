import { sameJson } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import type { AnyLayout } from '../../state/index.ts'
import { NotAValue } from '../../state/index.ts'
import type { MembersRange } from '../model.ts'
import type { Open, OpenRange, OpenStep } from '../model-steps.ts'
import { ANY } from './mapping.ts'
import type { Instance } from './mapping.ts'

/** An instance with the action that it names. */
export interface Named {
  readonly step: OpenStep
  readonly parameters: readonly unknown[]
  /** Whether any of the parameters is left open. */
  readonly open: boolean
}

/** Finds actions by their names, and says which may be taken. */
export class Steps {
  readonly #byName: ReadonlyMap<string, OpenStep>

  constructor(actions: readonly OpenStep[]) {
    this.#byName = new Map(actions.map((step) => [step.name, step]))
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  named([name, ...parameters]: Instance): Named {
    const step = this.#byName.get(name)
    if (step === undefined) throw new TypeError(`the spec has no action '${name}'`)
    if (step.ranges.length !== parameters.length) {
      throw new TypeError(`'${name}' has ${step.ranges.length} parameters, not those of a mapping`)
    }
    return { step, parameters, open: parameters.includes(ANY) }
  }
}

/** Whether a step with all its parameters may be taken. */
export function isEnabled({ ranges, when }: OpenStep, state: Open, chosen: readonly unknown[]) {
  for (let at = 0; at < ranges.length; at++) {
    if (!isIn(ranges[at]!, state, chosen[at])) return false
  }
  return when === undefined || when(state, ...chosen)
}

/** Whether a value is one that the range stands for. */
export function isIn(range: OpenRange, state: Open, value: unknown): boolean {
  return typeof range === 'function' ? isMember(range, state, value) : isOf(range, value)
}

function isOf(layout: AnyLayout, value: unknown): boolean {
  const { shape } = layout
  if (shape.kind === 'int') {
    return (
      Number.isInteger(value) && (value as number) >= shape.low && (value as number) <= shape.high
    )
  }
  // Members of a list are given as they are, or as others that say the same.
  if (shape.kind === 'oneOf') {
    return shape.values.some((one) => one === value || sameJson(one as Json, value as Json))
  }
  try {
    layout.encode(value)
    return true
  } catch (error) {
    if (error instanceof NotAValue) return false
    throw error
  }
}

type Members = (state: Open) => Iterable<unknown> & { has?: (value: unknown) => boolean }

function isMember(range: Members, state: Open, value: unknown): boolean {
  if ('variable' in range) {
    const { variable, type } = range as unknown as MembersRange
    if (type !== undefined && (value as { readonly type: unknown }).type !== type) return false
    const place = (state as Readonly<Record<string, { has(value: unknown): boolean }>>)[variable]
    return place?.has(value) ?? false
  }
  for (const member of range(state)) {
    if (Object.is(member, value) || sameJson(member as Json, value as Json)) return true
  }
  return false
}

/** All choices of what is left open; `visit` answers whether to go on. */
export function forEachChoice(
  { step, parameters }: Named,
  state: Open,
  visit: (chosen: readonly unknown[]) => void,
): void {
  const lists = parameters.map((value, at) => {
    const range = step.ranges[at]!
    if (value !== ANY) return [value]
    if (typeof range === 'function') return [...range(state)]
    return Array.from({ length: range.size }, (_, code) => range.decode(code) as unknown)
  })
  const chosen = lists.map((list) => list[0])
  const go = (depth: number): void => {
    const list = lists[depth]
    if (list === undefined) {
      visit([...chosen])
      return
    }
    for (const value of list) {
      chosen[depth] = value
      go(depth + 1)
    }
  }
  go(0)
}
