import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { placeLabels, spread } from '../../src/report/plot-labels.ts'

describe('labels in a column', () => {
  it('stay where they belong if there is room', () => {
    expect(spread([10, 90, 50], 15, 0, 100)).toEqual([10, 90, 50])
  })

  it('are moved apart around the middle of what they want', () => {
    expect(spread([50, 50], 10, 0, 100)).toEqual([45, 55])
    expect(spread([0, 0, 3], 10, 0, 100)).toEqual([0, 10, 20])
  })

  it('keep their order and their distance within the column, for any wishes', () => {
    const random = seeded(1)
    for (let run = 0; run < 500; run++) {
      const wanted = Array.from({ length: random.int(1, 9) }, () => random.int(-20, 120))
      const places = spread(wanted, 10, 0, 100)
      const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
      const sorted = order.map((at) => places[at] ?? NaN)
      for (const [at, place] of sorted.entries()) {
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThanOrEqual(100)
        if (at > 0) expect(place - (sorted[at - 1] ?? NaN)).toBeGreaterThan(10 - 1e-9)
      }
    }
  })

  it('come closer where the column is too short for all', () => {
    expect(spread([0, 0, 0], 60, 0, 100)).toEqual([0, 50, 100])
  })
})

describe('labels around points', () => {
  const frame = { left: 0, right: 600, top: 0, bottom: 400 }
  const width = (text: string): number => text.length * 7

  it('do not cover each other, a point, or the frame', () => {
    const random = seeded(2)
    for (let run = 0; run < 100; run++) {
      const points = Array.from({ length: 8 }, (_, at) => ({
        x: random.int(20, 580),
        y: random.int(20, 380),
        label: `system ${at}`,
      }))
      const boxes = placeLabels(points, frame, width).map(({ x, y, anchor }) => ({
        x: x - { start: 0, middle: 28, end: 56 }[anchor],
        y,
        width: 56,
      }))
      for (const [at, box] of boxes.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.x + box.width).toBeLessThanOrEqual(600)
        for (const other of boxes.slice(at + 1)) {
          const apart = Math.abs(box.y - other.y) >= 15 || Math.abs(box.x - other.x) >= 56
          expect(apart, JSON.stringify([box, other])).toBe(true)
        }
      }
    }
  })

  it('stand to the right of a point that is alone', () => {
    expect(placeLabels([{ x: 100, y: 100, label: 'grid' }], frame, width)).toEqual([
      { x: 108, y: 100, anchor: 'start', far: false },
    ])
  })
})
