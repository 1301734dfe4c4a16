import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { specEntries } from '../../suites/specs.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'

interface Counts {
  readonly distinct: number
  readonly generated?: number
  readonly depth: number
}
interface OracleModel extends Counts {
  readonly id: string
  readonly series?: readonly Counts[]
}

const data = extraData()

describe.skipIf(data === undefined)(`the oracle (skipped: ${EXTRA_DATA_ABSENT})`, () => {
  const file = join(data ?? '', 'oracle/state-counts.json')
  const { models } = data === undefined ? { models: [] } : (read(file) as { models: OracleModel[] })

  it('has 42 models, and each is one of the entries', () => {
    const known = new Set(specEntries.map(({ oracle }) => oracle))
    expect(models).toHaveLength(42)
    expect(models.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([])
  })

  for (const entry of specEntries.filter(({ oracle }) => oracle !== undefined)) {
    it(`says the same as the entry of ${entry.oracle ?? ''}`, () => {
      const model = models.find(({ id }) => id === entry.oracle)
      const { distinctStates, generatedStates, depth } = entry.expect
      const known = [model, ...(model?.series ?? [])]
      const same = known.filter(
        (counts) =>
          counts?.distinct === distinctStates &&
          counts?.depth === depth &&
          (generatedStates === undefined || counts?.generated === generatedStates),
      )
      expect(same).not.toEqual([])
    })
  }
})

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
