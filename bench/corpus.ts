import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { casRegister } from '../checkers/models/cas-register.ts'
import { stringMap } from '../checkers/models/string-map.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Outcome } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'
import { readHistory } from '../src/history/read-history.ts'

/** A recording of others with the verdict that its source states. */
export interface Recording {
  readonly name: string
  readonly history: History
  readonly model: Model
  readonly initial: Json
  readonly expected: Outcome
}

interface Manifest {
  readonly histories: readonly {
    readonly file: string
    readonly model: string
    readonly initial: string
    readonly expected: 'linearizable' | 'not-linearizable'
  }[]
}

export const CORPUS_ABSENT = 'extra data not present (set SYNOD_DATA)'

/**
 * The shared recordings of one source whose file names begin so; `undefined` without extra data.
 */
export async function recordings(
  source: 'porcupine' | 'knossos',
  prefix: string,
): Promise<readonly Recording[] | undefined> {
  const data = process.env['SYNOD_DATA']
  if (data === undefined || data === '') return undefined
  const folder = join(data, 'corpus', source)
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest
  const chosen = manifest.histories.filter(({ file }) => file.startsWith(prefix))
  return Promise.all(
    chosen.map(async ({ file, model, initial, expected }) => ({
      name: file,
      history: await readHistory(join(folder, file)),
      model: model.startsWith('kv') ? stringMap : casRegister,
      initial: initialOf(model, initial),
      expected: expected === 'linearizable' ? 'pass' : 'fail',
    })),
  )
}

/** The manifests write it as EDN, with remarks. */
function initialOf(model: string, initial: string): Json {
  if (model.startsWith('kv')) return ''
  const number = /^-?\d+/.exec(initial)
  return number === null ? null : Number(number[0])
}
