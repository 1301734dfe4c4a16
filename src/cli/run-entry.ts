import { join } from 'node:path'

import { judge } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import type { Entry, HistoryEntry } from '../../suites/entry.ts'
import type { Budget } from '../core/budget.ts'
import { canonical } from '../core/json.ts'
import type { RunRow } from '../core/results.ts'
import type { History } from '../history/history.ts'
import { readHistory } from '../history/read-history.ts'
import { rowOf } from './save.ts'

/**
 * Finds the verdict of an entry. Files are relative to `folder`. @throws UserError if one is
 * missing.
 */
export async function runEntry(
  entry: Entry,
  folder: string,
  budget: Budget,
): Promise<{ row: RunRow; evidence: unknown }> {
  const history = onlyKey(
    await readHistory(join(folder, entry.file), { source: entry.file }),
    entry,
  )
  const judgement = await judge(history, {
    condition: entry.condition,
    ...(entry.model === undefined ? {} : { model: modelNamed(entry.model) }),
    budget,
  })
  const { expected, violations } = entry
  const expectations = {
    expected,
    ...(violations === undefined ? {} : { expectedViolations: violations }),
  }
  return { row: { ...rowOf(entry.name, judgement), ...expectations }, evidence: judgement }
}

function onlyKey(history: History, { key }: HistoryEntry): History {
  if (key === undefined) return history
  const wanted = canonical(key)
  const operations = history.operations
    .filter((operation) => canonical(operation.key) === wanted)
    .map((operation, id) => ({ ...operation, id }))
  return { ...history, operations, failed: [] }
}
