import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { isUnknown } from '../../src/core/operation.ts'
import type { UserError } from '../../src/core/user-error.ts'
import type { History } from '../../src/history/history.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { eventsOf, writeEvents, writeHistory } from '../../src/history/write-history.ts'
import { bytesOf } from './bytes.ts'
import { randomHistory } from './random-history.ts'
import { renumbered } from './renumbered.ts'

async function written(history: History): Promise<string> {
  const stream = new PassThrough()
  const done = writeHistory(history, stream).then(() => stream.end())
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  await done
  return Buffer.concat(chunks).toString('utf8')
}

describe('a history that is written', () => {
  it('is the same when it is read again, but for the moments when clients gave up', async () => {
    let unknown = 0
    let failed = 0
    for (let seed = 0; seed < 60; seed++) {
      const history = randomHistory(seed)
      const text = await written(history)
      const back = await readHistory(bytesOf(text), { source: 'f' })
      expect(back).toEqual(renumbered(history))
      expect(await written(back)).toBe(text)
      unknown += history.operations.filter(isUnknown).length
      failed += history.failed.length
    }
    expect(Math.min(unknown, failed)).toBeGreaterThan(50)
  })

  it('is one event a line, in order', async () => {
    const history = timeline(`
      a:       [write x 1]       [write 2 !]
      5:         [read x -> 1]  [read
      nemesis:    [kill n1]
    `)
    expect(await written(history)).toBe(
      [
        '{"process":"a","type":"invoke","f":"write","key":"x","value":1}',
        '{"process":5,"type":"invoke","f":"read","key":"x","value":null}',
        '{"process":"nemesis","type":"info","f":"kill","value":"n1"}',
        '{"process":"a","type":"ok","f":"write","key":"x","value":null}',
        '{"process":5,"type":"ok","f":"read","key":"x","value":1}',
        '{"process":5,"type":"invoke","f":"read","value":null}',
        '{"process":"a","type":"invoke","f":"write","value":2}',
        '{"process":"a","type":"fail","f":"write","value":2}',
        '',
      ].join('\n'),
    )
  })

  it('goes to a file, whole, and says how many events there were', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'synod-'))
    try {
      const path = join(folder, 'history.jsonl')
      await writeFile(path, 'what was there before')
      const history = randomHistory(1)
      const events = await writeHistory(history, path)
      expect(events).toBe([...eventsOf(history)].length)
      const text = await readFile(path, 'utf8')
      expect(text).toBe(await written(history))
      expect((await readHistory(path)).source).toBe(path)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('keeps the unknown fields of events that were never paired', async () => {
    const stream = new PassThrough()
    const event = { process: 1, type: 'ok', f: 'read', value: 2, rev: 7 } as const
    expect(await writeEvents([event], stream)).toBe(1)
    expect(String(stream.read())).toBe(`${JSON.stringify(event)}\n`)
  })

  it('cannot go where no file can be', async () => {
    const fault = await writeHistory(randomHistory(1), 'no/such/folder/h.jsonl').catch(
      (error: unknown) => error,
    )
    expect((fault as UserError).text).toBe(
      'error: no/such/folder/h.jsonl: this file cannot be written\n' +
        '  try: does the folder exist, and is there room?',
    )
  })

  it('passes on what goes wrong while its events are made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'synod-'))
    const broken = (function* () {
      yield { process: 1, type: 'invoke', f: 'read' } as const
      throw new RangeError('broken')
    })()
    await expect(writeEvents(broken, join(folder, 'h.jsonl'))).rejects.toThrow('broken')
    await rm(folder, { recursive: true })
  })
})
