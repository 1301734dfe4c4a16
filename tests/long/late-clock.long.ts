import { expect, it } from 'vitest'
import { everyEntry } from '../../suites/every-entry.ts'
import { EntryRunner } from '../../src/cli/run-entry.ts'
import { packageFolder } from '../../src/core/package.ts'
import { asExpected } from '../../src/core/results.ts'
import { withLateClock } from '../cli/late-clock.ts'

/** More of `tests/cli/late-clock.test.ts`: larger entries, whose time runs out in more places. */
const ENTRIES = [
  'specs/termination/ewd998/sum-ignored',
  'specs/mutex/dining-philosophers/dirty-kept',
  'specs/consensus/paxos/reuse-ballot',
  'protocols/abd/claims',
  'protocols/multi-paxos/reported-values-ignored',
  'rounds/crash/n-3-f-1-r-1',
  'zoo/FL-05',
  'claims/TXN-03',
]

it.each(ENTRIES)('%s comes out as expected or as unknown whenever time runs out', async (name) => {
  const entry = everyEntry.get(name)
  if (entry === undefined) throw new Error(`there is no ${name}`)
  const find = async () => {
    const runner = new EntryRunner(packageFolder(), { seconds: 60, bytes: 1e9 })
    return (await runner.find(entry)).row
  }
  const { asked } = await withLateClock(Infinity, find)
  const moments = new Set([1, 2, 4, 9, asked >> 1, asked - 1])
  for (const after of [...moments].filter((moment) => moment > 0 && moment < asked)) {
    const { found } = await withLateClock(after, find)
    const right = asExpected(found) || found.outcome === 'unknown'
    expect(right, `${after} of ${asked}: ${found.sentence}`).toBe(true)
  }
})
