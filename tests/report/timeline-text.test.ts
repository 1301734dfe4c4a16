import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { Bar } from '../../src/core/timeline.ts'
import { timelineText } from '../../src/report/timeline-text.ts'
import { columns } from '../../src/report/visible.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'
import { randomTimeline } from './random-timeline.ts'
import { small } from './small-timeline.ts'

describe('a timeline in the terminal', () => {
  it('shows the contradiction, the faults and the quiet time', () => {
    expect(`\n${timelineText(small)}`).toMatchInlineSnapshot(`
      "
        client 0                   [write 835]
        client 2  [write 812]
        client 5                               . . . 4.8 s . . . [read -> 812]
                                                                 ^^^^^^^^^^^^^
        faults                  ~~ partition: isolated n3 ~~~        ~~~~~~~~ n1 paused
                  0.010 s          0.040 s                       4.850 s
      "
    `)
  })

  it('shows the context on demand', () => {
    expect(`\n${timelineText(small, { width: 84, context: true })}`).toMatchInlineSnapshot(`
      "
        client 0                        [write 835]
        client 2  [write 812]                           [read -> 835]
        client 3                 [write 813 --------------------------------------
        client 5                                                       . 4.8 s .
        faults                       ~~ partition: isolated n3 ~~~~~~~~~~~~~~~~~
                                                                            n1 pau
                  0.010 s               0.040 s

        client 3  ----------->
        client 5  [read -> 812]
                  ^^^^^^^^^^^^^
                  sed ~~~~~~~~
                  4.850 s
      "
    `)
  })

  it('goes on below where the terminal is narrow', () => {
    expect(`\n${timelineText(small, { width: 44 })}`).toMatchInlineSnapshot(`
      "
        client 0                   [write 835]
        client 2  [write 812]
        faults                  ~~~~~~~~~~~~~~~
                  0.010 s          0.040 s

        client 5   . 4.8 s .  [read -> 812]
                              ^^^^^^^^^^^^^
        faults    ~~~~~~~~~~ partition: i…
                        n1 paused ~~~~~~~~
                              4.850 s
      "
    `)
  })

  it('is never wider than the terminal, and shows every bar', () => {
    const random = seeded(6)
    for (let round = 0; round < 60; round++) {
      const timeline = randomTimeline(random)
      const width = random.int(40, 140)
      const text = timelineText(timeline, { width, context: true })
      const tooWide = text.split('\n').filter((line) => columns(line) > width)
      expect(tooWide).toEqual([])
      const bars = timeline.lanes.reduce((sum, lane) => sum + lane.bars.length, 0)
      expect(text.split('[').length - 1).toBe(bars)
    }
  })

  it('keeps real-time order in its columns', () => {
    const random = seeded(7)
    const faults: (readonly [Bar, Bar])[] = []
    for (let round = 0; round < 60; round++) {
      const { lanes, ...rest } = randomTimeline(random)
      const bars = lanes.flatMap((lane) => lane.bars).filter(({ from, to }) => from < to)
      const named = bars.slice(0, 6).map((bar, id) => ({ ...bar, id, label: `<${id}>` }))
      const own = named.map((bar) => ({ label: 'c', bars: [bar] }))
      const timeline = { ...rest, lanes: own, windows: [] }
      const lines = timelineText(timeline, { width: 5000, context: true }).split('\n')
      const start = (id: number) =>
        lines.find((l) => l.includes(`<${id}>`))?.indexOf(`[<${id}>`) ?? -1
      const end = (id: number) => lines.find((l) => l.includes(`<${id}>`))?.indexOf(']') ?? -1
      for (const a of named) {
        for (const b of named) {
          if (a.to < b.from && end(a.id) >= start(b.id)) faults.push([a, b])
          const isInside = b.from < a.to && a.to < Infinity
          if (isInside && start(b.id) >= end(a.id)) faults.push([a, b])
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('has colours only if asked, and no other codes', () => {
    expect(timelineText(small)).not.toContain('\u001b')
    const coloured = timelineText(small, { colour: true })
    expect(coloured).toContain('\u001b[31m')
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(timelineText(small))
  })

  it('lets nothing out of a file act on the terminal', () => {
    for (const text of HOSTILE) {
      const bar = { id: 0, label: text, role: 'fault' as const, from: 0, to: 10, details: [] }
      const timeline = {
        ...small,
        lanes: [{ label: text, bars: [bar] }],
        windows: [{ label: text, from: 5, to: 15 }],
      }
      const drawn = timelineText(timeline)
      expect(drawn.replaceAll('\n', '')).not.toMatch(UNSEEN)
      expect(drawn.length).toBeLessThan(2000)
    }
  })
})
