import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { System } from '../../src/explore/index.ts'
import { modelSystem } from '../../src/explore/index.ts'
import { ODD } from '../../src/explore/parallel/odd.ts'
import { CONTROL } from '../../src/explore/parallel/shared-memory.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'
import { searchInTurns } from './parallel-turns.ts'

/** The states in the order in which one thread finds them, and their parents. */
function inOrder(system: System, most: number) {
  const numbers = new Map<string, number>()
  const states: number[][] = []
  const parents: number[] = []
  const found = { invariant: false, deadlock: false }
  let generated = 0
  let from = -1
  const runner = system.runner(() => {
    generated++
    found.invariant ||= runner.falseInvariant() >= 0
    if (!runner.within()) return false
    const key = runner.out.join()
    if (numbers.has(key)) return false
    numbers.set(key, states.length)
    states.push([...runner.out])
    parents.push(from)
    return true
  })
  runner.initial()
  for (from = 0; from < states.length; from++) {
    if (states.length > most) return undefined
    const state = Int32Array.from(states[from]!)
    if (runner.expand(state, 0) > 0) continue
    runner.load(state, 0)
    found.deadlock ||= !runner.mayEnd()
  }
  return { states, parents, generated, odd: found.invariant || found.deadlock }
}

describe('workers that search together', () => {
  it('give states the numbers and parents that one thread gives them', () => {
    let clean = 0
    fc.assert(
      fc.property(fc.oneof(plainModels(), plainRings()), fc.nat(), (plain, seed) => {
        const system = modelSystem('random', modelOf(plain))
        const alone = inOrder(system, 500)
        if (alone === undefined) return
        const random = seeded(seed)
        const { memory, ended } = searchInTurns(system, random.int(1, 4), random)
        expect(ended).toBe(alone.odd ? ODD.found : ODD.done)
        const count = memory.control[CONTROL.count]!
        const { words } = system
        const states = [...memory.states.subarray(0, count * words)]
        expect(states).toEqual(alone.states.slice(0, count).flat())
        expect([...memory.parents.subarray(0, count)]).toEqual(alone.parents.slice(0, count))
        if (alone.odd) return
        clean++
        expect(count).toBe(alone.states.length)
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(clean).toBeGreaterThan(50)
  })
})
