import { expect } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import type { AnyLayout, Variables } from '../../src/state/index.ts'
import { OutOfBounds, stateType, UniverseFull, Universes } from '../../src/state/index.ts'
import type { Operation } from './naive-state.ts'
import { naive, perform, Refused, valueOf } from './naive-state.ts'
import { randomLayout, textOf } from './random-layouts.ts'
import { performIn, randomOperation } from './random-operations.ts'

const OPERATIONS = 25

/**
 * Layouts whose values take more than a slot or are too many to list are refused where they are.
 */
export function randomVariables(seed: number): Variables {
  const random = seeded(seed)
  for (;;) {
    const variables = Object.fromEntries(
      ['tm', 'slots', '$base'].map((name): [string, AnyLayout] => [name, randomLayout(random, 3)]),
    )
    try {
      if (stateType(variables).plan.bits.length < 300) return variables
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
}

export function outcome(act: () => unknown): { answer?: unknown; error?: unknown } {
  try {
    return { answer: act() }
  } catch (error) {
    if (error instanceof OutOfBounds || error instanceof Refused) return { error }
    throw error
  }
}

/** The same operations by generated code, by closures, and in a state of plain maps and lists. */
function compare(
  variables: Variables,
  operations: readonly Operation[],
  universes: readonly [Universes, Universes],
): void {
  const fast = stateType(variables, { universes: universes[0] })
  const slow = stateType(variables, { universes: universes[1], generated: false })
  const [one, two] = [fast.workspace(), slow.workspace()]
  const three = naive(
    { shape: { kind: 'record', fields: variables } } as unknown as AnyLayout,
    fast.snapshot(one.state),
  )
  const words = new Int32Array(fast.plan.words + 2)
  const back = new Int32Array(one.slots.length)
  for (const operation of operations) {
    const [first, second, third] = [
      outcome(() => performIn(one.state, operation)),
      outcome(() => performIn(two.state, operation)),
      outcome(() => perform(three, operation)[1]),
    ]
    const told = `${textOf(operation.way)} ${operation.method} ${textOf(operation.given)}`
    same(told, String(first.error), String(second.error))
    same(told, first.error !== undefined, third.error !== undefined)
    same(told, textOf(first.answer), textOf(second.answer))
    same(told, one.slots.join(), two.slots.join())
    // An error ends a search; how far the variable was written until then is nobody's business.
    if (first.error !== undefined && ['write', 'set', 'fill'].includes(operation.method)) return
    const inOrder = first.error !== undefined || !['walk', 'keys'].includes(operation.method)
    const plain = inOrder ? first.answer : asSet(operation.layout, first.answer)
    same(told, textOf(plain), textOf(third.answer))
    same(told, textOf(fast.snapshot(one.state)), textOf(valueOf(three)))
    same(told, textOf(slow.snapshot(two.state)), textOf(valueOf(three)))
    fast.pack(one.slots, words, 1)
    fast.unpack(words, 1, back)
    same(told, back.join(), one.slots.join())
    slow.unpack(words, 1, back)
    same(told, back.join(), one.slots.join())
    const again = new Int32Array(words.length)
    slow.pack(one.slots, again, 1)
    same(told, again.join(), words.join())
  }
}

/** Most of the time of a test goes into saying that things are equal, when they are. */
function same(told: string, one: unknown, other: unknown): void {
  if (one !== other) expect([told, one]).toEqual([told, other])
}

function asSet(layout: AnyLayout, walked: unknown): unknown {
  return layout.shape.kind === 'seqOf' ? walked : new Set(walked as readonly unknown[])
}

function compareWithRoom(variables: Variables, operations: readonly Operation[]): number {
  let universes: readonly [Universes, Universes] = [new Universes(), new Universes()]
  for (let grown = 0; ; grown++) {
    try {
      compare(variables, operations, universes)
      return grown
    } catch (error) {
      if (!(error instanceof UniverseFull)) throw error
      const [fast, slow] = universes
      const index = Math.max(fast.all.indexOf(error.universe), slow.all.indexOf(error.universe))
      universes = [fast.withRoom(fast.all[index]!), slow.withRoom(slow.all[index]!)]
    }
  }
}

/** Random operations on random layouts, all from the seed. */
export function compareAt(seed: number): void {
  const random = seeded(seed * 7 + 1)
  const variables = randomVariables(seed)
  const operations = Array.from({ length: OPERATIONS }, () => randomOperation(random, variables))
  try {
    compareWithRoom(variables, operations)
  } catch (error) {
    throw new Error(`seed ${seed}: ${JSON.stringify(variables).slice(0, 600)}`, { cause: error })
  }
}
