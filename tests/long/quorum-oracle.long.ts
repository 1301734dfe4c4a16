import { describe, expect, it } from 'vitest'
import { best, parseSystem } from '../../src/quorum/index.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'
import {
  coterieOf,
  listedCoterie,
  listedReadWrite,
  readOracle,
  readWriteText,
} from '../quorum/oracle-data.ts'
import type { Oracle } from '../quorum/oracle-data.ts'
import {
  coterieFaults,
  largeFaults,
  readOnceFaults,
  readWriteFaults,
} from '../quorum/oracle-faults.ts'

describe('every value that was computed by brute force is reproduced', () => {
  const folder = extraData()
  const oracle: Oracle | undefined = folder === undefined ? undefined : readOracle(folder)
  const { coteries, readWrite, beyondEnumeration, largeClosedForm, exhaustive } = oracle ?? {
    coteries: [],
    readWrite: [],
    beyondEnumeration: [],
    largeClosedForm: { rows: [] },
    exhaustive: { rows: [] },
  }

  it('where the data are', ({ skip }) => {
    if (oracle === undefined) return skip(EXTRA_DATA_ABSENT)
    expect(coteries.length).toBeGreaterThan(80)
  })

  it.each(coteries)('$id, as its family', async (entry) => {
    expect(await coterieFaults(coterieOf(entry), entry)).toEqual([])
  })

  it.each(coteries.filter(({ quorums }) => quorums !== undefined))(
    '$id, from nothing but its quorums',
    async (entry) => {
      const system = listedCoterie(entry)
      expect(system === undefined ? [] : await coterieFaults(system, entry)).toEqual([])
    },
  )

  it.each(readWrite)('$id at all fractions of reads', async (entry) => {
    const text = readWriteText(entry)
    if (text !== undefined) expect(await readWriteFaults(parseSystem(text), entry)).toEqual([])
    const listed = listedReadWrite(entry)
    if (listed !== undefined) expect(await readWriteFaults(listed, entry)).toEqual([])
  })

  it.each(oracle?.randomReadOnceHeterogeneous ?? [])('$id, with different nodes', async (entry) => {
    expect(await readOnceFaults(entry)).toEqual([])
  })

  it.each(beyondEnumeration)('$id, beyond enumeration', async (entry) => {
    const plane = parseSystem(entry.id.replace(/^fpp-(\d+)$/, 'fpp(order=$1)'))
    expect(await coterieFaults(plane, entry)).toEqual([])
  })

  it.each(largeClosedForm.rows)('$system, n = $n', async (entry) => {
    expect(await largeFaults(entry)).toEqual([])
  })

  it.each(exhaustive.rows)(
    'the best of all systems on $n nodes, resilience $minResilience, reads $fr',
    async ({ n, fr, minResilience, best: least }) => {
      const budget = { seconds: 120 }
      const options = { nodes: n, readFraction: fr, resilience: minResilience, budget }
      expect((await best(options)).load.exact?.toString()).toBe(least)
    },
  )
})
