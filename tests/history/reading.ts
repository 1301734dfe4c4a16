import { UserError } from '../../src/core/user-error.ts'
import type { History } from '../../src/history/history.ts'
import type { ReadOptions } from '../../src/history/read-history.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { bytesOf } from './bytes.ts'

/** Reads a history that stands here instead of in a file. */
export function read(content: string | Uint8Array, options: ReadOptions = {}): Promise<History> {
  return readHistory(bytesOf(content), { source: 'f', ...options })
}

/** What the reader has against a history. */
export async function faultOf(
  content: string | Uint8Array,
  options: ReadOptions = {},
): Promise<string> {
  try {
    const { operations } = await read(content, options)
    return `accepted ${String(operations.length)} operations`
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
}

/** What matters of each operation, in a line. */
export function summary({ operations, failed }: History): string[] {
  return [...operations, ...failed].map(({ process, f, key, value, result, called, returned }) => {
    const data = JSON.stringify([key ?? '-', value, result === undefined ? '-' : result])
    return `${String(process)} ${f} ${data} ${String(called)}-${String(returned)}`
  })
}

export const line = (event: unknown) => `${JSON.stringify(event)}\n`
export const invoke = (process: unknown, f: string, more = {}) =>
  line({ process, type: 'invoke', f, ...more })
export const ok = (process: unknown, f: string, more = {}) =>
  line({ process, type: 'ok', f, ...more })
export const info = (process: unknown, f: string, more = {}) =>
  line({ process, type: 'info', f, ...more })
