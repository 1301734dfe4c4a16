import { describe, expect, it } from 'vitest'
import { best, parseSystem } from '../../src/quorum/index.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'
import {
  coterieOf,
  listedCoterie,
  listedReadWrite,
  readOracle,
  readWriteText,
} from './oracle-data.ts'
import { coterieFaults, largeFaults, readOnceFaults, readWriteFaults } from './oracle-faults.ts'

/** The rest of the values is in the long tests. */
const MOST_NODES = 8

describe('values that were computed by brute force', () => {
  const folder = extraData()
  const oracle = folder === undefined ? undefined : readOracle(folder)

  it('of coteries are reproduced by the families', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    const small = oracle.coteries.filter(({ n }) => n <= MOST_NODES)
    expect(small.length).toBeGreaterThan(25)
    for (const entry of small) expect(await coterieFaults(coterieOf(entry), entry)).toEqual([])
  })

  it('of coteries are reproduced from nothing but their quorums', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    for (const entry of oracle.coteries.filter(({ n }) => n <= 6)) {
      const system = listedCoterie(entry)
      if (system !== undefined) expect(await coterieFaults(system, entry)).toEqual([])
    }
  })

  it('of read-write systems are reproduced at all fractions of reads', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    for (const entry of oracle.readWrite.filter(({ n }) => n <= MOST_NODES)) {
      const text = readWriteText(entry)
      const system = text === undefined ? listedReadWrite(entry) : parseSystem(text)
      if (system !== undefined) expect(await readWriteFaults(system, entry)).toEqual([])
    }
  })

  it('of random expressions with different nodes are reproduced', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    for (const entry of oracle.randomReadOnceHeterogeneous) {
      expect(await readOnceFaults(entry)).toEqual([])
    }
  })

  it('of systems beyond enumeration are reproduced', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    for (const entry of oracle.largeClosedForm.rows.filter(({ n }) => n <= 101)) {
      expect(await largeFaults(entry)).toEqual([])
    }
  })

  it('of the best systems on up to five nodes are reproduced', async ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    for (const row of oracle.exhaustive.rows.filter(({ n }) => n <= 5)) {
      const { n, fr, minResilience, best: least } = row
      const found = await best({ nodes: n, readFraction: fr, resilience: minResilience })
      expect(found.load.exact?.toString()).toBe(least)
    }
  })
})
