import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import type { Json } from '../../src/core/json.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'

interface Entry {
  readonly file: string
  readonly model: string
  readonly initial: string
  readonly expected: 'linearizable' | 'not-linearizable'
}

/** The manifests name models and initial values in the words of where the histories come from. */
const MODELS: Readonly<Record<string, string>> = {
  'etcd-cas-register': 'cas-register',
  'kv-string (get/put/append per key)': 'string-map',
}
const INITIAL: Readonly<Record<string, Json>> = { nil: null, '0': 0, '{x 0, y 0}': { x: 0, y: 0 } }

const folder = extraData()

describe.each(['porcupine', 'knossos'])('every history of %s', (corpus) => {
  it('has the verdict that its source asserts', async (context) => {
    if (folder === undefined) {
      context.skip(EXTRA_DATA_ABSENT)
      return
    }
    const root = join(folder, 'corpus', corpus)
    const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as {
      histories: Entry[]
    }
    const wrong: string[] = []
    for (const { file, model, initial, expected } of manifest.histories) {
      const start = INITIAL[initial]
      const { outcome } = await judge(await readHistory(join(root, file)), {
        condition: 'linearizable',
        model: modelNamed(MODELS[model] ?? model),
        ...(start === undefined ? {} : { initial: start }),
        budget: { seconds: 20 },
      })
      const found = { pass: 'linearizable', fail: 'not-linearizable', unknown: 'unknown' }[outcome]
      if (found !== expected) wrong.push(`${file}: ${found}, expected ${expected}`)
    }
    expect(wrong).toEqual([])
  })
})
