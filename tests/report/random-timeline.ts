import type { Random } from '../../src/core/random.ts'
import type { Bar, Timeline } from '../../src/core/timeline.ts'

/** A picture of anything: overlapping bars in a lane, bars without end or length, long labels. */
export function randomTimeline(random: Random): Timeline {
  const size = 10 ** random.int(1, 10)
  let id = 0
  const bar = (): Bar => {
    const from = random.int(0, size)
    const to = random.chance(1, 8) ? Infinity : from + random.int(0, random.pick([3, size]))
    const end = to === Infinity ? size : to
    const point = random.chance(1, 2) ? { point: random.int(from, Math.max(from, end)) } : {}
    return {
      id: id++,
      label: `write ${'9'.repeat(random.pick([1, 3, 12, 80]))}`,
      role: random.pick(['fault', 'core', 'context', 'context']),
      from,
      to,
      ...point,
      ...(point.point === undefined ? {} : { rank: random.int(1, 1000) }),
      details: ['a detail'],
    }
  }
  return {
    title: 'a picture',
    unit: random.pick(['ns', 'events']),
    lanes: Array.from({ length: random.int(1, 6) }, (_, lane) => ({
      label: `client ${lane}`,
      bars: Array.from({ length: random.int(0, 12) }, bar),
    })),
    windows: Array.from({ length: random.int(0, 6) }, (_, window) => {
      const from = random.int(-size, 2 * size)
      const to = random.chance(1, 4) ? Infinity : from + random.int(0, size)
      return { label: `fault ${window} of the network`, from, to }
    }),
    notes: ['a note'],
  }
}
