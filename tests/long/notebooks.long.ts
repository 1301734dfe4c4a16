import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { shell } from '../cli/compiled.ts'

describe('the notebooks', () => {
  it('store what comes out when they are run (npm run notebooks writes it)', async () => {
    const { exitCode, out, err } = await shell('synod notebooks --check', packageFolder())
    expect(exitCode, `${out}\n${err}`).toBe(0)
    expect(out).not.toContain('STALE')
  })
})
