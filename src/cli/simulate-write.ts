import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

import { writeJsonl } from '../core/jsonl.ts'
import { UserError } from '../core/user-error.ts'

/** Writes values one a line. @throws UserError if the file cannot be written. */
export async function writeJsonlFile(values: Iterable<unknown>, path: string): Promise<void> {
  const file = createWriteStream(path)
  const closed = finished(file)
  const written = (async () => {
    await writeJsonl(values, file)
    file.end()
  })()
  try {
    // A file that cannot be opened ends the stream before anything was written.
    await Promise.all([closed, written])
  } catch (cause) {
    file.destroy()
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause
    throw new UserError(`this file cannot be written: ${(cause as Error).message}`, {
      where: path,
      hint: 'does the folder exist, and is there room?',
      cause,
    })
  }
}
