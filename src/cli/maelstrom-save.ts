import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { saveRun, writeJson } from '../core/results.ts'
import { writeEvents } from '../history/write-history.ts'
import { spaceTimeDocument } from '../report/space-time-document.ts'
import { maelstromPage, messagesOf } from './maelstrom-picture.ts'
import { maelstromJson } from './maelstrom-json.ts'
import type { MaelstromResult } from './maelstrom-text.ts'
import { rowOf, runOf } from './save.ts'

/**
 * Writes all that is known of a run into a new folder, under the names that Maelstrom gives where
 * it has the same. Answers the path of the run file.
 */
export async function saveMaelstrom(
  result: MaelstromResult,
  directory: string,
  { started, logs }: { started: Date; logs: ReadonlyMap<string, readonly string[]> },
): Promise<string> {
  const { verdict, options, run } = result
  const name = options.workload.name
  const [, ...others] = verdict.checks
  const rows = [
    rowOf(`${name}/${verdict.judgement.condition}`, verdict.judgement),
    ...others.map((check) => ({ ...check, name: `${name}/${check.name}`, seconds: 0 })),
  ]
  const whole = { ...runOf('maelstrom', started, {}, rows), seed: options.seed }
  const path = await saveRun(directory, whole)
  const folder = dirname(path)
  await writeJson(join(folder, 'results.json'), maelstromJson(result))
  await writeEvents(run.events, join(folder, 'history.jsonl'))
  await writeFile(join(folder, 'timeline.html'), maelstromPage(result))
  await writeFile(join(folder, 'messages.svg'), spaceTimeDocument(messagesOf(result)))
  const lines = run.passages.map((passage) => `${JSON.stringify(passage)}\n`)
  await writeFile(join(folder, 'messages.jsonl'), lines.join(''))
  await mkdir(join(folder, 'node-logs'))
  for (const node of options.nodes) {
    const log = (logs.get(node) ?? []).map((line) => `${line}\n`).join('')
    await writeFile(join(folder, 'node-logs', `${node}.log`), log)
  }
  return path
}
