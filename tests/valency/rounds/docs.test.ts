import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../../src/core/package.ts'
import { run } from '../../cli/run.ts'
import { refreshed, transcripts } from '../../transcripts.ts'

describe('the description of rounds', () => {
  it('shows what its commands print (up to date with -u at the end)', async () => {
    const document = readFileSync(join(packageFolder(), 'docs/rounds.md'), 'utf8')
    expect(transcripts(document).length).toBeGreaterThanOrEqual(10)
    await expect(await refreshed(document, run)).toMatchFileSnapshot('../../../docs/rounds.md')
  })
})
