import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import { UserError } from '../core/user-error.ts'

/**
 * Looks, before anything is run for minutes, whether its result could be written: to the file, or
 * to a new one in its folder or in one that can be made.
 *
 * @throws UserError if it could not
 */
export async function checkWritable(file: string, flag: string): Promise<void> {
  const fault = (fact: string, cause?: unknown): UserError =>
    new UserError(`this cannot be written: ${fact}`, {
      where: file === '' ? flag : file,
      hint: `name a file in a folder that you may write to: ${flag} FILE`,
      cause,
    })
  if (file === '') throw fault('it has no name')
  for (let path = file; ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined)
    if (found === undefined && dirname(path) !== path) continue
    if (path === file && found?.isDirectory() === true) throw fault('it is a folder')
    if (path !== file && found?.isDirectory() === false) throw fault(`${path} is not a folder`)
    try {
      await access(path, constants.W_OK)
    } catch (cause) {
      throw fault(`permission denied for ${path}`, cause)
    }
    return
  }
}
