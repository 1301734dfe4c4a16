import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { faultTypes } from '../../src/node/index.ts'
import { run } from '../cli/run.ts'
import { refreshed, transcripts } from '../transcripts.ts'

const folder = packageFolder()
const document = readFileSync(join(folder, 'docs/simulate.md'), 'utf8')
const example = readFileSync(join(folder, 'examples/my-node/gossip.js'), 'utf8')

describe('the description of simulations', () => {
  it('shows what its commands print (up to date with -u at the end)', async () => {
    expect(transcripts(document).length).toBeGreaterThanOrEqual(3)
    await expect(await refreshed(document, run)).toMatchFileSnapshot('../../docs/simulate.md')
  })

  it('shows the whole example, and names every option and every fault', async () => {
    expect(document).toContain(`\`\`\`ts\n${example}\`\`\``)
    const { out } = await run(['simulate', '--help'])
    for (const [option] of out.matchAll(/(?<=^ {2})--[a-z-]+/gm)) {
      if (option !== '--list' && option !== '--help') expect(document).toContain(option)
    }
    for (const type of faultTypes) expect(document).toContain(`\`${type}\``)
  })
})
