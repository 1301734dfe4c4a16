import { describe, expect, it } from 'vitest'

import { runCampaign } from '../../src/campaign/campaign.ts'
import { runOfSeed, shrunkRun } from '../../src/cli/simulate-found.ts'
import { rowOfTask, taskOf } from '../../src/cli/regress-row.ts'
import { asExpected } from '../../src/core/results.ts'
import { protocolEntries } from '../../suites/protocols.ts'
import { askedSubject } from '../../suites/subject.ts'

const SEEDS = 10_000
/** How many times a bug is found anew, for the median. */
const FINDS = 5
const MOST_LINES = 25
const HOURS = 3_600_000

const right = protocolEntries.filter(({ expect: { outcome } }) => outcome === 'pass')
const wrong = protocolEntries.filter(({ expect: { outcome } }) => outcome === 'fail')

describe.each(right)('$name', (entry) => {
  it(`passes ${SEEDS} seeds without a false alarm`, { timeout: 2 * HOURS }, async () => {
    const here = await askedSubject({ text: entry.name })
    for await (const result of runCampaign([taskOf(entry, SEEDS, { here })])) {
      const [alarm] = [...result.failures, ...result.unknown]
      expect(alarm && `seed ${alarm.seed}: ${alarm.sentence ?? ''}`).toBeUndefined()
      expect(result.ran).toBe(SEEDS)
    }
  })
})

describe.each(wrong)('$name', (entry) => {
  it('is found out within its seeds, and told in a few lines', { timeout: HOURS }, async () => {
    const here = await askedSubject({ text: entry.name })
    const task = { ...taskOf(entry, 0, { here }), stopAfter: FINDS }
    for await (const result of runCampaign([task])) {
      const row = rowOfTask(entry, result)
      expect(asExpected(row), row.sentence).toBe(true)
      const { violated } = entry.expect
      const finds = result.failures.filter(
        (one) => violated === undefined || one.violated === violated,
      )
      const gaps = finds.map(({ seed }, at) => seed - (finds[at - 1]?.seed ?? 0))
      const median = gaps.sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)]
      const told = await runOfSeed(here, finds[0]?.seed ?? 0)
      const small = await shrunkRun(here, told, { budget: { runs: 6000, seconds: 300 } })
      console.log(`${entry.name}: found every ${median ?? 0} seeds, ${small.story.length} lines`)
      expect(small.judged.violated).toBe(told.judged.violated)
      expect(small.story.length).toBeLessThanOrEqual(MOST_LINES)
    }
  })
})
