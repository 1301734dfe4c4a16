import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import { BoundReached } from '../../src/explore/bounds.ts'
import { Visited } from '../../src/explore/visited.ts'
import { visitedFor } from '../../src/explore/visited-source.ts'

describe('the table of visited states', () => {
  it.each([1, 2, 3, 17, 70])('numbers states of %i words as a map does', (words) => {
    for (const table of [new Visited(words), visitedFor(words)]) {
      const random = seeded(words)
      const numbers = new Map<string, number>()
      const told: number[] = []
      const wanted: number[] = []
      for (let round = 0; round < 6000; round++) {
        const state = Int32Array.from({ length: words }, (_, word) =>
          word < 2 ? random.int(-40, 40) : 7,
        )
        const key = state.join()
        const known = numbers.get(key)
        told.push(table.find(state), table.add(state, round), table.count)
        wanted.push(known ?? -1, known ?? ~numbers.size)
        if (known === undefined) numbers.set(key, numbers.size)
        wanted.push(numbers.size)
      }
      expect(told).toEqual(wanted)
      const stored = Array.from({ length: table.count }, (_, number) =>
        table.states.slice(number * words, (number + 1) * words).join(),
      )
      expect(stored).toEqual([...numbers.keys()])
    }
  })

  it('tells states apart whose hashes are equal', () => {
    const pairs = statesOfOneHash()
    expect(pairs.length).toBeGreaterThan(3)
    for (const [one, other] of pairs)
      for (const table of [new Visited(2), visitedFor(2)]) {
        expect(table.hash(one, 0)).toBe(table.hash(other, 0))
        expect([table.add(one), table.add(other)]).toEqual([~0, ~1])
        expect([table.find(one), table.find(other)]).toEqual([0, 1])
        expect([table.add(one), table.add(other)]).toEqual([0, 1])
      }
  })

  it.each([{ states: 100 }, { bytes: 60_000 }])('keeps to its bounds: %o', (bounds) => {
    for (const table of [new Visited(2, bounds), visitedFor(2, bounds)]) {
      let state = 0
      const fill = () => {
        for (; ; state++) table.add(Int32Array.of(state, 0))
      }
      expect(fill).toThrow(BoundReached)
      expect(table.count).toBe(state)
      expect(table.find(Int32Array.of(state, 0))).toBe(-1)
      expect(table.find(Int32Array.of(state - 1, 0))).toBe(state - 1)
      if ('states' in bounds) expect(table.count).toBe(100)
      else {
        expect(table.bytes).toBeLessThanOrEqual(60_000)
        expect(table.bytes).toBeGreaterThan(30_000)
      }
    }
  })

  it('is the same after it was written down, and grows further', () => {
    const table = new Visited(2)
    for (let state = 0; state < 3000; state++) table.add(Int32Array.of(state, 1), state - 1)
    const again = visitedFor(2)
    again.restore(table.states.slice(0, 6000), table.parents.slice(0, 3000))
    for (let state = 0; state < 9000; state++)
      expect(again.add(Int32Array.of(state, 1), 5)).toBe(state < 3000 ? state : ~state)
    expect(again.parents[2999]).toBe(2998)
    expect(again.parents[3000]).toBe(5)
  })
})

/** Among so many states some have the same 32 bits. */
function statesOfOneHash(): readonly (readonly [Int32Array, Int32Array])[] {
  const table = new Visited(2)
  const random = seeded(5)
  const known = new Map<number, Int32Array>()
  const pairs: [Int32Array, Int32Array][] = []
  for (let round = 0; round < 200_000; round++) {
    const state = Int32Array.of(random.int(0, 1_000_000), random.int(0, 1_000_000))
    const hash = table.hash(state, 0)
    const other = known.get(hash)
    if (other === undefined) known.set(hash, state)
    else if (other.join() !== state.join()) pairs.push([other, state])
  }
  return pairs
}
