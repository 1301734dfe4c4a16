/**
 * The places of labels in a column, as near to where they belong as they can be without two of them
 * nearer to each other than `least`. The order stays.
 */
export function spread(
  wanted: readonly number[],
  least: number,
  from: number,
  to: number,
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b))
  const room = Math.min(least, wanted.length < 2 ? least : (to - from) / (wanted.length - 1))
  // Labels that touch form a block, which stands in the middle of what its labels want.
  const blocks: { members: number[]; start: number }[] = []
  for (const index of order) {
    blocks.push({ members: [index], start: at(wanted, index) })
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      const before = blocks.at(-2)
      last.start = settled(last.members, wanted, room, from, to)
      if (before === undefined) break
      if (before.start + before.members.length * room <= last.start + 1e-9) break
      before.members.push(...last.members)
      blocks.pop()
    }
  }
  const places = new Array<number>(wanted.length).fill(0)
  for (const { members, start } of blocks) {
    members.forEach((index, rank) => (places[index] = start + rank * room))
  }
  return places
}

function settled(
  members: readonly number[],
  wanted: readonly number[],
  room: number,
  from: number,
  to: number,
): number {
  const sum = members.reduce((total, index, rank) => total + at(wanted, index) - rank * room, 0)
  const last = to - (members.length - 1) * room
  return Math.max(from, Math.min(last, sum / members.length))
}

export interface Point {
  readonly x: number
  readonly y: number
  readonly label: string
}

export interface Placed {
  /** The end that is next to the point, or the middle of a label above or below it. */
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** Whether a line has to lead from the point to its label. */
  readonly far: boolean
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const LINE = 15
const GAP = 8

/**
 * Places labels around points so that none covers another, a point, or the frame; in pixels. Those
 * nearest to the point are tried first; where all is taken, the last place tried is kept.
 */
export function placeLabels(
  points: readonly Point[],
  frame: Box,
  widthOf: (text: string) => number,
): readonly Placed[] {
  const taken: Box[] = points.map(({ x, y }) => around(x, y, 6))
  return points.map(({ x, y, label }) => {
    const width = widthOf(label)
    let place: Placed = { x: x + GAP, y, anchor: 'start', far: false }
    for (const candidate of candidates(x, y)) {
      const box = boxOf(candidate, width)
      if (!inside(box, frame) || taken.some((other) => overlap(box, other))) continue
      place = candidate
      break
    }
    taken.push(boxOf(place, width))
    return place
  })
}

/** Right, left, above, below, then the same farther away. */
function* candidates(x: number, y: number): Generator<Placed> {
  for (let step = 0; step < 12; step++) {
    const up = step * LINE
    for (const dy of step === 0 ? [0] : [-up, up]) {
      const far = step > 1
      yield { x: x + GAP, y: y + dy, anchor: 'start', far }
      yield { x: x - GAP, y: y + dy, anchor: 'end', far }
      if (step > 0) yield { x, y: y + dy, anchor: 'middle', far }
    }
  }
}

function boxOf({ x, y, anchor }: Placed, width: number): Box {
  const left = x - { start: 0, middle: width / 2, end: width }[anchor]
  return { left, right: left + width, top: y - LINE / 2, bottom: y + LINE / 2 }
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left &&
    box.right <= frame.right &&
    box.top >= frame.top &&
    box.bottom <= frame.bottom
  )
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}
