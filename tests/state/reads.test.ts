import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { Random } from '../../src/core/random.ts'
import type { StateType, Variables, Watched } from '../../src/state/state-type.ts'
import { stateType, UniverseFull } from '../../src/state/index.ts'
import { outcome, randomVariables } from './compare-places.ts'
import { textOf } from './random-layouts.ts'
import { performIn, randomOperation } from './random-operations.ts'

const READING = [
  'read',
  'get',
  'every',
  'some',
  'count',
  'keys',
  'size',
  'has',
  'hasAll',
  'walk',
].concat(['length', 'full', 'at', 'last'])

/** A state to which some random things were done. */
function randomState(random: Random, type: StateType<Variables>) {
  const made = type.workspace()
  for (let index = 0; index < 20; index++) {
    const operation = randomOperation(random, type.variables)
    const before = made.slots.slice()
    const { error } = outcome(() => performIn(made.state, operation))
    if (error !== undefined) made.slots.set(before)
  }
  return made
}

/** Writes what was noted of one state over another one. */
function overlay({ reads }: Watched<Variables>, one: Int32Array, other: Int32Array): void {
  for (let index = 1; index <= reads.log[0]!; index++) {
    const { slot, slots, shift, bits } = reads.units[reads.log[index]!]!
    const mask = bits === 32 ? -1 : ((1 << bits) - 1) << shift
    for (let at = slot; at < slot + slots; at++)
      other[at] = (other[at]! & ~mask) | (one[at]! & mask)
  }
}

/** Answers how often the other state was another one in what was not noted. */
function compareAt(seed: number): number {
  const random = seeded(seed)
  const type = stateType(randomVariables(seed))
  let others = 0
  try {
    const one = randomState(random, type)
    const watched = type.watched!(one.slots)
    for (let index = 0; index < 15; index++) {
      const operation = randomOperation(random, type.variables)
      if (!READING.includes(operation.method)) continue
      const other = randomState(random, type)
      watched.reads.log[0] = 0
      const first = outcome(() => performIn(watched.state, operation))
      if (watched.reads.overflown) continue
      overlay(watched, one.slots, other.slots)
      if (one.slots.join() !== other.slots.join()) others++
      const second = outcome(() => performIn(other.state, operation))
      const told = `${seed}: ${textOf(operation.way)} ${operation.method}`
      expect([told, String(second.error), textOf(second.answer)]).toEqual([
        told,
        String(first.error),
        textOf(first.answer),
      ])
    }
  } catch (error) {
    if (!(error instanceof UniverseFull)) throw error
  }
  return others
}

describe('what is noted as read', () => {
  it('is all that an answer depends on, for random layouts and operations', () => {
    let others = 0
    for (let seed = 0; seed < 30; seed++) others += compareAt(seed)
    expect(others).toBeGreaterThan(60)
  })
})
