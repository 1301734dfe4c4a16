import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { Bar, Timeline } from '../../src/core/timeline.ts'
import type { LaidBar, Layout } from '../../src/report/timeline-layout.ts'
import { ADVANCE, PADDING, SMALL_ADVANCE, layTimeline } from '../../src/report/timeline-layout.ts'
import { columns } from '../../src/report/visible.ts'
import { randomTimeline } from './random-timeline.ts'

interface Extent {
  readonly what: string
  readonly from: number
  readonly to: number
}

const SLACK = 1e-6

/** The first two of a row that stand on each other. */
function overlap(row: Extent[]): string | undefined {
  row.sort((a, b) => a.from - b.from)
  for (let index = 1; index < row.length; index++) {
    const [before, after] = [row[index - 1], row[index]]
    if (before !== undefined && after !== undefined && before.to > after.from + SLACK) {
      return `${before.what} | ${after.what}`
    }
  }
  return undefined
}

function textOf({ bar, x, width, outside, text }: LaidBar): Extent {
  const from = (outside ? x + width : x) + (outside ? 5 : PADDING)
  return { what: bar.label, from, to: from + columns(text) * ADVANCE }
}

/** Everything that must not happen in a picture, looked for pair by pair. */
function faultOf({ lanes, windows, ticks, breaks, width }: Layout): string | undefined {
  for (const { bars, rows } of lanes) {
    for (let row = 0; row < rows; row++) {
      const own = bars.filter((bar) => bar.row === row)
      const texts = own.filter(({ text }) => text !== '').map(textOf)
      const beside = own.filter(({ outside, text }) => outside && text !== '').map(textOf)
      // A bar of hardly any length is drawn a pixel and a half wide, so that it can be seen.
      const bodies = own.map(({ bar, x, width }) => ({
        what: `bar ${bar.label}`,
        from: x,
        to: x + (width <= 1.5 ? 0 : width),
      }))
      const ranks = own.flatMap(({ point }) =>
        point === undefined || point.rank === ''
          ? []
          : [{ what: point.rank, ...around(point.rankX, point.rank) }],
      )
      const found = overlap(texts) ?? overlap(bodies) ?? overlap(ranks)
      if (found !== undefined) return found
      for (const text of beside) {
        const inside = bodies.find(({ from, to }) => text.from < to && from < text.to)
        if (inside !== undefined) return `${text.what} stands on ${inside.what}`
      }
      for (const one of own) {
        const text = textOf(one)
        const end = one.outside ? one.x + one.width + one.gap : one.x + one.width
        if (one.text !== '' && text.to > end + SLACK) return `${text.what} overflows`
        if (one.x < 0 || end > width + 1.5) return `${text.what} is outside of the picture`
        const point = one.point?.x ?? one.x
        if (point < one.x || point > one.x + one.width) return `the point of ${text.what}`
      }
    }
  }
  for (let row = 0; row < 4; row++) {
    const own = windows.filter((window) => window.row === row)
    const found = overlap(
      own.map(({ text, textX }) => ({
        what: text,
        from: textX,
        to: textX + columns(text) * SMALL_ADVANCE,
      })),
    )
    if (found !== undefined) return found
  }
  return overlap([
    ...ticks.map(({ x, text }) => ({ what: text, ...around(x, text) })),
    ...breaks.map(({ x, width: size, text }) => ({ what: text, from: x, to: x + size })),
  ])
}

function around(x: number, text: string) {
  const half = (columns(text) * SMALL_ADVANCE) / 2
  return { from: x - half, to: x + half }
}

function sequence(length: number, role: Bar['role'] = 'context'): Timeline {
  const bars = Array.from({ length }, (_, id) => ({
    id,
    label: `write ${id}`,
    role,
    from: 10 * id,
    to: 10 * id + 5,
    details: [],
  }))
  return { title: '', unit: 'ns', lanes: [{ label: 'a', bars }], windows: [], notes: [] }
}

describe('the layout of a picture', () => {
  it('lets no text overlap or overflow, whatever is drawn', () => {
    const random = seeded(3)
    for (let round = 0; round < 150; round++) {
      const timeline = randomTimeline(random)
      const width = random.pick([300, 860, 2000])
      const layout = layTimeline(timeline, { width, maxWidth: random.pick([width, 20_000]) })
      expect(faultOf(layout)).toBeUndefined()
    }
  })

  it('keeps real-time order: what begins later stands further right', () => {
    const random = seeded(4)
    const faults: (readonly [Bar, Bar])[] = []
    for (let round = 0; round < 80; round++) {
      const layout = layTimeline(randomTimeline(random), { width: 900, maxWidth: 20_000 })
      const bars = layout.lanes.flatMap((lane) => lane.bars)
      for (const a of bars) {
        for (const b of bars) {
          if (a.bar.to < b.bar.from && a.x >= b.x) faults.push([a.bar, b.bar])
          if (a.bar.from <= b.bar.from && a.x > b.x) faults.push([a.bar, b.bar])
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('gives the labels of a contradiction room in their bars', () => {
    const { lanes } = layTimeline(sequence(5, 'core'), { width: 900, maxWidth: 900 })
    const texts = lanes.flatMap(({ bars }) => bars.map(({ text, outside }) => [text, outside]))
    expect(texts).toEqual([0, 1, 2, 3, 4].map((n) => [`write ${n}`, false]))
  })

  it('puts the labels of context beside its bars where there is room', () => {
    const { lanes } = layTimeline(sequence(12), { width: 900, maxWidth: 900 })
    const last = lanes[0]?.bars.at(-1)
    expect([last?.text, last?.outside]).toEqual(['write 11', true])
  })

  it('puts bars of one lane that overlap into rows', () => {
    const bars = [
      { id: 0, from: 0, to: 100 },
      { id: 1, from: 10, to: Infinity },
      { id: 2, from: 20, to: 30 },
      { id: 3, from: 100, to: 120 },
      { id: 4, from: 130, to: 130 },
      { id: 5, from: 130, to: 130 },
    ].map((bar) => ({ ...bar, label: 'x', role: 'core' as const, details: [] }))
    const timeline = { ...sequence(0), lanes: [{ label: 'a', bars }] }
    const [lane] = layTimeline(timeline, { width: 900, maxWidth: 900 }).lanes
    expect(lane?.rows).toBe(3)
    expect(lane?.bars.map(({ row }) => row)).toEqual([0, 1, 2, 0, 0, 2])
  })

  it('stays within its width with thousands of bars, and says how many it leaves out', () => {
    const layout = layTimeline(sequence(7000), { width: 900, maxWidth: 900 })
    expect(layout.width).toBeLessThanOrEqual(900 + SLACK)
    expect(layout.omitted).toBe(2000)
    expect(layout.lanes[0]?.bars).toHaveLength(5000)
  })

  it('leaves out context first', () => {
    const timeline = sequence(6000)
    const bars = timeline.lanes[0]?.bars.map((bar) =>
      bar.id > 5990 ? { ...bar, role: 'core' as const } : bar,
    )
    const lanes = [{ label: 'a', bars: bars ?? [] }]
    const laid = layTimeline({ ...timeline, lanes }, { width: 900, maxWidth: 900 })
    expect(laid.lanes[0]?.bars.filter(({ bar }) => bar.role === 'core')).toHaveLength(9)
  })
})
