import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawTimeline } from '../../src/history/draw-timeline.ts'
import { historyEvent, isEvent } from '../../src/history/event.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { writeHistory } from '../../src/history/write-history.ts'
import { eventCases } from '../history/event-cases.ts'
import { randomHistory } from '../history/random-history.ts'
import { renumbered } from '../history/renumbered.ts'

const HISTORIES = 20_000
const EVENTS = 300_000

describe('histories, many of them', () => {
  it('come back as they were written and drawn', { timeout: 3_600_000 }, async () => {
    for (let seed = 0; seed < HISTORIES; seed++) {
      const history = renumbered(randomHistory(seed))
      const stream = new PassThrough()
      void writeHistory(history, stream).then(() => stream.end())
      expect(await readHistory(stream, { source: 'f' })).toEqual(history)
      const drawing = drawTimeline(history, { width: 20 + (seed % 100) })
      expect(drawTimeline(timeline(drawing), { width: 20 + (seed % 100) })).toBe(drawing)
    }
  })

  it('are checked fast and by the schema with the same answer', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(eventCases, (event) => {
        expect(isEvent(event)).toBe(historyEvent.safeParse(event).success)
      }),
      { seed: 7, numRuns: EVENTS },
    )
  })
})
