import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one test file. */
export interface Folder {
  readonly path: string
  /** Writes a file and answers its path. */
  write(name: string, text: string): string
  read(name: string): string
  remove(): void
}

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'synod-cli-'))
  return {
    path,
    write(name, text) {
      writeFileSync(join(path, name), text)
      return join(path, name)
    },
    read: (name) => readFileSync(join(path, name), 'utf8'),
    remove: () => {
      rmSync(path, { recursive: true })
    },
  }
}

type Call = readonly [process: string | number, f: string, value: unknown, result: unknown]

/** A history in which one call follows the other. A result of `undefined` never came. */
export function inTurn(...calls: readonly Call[]): string {
  return calls
    .flatMap(([process, f, value, result]) => [
      { process, type: 'invoke', f, value },
      ...(result === undefined ? [] : [{ process, type: 'ok', f, value: result }]),
    ])
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('')
}

export const GOOD = inTurn(['a', 'write', 1, 1], ['b', 'read', null, 1])

export const STALE = inTurn(
  ['a', 'write', 1, 1],
  ['a', 'write', 2, 2],
  ['b', 'read', null, 1],
  ['b', 'read', null, 2],
)
