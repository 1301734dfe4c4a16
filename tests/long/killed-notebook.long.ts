import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { compiledProgram } from '../cli/compiled.ts'
import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

/** The process of the notebook: what a loop prints would come no further than this file. */
const BLOCK = `\`\`\`ts
import { writeFileSync } from 'node:fs'
writeFileSync('pid.txt', String(process.pid))
for (;;);
\`\`\`
`

describe('synod notebooks that is killed', () => {
  it('leaves no process behind, not even one that goes round in circles', async () => {
    folder.write('loop.md', BLOCK)
    const args = [compiledProgram(), 'notebooks', './loop.md']
    const child = spawn(process.execPath, args, { cwd: folder.path, stdio: 'ignore' })
    const ended = once(child, 'close')
    for (let tries = 0; tries < 3000 && running() === undefined; tries++) await sleep(20)
    expect(running()).toBeTypeOf('number')
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    for (let tries = 0; tries < 500 && running() !== undefined; tries++) await sleep(20)
    const left = running()
    if (left !== undefined) process.kill(left, 'SIGKILL')
    expect(left).toBeUndefined()
    expect(folder.read('loop.md')).toBe(BLOCK)
  })
})

/** The number of the process of the notebook, while there is one. */
function running(): number | undefined {
  const file = join(folder.path, 'pid.txt')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (pid === 0) return undefined
  try {
    process.kill(pid, 0)
  } catch {
    return undefined
  }
  // One that has ended counts until somebody asks how.
  const status = `/proc/${pid}/stat`
  return existsSync(status) && /\) Z /.test(readFileSync(status, 'utf8')) ? undefined : pid
}
