import type { SpaceTime, SpaceTimeEvent, SpaceTimeMessage } from '../core/story.ts'
import type { Markup } from './html.ts'
import { element } from './svg-element.ts'
import { shown } from './visible.ts'

const ROW = 46
const HEAD = 44
const FOOT = 26
const DOT = 5
const RING = 9.5
const LETTER = 6.5
const LONGEST_LABEL = 40
const NARROWEST = 120
const WIDEST = 230
/** Left of the first lane: numbers of steps, and the way back of what goes on for ever. */
const MARGIN = 56
const HEAD_LENGTH = 8

interface Grid {
  readonly lane: (lane: number) => number
  readonly row: (row: number) => number
  readonly width: number
  readonly height: number
}

/**
 * A space-time diagram (Lamport 1978), time running downwards: a line for each process, a dot for
 * each step, and an arrow from the step that sent a message to the one that received it.
 */
export function spaceTimeSvg(picture: SpaceTime): Markup {
  const grid = gridOf(picture)
  const { width, height } = grid
  const sides = picture.events.map((event) => sideOf(event, picture))
  const parts = [
    picture.lanes.map((name, lane) => laneLine(name, lane, grid)),
    picture.messages.map((message) => arrow(message, picture, grid)),
    picture.events.map((event, at) => dot(event, sides[at] ?? 'right', grid)),
    messageLabels(picture, grid),
    picture.loop === undefined ? '' : wayBack(picture.loop, picture, grid),
  ]
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'space-time',
      role: 'img',
      'aria-label': describe(picture),
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    parts,
  )
}

function describe({ title, events, lanes }: SpaceTime): string {
  const size = `${events.length} steps by ${lanes.length} processes`
  return `space-time diagram of ${size}: ${shown(title, 200)}`
}

function gridOf(picture: SpaceTime): Grid {
  const { lanes, events, messages } = picture
  const widest = (some: readonly SpaceTimeEvent[]): number =>
    some.reduce((most, { label }) => Math.max(most, labelText(label).length * LETTER + 24), 0)
  const last = events.reduce((most, { row }) => Math.max(most, row), 0)
  const left = events.filter((event) => event.lane === 0 && sideOf(event, picture) === 'left')
  const right = events.filter((event) => event.lane === lanes.length - 1)
  const rows = new Set(right.map(({ row }) => row))
  const unseen = messages.filter(({ from, to }) => to === undefined && rows.has(from))
  const stubs = unseen.reduce(
    (most, { label }) => Math.max(most, labelText(label).length * SMALL_LETTER + 56),
    0,
  )
  const spacing = Math.min(WIDEST, Math.max(NARROWEST, widest(events) * 0.9))
  const first = MARGIN + Math.max(30, widest(left) - 18)
  return {
    lane: (lane) => first + lane * spacing,
    row: (row) => HEAD + row * ROW - ROW / 4,
    width: Math.ceil(first + (lanes.length - 1) * spacing + Math.max(70, widest(right), stubs)),
    height: HEAD + last * ROW + FOOT,
  }
}

function labelText(label: string): string {
  return shown(label, LONGEST_LABEL)
}

function laneLine(name: string, lane: number, { lane: x, height }: Grid): Markup {
  return element(
    'g',
    { class: 'lane' },
    element('text', { class: 'name middle', x: x(lane), y: 22 }, shown(name, 24)),
    element('line', { x1: x(lane), x2: x(lane), y1: 30, y2: height - 8 }),
  )
}

/** Where the name of a step does not stand in the way of what arrives there. */
function sideOf({ row, lane }: SpaceTimeEvent, { events, messages }: SpaceTime): 'left' | 'right' {
  const from = messages
    .filter(({ to }) => to === row)
    .map((message) => events.find((event) => event.row === message.from)?.lane ?? lane)
  const right = from.some((sender) => sender > lane)
  const left = from.some((sender) => sender < lane)
  return right && !left ? 'left' : 'right'
}

function dot(
  { row, lane, label, fault, details }: SpaceTimeEvent,
  side: 'left' | 'right',
  { lane: x, row: y }: Grid,
): Markup {
  const away = side === 'right' ? 10 : -10
  const place = { x: x(lane) + away, y: y(row) - 7 }
  return element(
    'g',
    { class: `event${fault ? ' fault' : ''}` },
    element(
      'title',
      {},
      [labelText(label), ...details.slice(0, 12)].map((each) => shown(each, 200)).join('\n'),
    ),
    element('text', { class: 'number end', x: 26, y: y(row) + 4 }, row),
    element('line', { class: 'guide', x1: 32, x2: x(lane), y1: y(row), y2: y(row) }),
    fault && element('circle', { class: 'ring', cx: x(lane), cy: y(row), r: RING }),
    element('circle', { class: 'dot', cx: x(lane), cy: y(row), r: DOT }),
    element('text', { class: `label${side === 'left' ? ' end' : ''}`, ...place }, labelText(label)),
  )
}

interface Ends {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

function endsOf(
  { from, to }: SpaceTimeMessage,
  { events }: SpaceTime,
  { lane: x, row: y }: Grid,
): Ends | undefined {
  const sender = events.find(({ row }) => row === from)
  if (sender === undefined) return undefined
  const receiver = to === undefined ? undefined : events.find(({ row }) => row === to)
  const x1 = x(sender.lane)
  const y1 = y(sender.row)
  if (receiver === undefined) return { x1, y1, x2: x1 + 30, y2: y1 + 20 }
  return { x1, y1, x2: x(receiver.lane), y2: y(receiver.row) }
}

function arrow(message: SpaceTimeMessage, picture: SpaceTime, grid: Grid): Markup | string {
  const ends = endsOf(message, picture, grid)
  if (ends === undefined) return ''
  const { x1, y1, x2, y2 } = ends
  if (message.to === undefined) {
    return element(
      'g',
      { class: 'message lost' },
      element('line', { x1, y1, x2, y2 }),
      element('circle', { cx: x2 + 2.2, cy: y2 + 1.5, r: 2.6 }),
    )
  }
  if (x1 === x2) return loopArrow(ends)
  const length = Math.hypot(x2 - x1, y2 - y1)
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const tip = { x: x2 - ux * (DOT + 1.5), y: y2 - uy * (DOT + 1.5) }
  const base = { x: tip.x - ux * (HEAD_LENGTH - 1), y: tip.y - uy * (HEAD_LENGTH - 1) }
  return element(
    'g',
    { class: 'message' },
    element('line', { x1: x1 + ux * DOT, y1: y1 + uy * DOT, x2: base.x, y2: base.y }),
    head(tip, [ux, uy]),
  )
}

function bowOf({ y1, y2 }: Ends): number {
  return Math.min(46, 18 + (y2 - y1) / 8)
}

/** To oneself: a bow beside the lane. */
function loopArrow({ x1, y1, x2, y2 }: Ends): Markup {
  const bow = bowOf({ x1, y1, x2, y2 })
  const points = [
    [x1 + bow, y1 + 14],
    [x2 + bow, y2 - 14],
    [x2 + DOT + 7, y2 - 3],
  ]
  const curve = points.map(([x = 0, y = 0]) => `${n(x)} ${n(y)}`).join(' ')
  const path = `M${n(x1)} ${n(y1)}C${curve}`
  return element(
    'g',
    { class: 'message' },
    element('path', { class: 'bow', d: path }),
    head({ x: x2 + DOT + 1.5, y: y2 - 1 }, [-0.94, 0.34]),
  )
}

function head(tip: { readonly x: number; readonly y: number }, [ux, uy]: [number, number]): Markup {
  const back = { x: tip.x - ux * HEAD_LENGTH, y: tip.y - uy * HEAD_LENGTH }
  const [wx, wy] = [-uy * 3.6, ux * 3.6]
  const points = [
    [tip.x, tip.y],
    [back.x + wx, back.y + wy],
    [back.x - wx, back.y - wy],
  ]
  return element('polygon', {
    class: 'head',
    points: points.map(([x = 0, y = 0]) => `${n(x)},${n(y)}`).join(' '),
  })
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** A message that goes to several is named once. Names are drawn last, over all lines. */
function messageLabels(picture: SpaceTime, grid: Grid): readonly Markup[] {
  const taken = picture.events.map((event) => eventBox(event, picture, grid))
  const named = new Set<string>()
  return picture.messages.flatMap((message) => {
    const ends = endsOf(message, picture, grid)
    const key = `${message.from} ${message.label}`
    if (ends === undefined || message.label === '' || named.has(key)) return []
    named.add(key)
    const text = shown(message.label, LONGEST_LABEL)
    const places = labelPlaces(message, ends, text.length * SMALL_LETTER + 6)
    const place = places.reduce((best, each) =>
      overlap(each, taken) < overlap(best, taken) ? each : best,
    )
    taken.push(place)
    const { x, y, width, height } = place
    return [
      element('rect', { class: 'behind', x, y, width, height, rx: 3 }),
      element(
        'text',
        { class: 'message-label middle', x: x + width / 2, y: y + height - 3.5 },
        text,
      ),
    ]
  })
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const SMALL_LETTER = 5.9
const LABEL_HEIGHT = 14

/** Where the name of a message may stand, the best place first. */
function labelPlaces({ to }: SpaceTimeMessage, ends: Ends, width: number): readonly Box[] {
  const { x1, y1, x2, y2 } = ends
  const at = (x: number, y: number): Box => ({ x, y: y - 7, width, height: LABEL_HEIGHT })
  if (to === undefined) return [at(x2 + 7, y2 + 1)]
  if (x1 === x2) return [0.5, 0.3, 0.7].map((part) => at(x1 + bowOf(ends), y1 + (y2 - y1) * part))
  return [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map((part) =>
    at(x1 + (x2 - x1) * part - width / 2, y1 + (y2 - y1) * part),
  )
}

function eventBox(event: SpaceTimeEvent, picture: SpaceTime, { lane: x, row: y }: Grid): Box {
  const width = labelText(event.label).length * LETTER + 16
  const left = sideOf(event, picture) === 'left' ? x(event.lane) - width : x(event.lane) - 6
  return { x: left, y: y(event.row) - 20, width, height: 26 }
}

function overlap(box: Box, others: readonly Box[]): number {
  return others.reduce((sum, other) => {
    const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x)
    const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y)
    return sum + Math.max(0, across) * Math.max(0, down)
  }, 0)
}

function wayBack(loop: number, { events }: SpaceTime, { row: y }: Grid): Markup {
  const last = events.reduce((most, { row }) => Math.max(most, row), 0)
  const [top, bottom] = [y(loop + 1), y(last)]
  if (loop >= last)
    return element('text', { class: 'for-ever', x: 32, y: bottom + 22 }, 'nothing more, for ever')
  const path = `M8 ${n(bottom)}H4V${n(top)}H6`
  return element(
    'g',
    { class: 'way-back' },
    element('path', { d: path }),
    head({ x: 13, y: top }, [1, 0]),
    element('text', { class: 'for-ever', x: 4, y: bottom + 18 }, 'for ever'),
  )
}
