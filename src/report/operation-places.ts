import type { Operation } from '../core/operation.ts'
import type { Timeline } from '../core/timeline.ts'

export interface Place {
  readonly from: number
  readonly to: number
}

/**
 * Where each operation begins and ends. Real-time order is the order of the events; clocks may be
 * too coarse to show it, so what comes later gets a later moment, if only by a nanosecond.
 */
export function placesOf(drawn: readonly Operation[], unit: Timeline['unit']): Map<number, Place> {
  if (unit === 'events') {
    return new Map(drawn.map(({ id, called, returned }) => [id, { from: called, to: returned }]))
  }
  const events = drawn
    .flatMap((op) => [
      { position: op.called, time: op.calledAt },
      { position: op.returned, time: op.returnedAt },
    ])
    .filter(({ position }) => position !== Infinity)
    .sort((a, b) => a.position - b.position)
  const moments = new Map<number, number>([[Infinity, Infinity]])
  let latest = -Infinity
  for (const { position, time } of events) {
    latest = Math.max(time ?? latest, latest + 1)
    moments.set(position, latest)
  }
  return new Map(
    drawn.map(({ id, called, returned }) => [
      id,
      { from: moments.get(called) ?? 0, to: moments.get(returned) ?? Infinity },
    ]),
  )
}

export interface Point {
  readonly point: number
  readonly rank: number
}

/**
 * A moment for each operation of a legal order, inside the operation and in that order: in the
 * middle between the earliest and the latest that the others leave to it. Ranks count only the
 * operations that are drawn.
 */
export function pointsOf(
  order: readonly number[] | Int32Array,
  places: ReadonlyMap<number, Place>,
): Map<number, Point> {
  const ids = Array.from(order).filter((id) => places.has(id))
  const ends = [...places.values()].flatMap(({ from, to }) =>
    to === Infinity ? [from] : [from, to],
  )
  const end = ends.reduce((latest, moment) => Math.max(latest, moment), 0)
  const earliest = running(
    ids.map((id) => places.get(id)?.from ?? 0),
    Math.max,
  )
  const latest = running(
    ids.map((id) => Math.min(end, places.get(id)?.to ?? end)).reverse(),
    Math.min,
  ).reverse()
  const points = new Map<number, Point>()
  let start = 0
  for (let next = 1; next <= ids.length; next++) {
    const isSame = earliest[next] === earliest[start] && latest[next] === latest[start]
    if (next < ids.length && isSame) continue
    // Those that have the same room share it, and stay between their neighbours.
    const middles = [start - 1, start, next].map((i) => middle(earliest[i], latest[i]))
    const [before = NaN, centre = 0, after = NaN] = middles
    const room = [latest[start] ?? 0, after].map((m) => m - centre)
    const reach = [...room, centre - (earliest[start] ?? 0), centre - before]
      .filter((length) => !Number.isNaN(length))
      .reduce((least, length) => Math.min(least, length), Infinity)
    const count = next - start
    for (let index = 0; index < count; index++) {
      const offset = count === 1 ? 0 : (index / (count - 1) - 0.5) * reach
      const id = ids[start + index] ?? -1
      points.set(id, { point: centre + offset, rank: start + index + 1 })
    }
    start = next
  }
  return points
}

function middle(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? NaN : (a + b) / 2
}

function running(values: readonly number[], choose: (a: number, b: number) => number): number[] {
  let best: number | undefined
  return values.map((value) => (best = best === undefined ? value : choose(best, value)))
}
