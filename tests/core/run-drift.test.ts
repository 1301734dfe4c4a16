import { describe, expect, it } from 'vitest'

import type { RunRow } from '../../src/core/results.ts'
import { thisMachine } from '../../src/core/results.ts'
import { driftBetween, sameKindOfMachine } from '../../src/core/run-drift.ts'
import { seeded } from '../../src/core/random.ts'

const rowsOf = (seconds: readonly number[]): readonly RunRow[] =>
  seconds.map((each, at) => ({ name: `r${at}`, outcome: 'pass', sentence: '', seconds: each }))

/** Twenty rows of a second that now take a tenth more or less. */
function noisy(seed: number, factor = 1): readonly number[] {
  const random = seeded(seed)
  return Array.from({ length: 20 }, () => (factor * (90 + random.int(0, 20))) / 100)
}

describe('times of a run against those of another', () => {
  it('are ratios: the one in the middle, and the half around it', () => {
    const ratios = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8]
    const drift = driftBetween(rowsOf(ratios.map(() => 2)), rowsOf(ratios.map((r) => 2 * r)))
    expect(drift).toMatchObject({ rows: 9, slower: true, outside: [] })
    expect(drift?.median).toBeCloseTo(1.4)
    expect(drift?.middleHalf[0]).toBeCloseTo(1.2)
    expect(drift?.middleHalf[1]).toBeCloseTo(1.6)
  })

  it('tell nothing of noise, and of what is as slow as all the rest', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const [before, now] = [rowsOf(noisy(seed)), rowsOf(noisy(seed + 100))]
      expect(driftBetween(before, now)).toMatchObject({ slower: false, outside: [] })
      const twice = driftBetween(before, rowsOf(noisy(seed + 100, 2)))
      expect(twice).toMatchObject({ slower: true, outside: [] })
      expect(driftBetween(rowsOf(noisy(seed + 100, 2)), before)?.slower).toBe(false)
    }
  })

  it('name a row that is slower by far more than the noise, and by something to speak of', () => {
    const before = noisy(1)
    const now = noisy(2).map((seconds, at) => (at === 7 ? 3 * seconds : seconds))
    const drift = driftBetween(rowsOf(before), rowsOf(now))
    expect(drift?.outside.map(({ name }) => name)).toEqual(['r7'])
    expect(drift?.outside[0]).toMatchObject({ before: before[7], now: now[7] })
    expect(drift?.slower).toBe(false)
    const tenth = (all: readonly number[]): readonly RunRow[] =>
      rowsOf(all.map((seconds, at) => (at === 7 ? seconds / 30 : seconds)))
    expect(driftBetween(tenth(before), tenth(now))?.outside).toEqual([])
  })

  it('compare only what did the same, and took long enough to be measured', () => {
    const before = rowsOf(noisy(1))
    const same = driftBetween(before, rowsOf(noisy(2)))?.rows
    expect(same).toBe(20)
    const other = (change: Partial<RunRow>): number | undefined =>
      driftBetween(
        before.map((row) => ({ ...row, counts: { states: 1 }, operations: 3 })),
        rowsOf(noisy(2)).map((row, at) => ({
          ...row,
          counts: { states: 1 },
          operations: 3,
          ...(at === 3 ? change : {}),
        })),
      )?.rows
    expect(other({})).toBe(20)
    expect(other({ outcome: 'unknown' })).toBe(19)
    expect(other({ counts: { states: 2 } })).toBe(19)
    expect(other({ counts: { states: 1, seeds: 1 } })).toBe(19)
    expect(other({ operations: 4 })).toBe(19)
    expect(other({ expected: 'fail' })).toBe(19)
    expect(other({ name: 'unheard of' })).toBe(19)
    const short = before.map((row, at) => (at < 4 ? { ...row, seconds: 0.01 } : row))
    expect(driftBetween(short, short)?.rows).toBe(16)
  })

  it('are too few where there are less than eight', () => {
    const rows = rowsOf(noisy(1))
    expect(driftBetween(rows.slice(0, 8), rows)?.rows).toBe(8)
    expect(driftBetween(rows.slice(0, 7), rows)).toBeUndefined()
  })

  it('are of machines of the same kind', () => {
    const machine = thisMachine()
    expect(sameKindOfMachine(machine, { ...machine, memoryBytes: 1 })).toBe(true)
    expect(sameKindOfMachine(machine, { ...machine, node: 'v0.1' })).toBe(false)
    expect(sameKindOfMachine(machine, { ...machine, cores: machine.cores + 1 })).toBe(false)
    expect(sameKindOfMachine(machine, { ...machine, cpu: 'abacus' })).toBe(false)
    expect(sameKindOfMachine(machine, { ...machine, system: 'sand' })).toBe(false)
  })
})
