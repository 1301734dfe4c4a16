import { writeFile } from 'node:fs/promises'

import { UserError } from '../core/user-error.ts'
import type { QuorumPage } from '../report/quorum-page.ts'
import { quorumPage } from '../report/quorum-page.ts'

/** Writes the page. @throws UserError if the file cannot be written. */
export async function drawQuorums(content: QuorumPage, file: string): Promise<void> {
  const text = await quorumPage(content)
  try {
    await writeFile(file, text)
  } catch (cause) {
    throw new UserError(`the page cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: 'name a file in a folder that exists: --html quorums.html',
      cause,
    })
  }
}
