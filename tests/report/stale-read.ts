import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Operation } from '../../src/core/operation.ts'
import type { History } from '../../src/history/history.ts'
import { readHistory } from '../../src/history/read-history.ts'
import type { DrawnViolation } from '../../src/report/history-timeline.ts'
import { extraData } from '../extra-data.ts'

/** One of the recordings of real systems; `undefined` where it is not present. */
export async function recording(name: string): Promise<History | undefined> {
  const source = `${name}.jsonl`
  const shipped = fileURLToPath(new URL(`../../examples/histories/${source}`, import.meta.url))
  const extra = `${extraData() ?? ''}/corpus/recorded/${source}`
  const path = [shipped, extra].find((file) => existsSync(file))
  return path === undefined ? undefined : await readHistory(path, { source })
}

/**
 * The oldest answer in the recording of etcd with serializable reads, found by hand: client 40 read
 * 536 from a server that had been cut off, although 540 had been written and acknowledged.
 */
export function staleRead({ operations }: History): DrawnViolation {
  const first = find(operations, ({ f, value }) => f === 'write' && value === 536)
  const second = find(operations, ({ f, value }) => f === 'write' && value === 540)
  const culprit = find(
    operations,
    ({ f, result, called }) => f === 'read' && result === 536 && called > second.returned + 500,
  )
  const seconds = ((culprit.calledAt ?? 0) - (second.returnedAt ?? 0)) / 1e9
  const before = `540 had been written and acknowledged ${seconds.toFixed(1)} s before`
  return {
    sentence: `client ${culprit.process} read 536, but ${before}.`,
    operations: [first.id, second.id, culprit.id],
    culprit: culprit.id,
    part: 'key y',
    longest: [first.id, second.id],
  }
}

function find(operations: readonly Operation[], wanted: (op: Operation) => boolean): Operation {
  const found = operations.find((op) => op.key === 'y' && wanted(op))
  if (found === undefined) throw new Error('the recording is not the one that was meant')
  return found
}
