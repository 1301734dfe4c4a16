import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { UserError } from '../core/user-error.ts'

/** Folders that nodes of this very process use. */
const ours = new Set<string>()

/**
 * Says that a process uses this folder, in a file with its number. Two nodes that wrote to one
 * file would damage it. What a killed process has left is not in the way.
 *
 * @returns what gives the folder back
 * @throws UserError if another process that runs uses it
 */
export function lockFolder(folder: string): () => void {
  const path = resolve(folder, 'in-use')
  const take = (): void => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  }
  try {
    take()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw unusable(folder, code, cause)
    const owner = Number(readFileSync(path, 'utf8'))
    if (owner === process.pid ? ours.has(path) : isRunning(owner)) throw inUse(folder, owner)
    rmSync(path, { force: true })
    take()
  }
  ours.add(path)
  return () => {
    ours.delete(path)
    rmSync(path, { force: true })
  }
}

function isRunning(pid: number): boolean {
  // A file that was cut by a crash names nobody.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(folder: string, owner: number): UserError {
  const mark = join(folder, 'in-use')
  return new UserError(`a node that runs uses this folder (process ${owner})`, {
    where: folder,
    hint: `stop it, or name another folder: --data DIR; if it is no node, remove ${mark}`,
  })
}

function unusable(folder: string, code: string, cause: unknown): UserError {
  return new UserError(`the data directory cannot be used (${code})`, {
    where: folder,
    hint: 'name a folder that you may write to: --data DIR',
    cause,
  })
}
