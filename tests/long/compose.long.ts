import { describe, expect, it } from 'vitest'

import { compareCase } from '../compose/compare.ts'
import { tinyClusters } from '../compose/tiny-clusters.ts'

describe('every protocol, composed and one step after the other', () => {
  it.each(tinyClusters)('%s', async (_, program, options) => {
    const { composed, direct, states } = await compareCase(program, { ...options, recheck: 3 })
    expect(composed).toEqual(direct)
    expect(states).toBeGreaterThan(10)
  })
})
