import { describe, expect, it } from 'vitest'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import type { Scale, Span } from '../../src/report/timeline-scale.ts'
import { layScale } from '../../src/report/timeline-scale.ts'

const options = { typical: 20, least: 4, breakWidth: 84, margin: 16, whole: false } as const

function randomSpans(random: Random): Span[] {
  const size = 10 ** random.int(1, 9)
  return Array.from({ length: random.int(0, 30) }, () => {
    const from = random.int(0, size)
    const length = random.chance(1, 2) ? random.int(0, 10) : random.int(0, size)
    const to = random.chance(1, 8) ? Infinity : from + length
    return { from, to, need: random.int(0, 120) }
  })
}

/** The slow, obvious list of what a scale has to obey. */
function faultOf(scale: Scale, spans: readonly Span[], least: number): string | undefined {
  const finite = (value: number) => Number.isFinite(value)
  const stops = [...new Set(spans.flatMap(({ from, to }) => [from, to]).filter(finite))]
  for (const a of stops) {
    if (scale.at(a) < 0 || scale.at(a) > scale.width) return `${a} is outside`
    for (const b of stops) {
      if (a < b && scale.at(b) - scale.at(a) < least - 1e-6) return `${a} and ${b} are too near`
    }
  }
  for (const { from, to, need } of spans) {
    const end = to === Infinity ? scale.width : scale.at(to)
    if (to > from && end - scale.at(from) < need - 1e-6) return `no room for ${from}..${to}`
  }
  return undefined
}

describe('the scale of a picture', () => {
  it('keeps the order, the distances and the room for labels, whatever the lengths', () => {
    const random = seeded(1)
    for (let round = 0; round < 300; round++) {
      const spans = randomSpans(random)
      const whole = random.chance(1, 2)
      const scale = layScale(spans, { ...options, whole })
      expect(faultOf(scale, spans, options.least)).toBeUndefined()
      if (!whole) continue
      for (const { from } of spans) expect(Number.isInteger(scale.at(from))).toBe(true)
    }
  })

  it('is never wider than asked, and never turns two moments round', () => {
    const random = seeded(2)
    for (let round = 0; round < 300; round++) {
      const spans = randomSpans(random)
      const most = random.int(100, 400)
      const scale = layScale(spans, { ...options, most, tail: 50 })
      if (spans.every(({ to }) => to !== Infinity))
        expect(scale.width).toBeLessThanOrEqual(most + 1e-6)
      const places = [...spans].map(({ from }) => from).sort((a, b) => a - b)
      for (let index = 1; index < places.length; index++) {
        const before = scale.at(places[index - 1] ?? 0)
        expect(scale.at(places[index] ?? 0)).toBeGreaterThanOrEqual(before)
      }
    }
  })

  it('shows a long quiet time as a break', () => {
    const spans = [0, 30, 60, 90, 5000, 5030].map((from) => ({ from, to: from + 10, need: 30 }))
    const scale = layScale(spans, options)
    expect(scale.breaks).toEqual([{ from: 100, to: 5000 }])
    expect(scale.at(5000) - scale.at(100)).toBeCloseTo(84)
    expect(scale.at(2550)).toBeCloseTo(scale.at(100) + 42)
    expect(scale.at(-1)).toBe(0)
    expect(scale.at(1e12)).toBe(scale.width)
  })

  it('has no breaks where everything is about as far apart', () => {
    const spans = [0, 30, 60, 90].map((from) => ({ from, to: from + 10, need: 30 }))
    expect(layScale(spans, options).breaks).toEqual([])
  })

  it('takes no more than a moment for thirty thousand spans', () => {
    const spans = Array.from({ length: 30_000 }, (_, i) => ({
      from: 3 * i,
      to: 3 * i + 2,
      need: 60,
    }))
    const scale = layScale(spans, options)
    expect(scale.at(3) - scale.at(0)).toBeGreaterThan(60)
  })

  it('survives having nothing to show', () => {
    const scale = layScale([], options)
    expect(scale.at(5)).toBeGreaterThanOrEqual(0)
    expect(scale.breaks).toEqual([])
    expect(layScale([{ from: 7, to: 7, need: 10 }], options).at(7)).toBe(16)
    expect(layScale([{ from: 7, to: Infinity, need: 100 }], options).width).toBeGreaterThan(116)
  })
})
