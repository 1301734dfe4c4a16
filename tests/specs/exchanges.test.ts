import { describe, expect, it } from 'vitest'
import { byzantineBroadcast } from '../../specs/classics/bcast-byz.ts'
import { keyValueStore } from '../../specs/classics/kvs-safety-small.ts'
import { prisoners } from '../../specs/classics/prisoners.ts'
import { readersWriters } from '../../specs/mutex/readers-writers.ts'
import { asyncTerminationDetection } from '../../specs/termination/async-td.ts'
import { syncTerminationDetection } from '../../specs/termination/sync-td.ts'
import { explore } from '../../src/explore/index.ts'
import type { AnySpec } from '../../suites/specs.ts'

const CLASSICS: readonly AnySpec[] = [
  asyncTerminationDetection,
  byzantineBroadcast,
  keyValueStore,
  prisoners,
  readersWriters,
  syncTerminationDetection,
]

describe('classics whose identities may be exchanged', () => {
  for (const spec of CLASSICS) {
    it(`${spec.name}: fewer states stand for all, and nothing else is said of them`, async () => {
      const all = await explore(spec.make(), { properties: false })
      const few = await explore(spec.make(), { properties: false, symmetry: true })
      expect(few.outcome).toBe('pass')
      expect(few.depth).toBe(all.depth)
      expect(few.distinctStates).toBeLessThan(all.distinctStates)
      const factor = few.reductions?.[0]?.factor ?? 0
      expect(Math.round(factor * few.distinctStates)).toBe(all.distinctStates)
    })
  }
})
