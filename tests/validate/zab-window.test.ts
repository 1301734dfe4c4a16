import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { stepsOf } from '../../src/explore/model-steps.ts'
import type { ModelSystem } from '../../src/explore/system.ts'
import { systemsOf } from '../../src/explore/systems-of.ts'
import { ANY } from '../../src/explore/validate/mapping.ts'
import { forEachChoice, isEnabled, Steps } from '../../src/explore/validate/steps.ts'
import { zabFacts } from '../../specs/log/zab-facts.ts'
import { zabWindow } from '../../suites/traces/zab-window.ts'

const [servers, epochs, length] = [2, 4, 2]
const model = zabFacts.make({ server: servers, epoch: epochs, length, value: 1 })
const { type } = systemsOf(model, { name: 'zab-facts' }).make() as ModelSystem
const { actions, initial } = stepsOf(model)
const steps = new Steps(actions)
const window = zabWindow(servers, epochs, length)

/** Which parameters of an action are an epoch or the place of a transaction. */
const counted: Readonly<Record<string, { readonly epoch?: number; readonly index?: number }>> = {
  begin: { epoch: 1 },
  promise: { epoch: 1 },
  truncate: { epoch: 1, index: 2 },
  accept: { epoch: 1, index: 2 },
  enter: { epoch: 1 },
  acknowledge: { epoch: 1, index: 2 },
  commit: { index: 1 },
  deliver: { epoch: 1, index: 2 },
}

type Choice = readonly [action: string, ...parameters: readonly unknown[]]
type Slots = ReturnType<typeof type.workspace>['slots']

const one = type.workspace()
const other = type.workspace()

/** What may be done in a state. */
function choices(slots: Slots): Choice[] {
  one.slots.set(slots)
  return actions.flatMap((step) => {
    const found: Choice[] = []
    const open = { step, parameters: step.ranges.map(() => ANY), open: true }
    forEachChoice(open, one.state, (chosen) => {
      if (isEnabled(step, one.state, chosen)) found.push([step.name, ...chosen])
    })
    return found
  })
}

/** The state after an action; nothing where it may not be taken. */
function after(slots: Slots, choice: Choice): Slots | undefined {
  const { step, parameters } = steps.named(choice)
  one.slots.set(slots)
  if (!isEnabled(step, one.state, parameters)) return undefined
  step.then(one.state, ...parameters)
  return one.slots.slice()
}

function moved(slots: Slots, by: readonly number[]): Slots {
  other.slots.set(slots)
  window.move(other.state as never, by)
  return other.slots.slice()
}

function shifted([action, ...parameters]: Choice, [transactions = 0, by = 0]: readonly number[]) {
  const { epoch, index } = counted[action] ?? {}
  const rest = parameters.map((value, at) => {
    if (at === epoch) return (value as number) - by
    return at === index ? Math.max(0, (value as number) - transactions) : value
  })
  return [action, ...rest] as const
}

/** What may be done in a state and not, or otherwise, in the same one that has forgotten this. */
function lost(slots: Slots, all: readonly Choice[], by: readonly number[]): Choice[] {
  const forgotten = moved(slots, by)
  return all.filter((choice) => {
    const now = after(forgotten, shifted(choice, by))
    return now === undefined || !same(moved(now, [0, 0]), moved(after(slots, choice)!, by))
  })
}

const same = (a: Slots, b: Slots) => a.every((word, at) => word === b[at])

describe('what is forgotten of Zab', () => {
  it('changes nothing that may still happen', () => {
    const random = seeded(1)
    let [transactions, older] = [0, 0]
    for (let walk = 0; walk < 120; walk++) {
      one.slots.fill(0)
      initial[0]!.then(one.state)
      let slots: Slots = one.slots.slice()
      for (let step = 0; step < 40; step++) {
        other.slots.set(slots)
        const by = window.spare(other.state as never)
        const all = choices(slots)
        if (by[0]! > 0) transactions++
        if (by[1]! > 0) older++
        if (by.some((spare) => spare > 0)) expect(lost(slots, all, by)).toEqual([])
        const useful = all.filter(
          (choice) =>
            choice[0] !== 'restart' &&
            (choice[0] !== 'begin' || random.chance(1, 4)) &&
            !same(after(slots, choice)!, slots),
        )
        slots = after(slots, random.pick(useful.length > 0 ? useful : all))!
      }
    }
    expect(Math.min(transactions, older)).toBeGreaterThan(100)
  })
})
