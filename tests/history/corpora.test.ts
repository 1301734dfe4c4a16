import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHistory } from '../../src/history/read-history.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'

interface Entry {
  readonly file: string
  readonly invocations: number
  readonly info_events: number
}

const folder = extraData()

function manifest(name: string): readonly Entry[] {
  if (folder === undefined) return []
  const text = readFileSync(join(folder, 'corpus', name, 'manifest.json'), 'utf8')
  return (JSON.parse(text) as { histories: Entry[] }).histories
}

describe.each(['porcupine', 'knossos'])('every history of %s', (name) => {
  it('is read with as many invocations as its manifest says', async (context) => {
    if (folder === undefined) {
      context.skip(EXTRA_DATA_ABSENT)
      return
    }
    const entries = manifest(name)
    expect(entries.length).toBeGreaterThan(50)
    for (const { file, invocations } of entries) {
      const { operations, failed, skipped } = await readHistory(join(folder, 'corpus', name, file))
      expect([file, operations.length + failed.length, skipped]).toEqual([file, invocations, 0])
    }
  })
})
