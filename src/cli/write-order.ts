import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { UserError } from '../core/user-error.ts'
import type { Judged } from './judged.ts'
import { jsonLine } from './json-line.ts'

/**
 * Writes the orders that prove the passes, one operation a line, so that anybody can replay them:
 * operations of one `part` belong together. Answers what was done, as a sentence.
 *
 * @throws UserError if the file cannot be written.
 */
export async function writeOrders(judged: readonly Judged[], path: string): Promise<string> {
  const without = judged.filter((each) => !each.judgement.evidence.witness?.orders.length)
  if (without.length === judged.length) return `no order was found, so ${path} is not written`
  try {
    await pipeline(Readable.from(orderLines(judged)), createWriteStream(path))
  } catch (cause) {
    throw new UserError(`the order cannot be written: ${(cause as Error).message}`, {
      where: path,
      hint: 'name a file that you may write to: --order FILE',
      cause,
    })
  }
  const missing = without.map(({ file }) => `; ${file} has no order`)
  return `order written to ${path}${missing.join('')}`
}

function* orderLines(judged: readonly Judged[]): Generator<string> {
  for (const { history, judgement } of judged) {
    for (const { part, order } of judgement.evidence.witness?.orders ?? []) {
      for (const id of order) {
        const operation = history.operations[id]
        if (operation === undefined) throw new Error(`the order names operation ${id}`)
        const { process, f, key, value, result } = operation
        const outcome = result === undefined ? 'unknown' : 'ok'
        yield jsonLine({ file: judgement.file, part, id, process, f, key, value, outcome, result })
      }
    }
  }
}
