import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { run } from '../cli/run.ts'
import { refreshed } from '../transcripts.ts'

const folder = packageFolder()
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

describe('the document about valency', () => {
  it('shows what its commands print (up to date with -u at the end)', async () => {
    const current = await refreshed(read('docs/valency.md'), run)
    await expect(current).toMatchFileSnapshot('../../docs/valency.md')
  })

  it('shows the protocol that stands in the examples', () => {
    const [, block] = /^```javascript\n([^]*?)^```$/m.exec(read('docs/valency.md')) ?? []
    expect(block).toBe(read('examples/my-consensus/impatient.js'))
  })
})
