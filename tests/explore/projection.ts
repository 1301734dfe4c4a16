import type { AnyModel } from '../../src/explore/index.ts'
import type { Asked, Done, Plain, PlainAction, PlainRange } from './plain.ts'
import { modelOf, variableName } from './plain.ts'
import type { Open } from './plain-kind.ts'

/**
 * What a machine looks like to somebody who sees only some of its variables: the others are not
 * asked, and whatever they would have said is allowed. Every machine refines what it looks like.
 */
export function projected(plain: Plain, kept: readonly number[]): Plain {
  const place = (variable: number) => kept.indexOf(variable)
  const keeps = (one: Asked | Done) => place(one.variable) >= 0
  const rangeOf = (range: PlainRange): PlainRange => {
    if (typeof range === 'string') return range
    return place(range.membersOf) < 0 ? 'process' : { membersOf: place(range.membersOf) }
  }
  const actionOf = ({ ranges, when, then }: PlainAction): PlainAction => {
    const asked = when.asked.filter(keeps)
    const free = when.any && asked.length < when.asked.length
    return {
      ranges: ranges.map(rangeOf),
      when: {
        any: when.any && !free,
        asked: free ? [] : asked.map((one) => ({ ...one, variable: place(one.variable) })),
      },
      then: then.filter(keeps).map((one) => ({ ...one, variable: place(one.variable) })),
    }
  }
  return {
    ...plain,
    variables: kept.map((variable) => plain.variables[variable]!),
    init: plain.init.map(actionOf),
    actions: plain.actions.map(actionOf),
    invariants: [],
    sometimes: [],
    properties: [],
    fairness: [],
    ends: 'anywhere',
    within: null,
  }
}

interface Place {
  value(): unknown
  assign(value: unknown): void
}

/**
 * The model of a machine with the claim that it refines another, which has some of its variables.
 */
export function refining(plain: Plain, abstract: Plain, kept: readonly number[]): AnyModel {
  const map = (state: Open, image: Open) => {
    for (const [index, variable] of kept.entries()) {
      const value = state[variableName(variable)]
      const name = variableName(index)
      if (typeof value === 'object' && value !== null && 'assign' in value)
        (image[name] as Place).assign((value as Place).value())
      else image[name] = value
    }
  }
  return { ...modelOf(plain), refines: { look: { model: modelOf(abstract), map: map as never } } }
}
