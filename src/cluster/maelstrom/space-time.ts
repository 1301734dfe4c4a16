import { canonical } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import type { SpaceTime, SpaceTimeEvent, SpaceTimeMessage } from '../../core/story.ts'
import type { Passage } from './journal.ts'
import type { Body } from './message.ts'
import { isObject } from './message.ts'

export interface PictureOptions {
  readonly title: string
  readonly nodes: readonly string[]
  /** Spans that are to be seen, in microseconds since the start; none: the beginning. */
  readonly spans: readonly { readonly from: number; readonly to: number }[]
  /** Of the clients only these; none: all. */
  readonly clients: readonly string[]
  /** Of what nodes and services say only what is about this key, if anything is. */
  readonly key?: Json
  /** The client whose last answer is at fault. */
  readonly culprit?: string
  /** Default: 120. */
  readonly mostRows?: number
}

interface Moment {
  readonly time: number
  readonly lane: string
  readonly passage: Passage
  readonly arrival: boolean
}

/**
 * Which message went from whom to whom, as a space-time diagram. Of a long run the parts around the
 * given spans are drawn, the latest first where they do not all fit.
 */
export function messagesPicture(passages: readonly Passage[], options: PictureOptions): SpaceTime {
  const { title, nodes, spans, culprit, mostRows = 120 } = options
  const chosen = choose(momentsOf(relevant(passages, options)), spans, mostRows)
  const lanes = lanesOf(chosen, nodes)
  const rows = new Map<Passage, { sent?: number; arrived?: number }>()
  const events: SpaceTimeEvent[] = chosen.map(({ time, lane, passage, arrival }, row) => {
    const ends = rows.get(passage) ?? {}
    rows.set(passage, { ...ends, [arrival ? 'arrived' : 'sent']: row })
    const details = [`${(time / 1000).toFixed(1)} ms`, JSON.stringify(passage.body)]
    if (passage.lost !== undefined && !arrival) details.push(passage.lost)
    // What arrives is named by its arrow, unless the sending is not in the picture.
    const label = arrival && ends.sent !== undefined ? '' : arrival ? labelOf(passage.body) : ''
    return { row, lane: lanes.indexOf(lane), label, fault: false, details }
  })
  const messages: SpaceTimeMessage[] = [...rows].flatMap(([passage, { sent, arrived }]) => {
    if (sent === undefined) return []
    const label = labelOf(passage.body)
    const why = passage.lost === undefined ? '' : ` (${passage.lost})`
    return [
      {
        label: `${label}${why}`,
        from: sent,
        ...(arrived === undefined ? { towards: lanes.indexOf(passage.to) } : { to: arrived }),
      },
    ]
  })
  return { title, lanes, events: marked(events, chosen, culprit), messages }
}

function relevant(
  passages: readonly Passage[],
  { clients, key }: PictureOptions,
): readonly Passage[] {
  const isStranger = (name: string): boolean => isClient(name) && !clients.includes(name)
  const known =
    clients.length === 0
      ? passages
      : passages.filter(({ from, to }) => !isStranger(from) && !isStranger(to))
  if (key === undefined) return known
  const texts = [JSON.stringify({ key }), JSON.stringify({ key: canonical(key) })]
  const asks = texts.map((text) => text.slice(1, -1))
  const isAbout = ({ from, to, body }: Passage): boolean => {
    if (isClient(from) || isClient(to)) return true
    const text = JSON.stringify(body)
    return asks.some((ask) => text.includes(`${ask},`) || text.includes(`${ask}}`))
  }
  const about = known.filter(isAbout)
  const amongServers = about.some(({ from, to }) => !isClient(from) && !isClient(to))
  return amongServers ? about : known
}

function isClient(name: string): boolean {
  return /^c\d+$/.test(name)
}

function momentsOf(passages: readonly Passage[]): readonly Moment[] {
  const moments = passages.flatMap((passage): Moment[] => [
    { time: passage.sent, lane: passage.from, passage, arrival: false },
    ...(passage.arrived === undefined
      ? []
      : [{ time: passage.arrived, lane: passage.to, passage, arrival: true }]),
  ])
  // Sorting is stable, so of one moment the sending stays before the arrival.
  return moments.sort((a, b) => a.time - b.time)
}

function choose(
  moments: readonly Moment[],
  spans: PictureOptions['spans'],
  most: number,
): readonly Moment[] {
  if (spans.length === 0) return moments.slice(0, most)
  const near = moments.filter(({ time }) =>
    spans.some(({ from, to }) => from <= time && time <= to),
  )
  return near.slice(-most)
}

/** Clients on the left, then nodes in their order, then services. */
function lanesOf(moments: readonly Moment[], nodes: readonly string[]): readonly string[] {
  const seen = new Set(moments.flatMap(({ passage: { from, to } }) => [from, to]))
  const others = [...seen].filter((name) => !nodes.includes(name))
  const clients = others.filter(isClient)
  const services = others.filter((name) => !clients.includes(name))
  const order = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1))
  return [...clients.sort(order), ...nodes, ...services.sort()]
}

function marked(
  events: readonly SpaceTimeEvent[],
  moments: readonly Moment[],
  culprit: string | undefined,
): readonly SpaceTimeEvent[] {
  if (culprit === undefined) return events
  const last = moments.findLastIndex(({ lane, arrival }) => lane === culprit && arrival)
  return events.map((event, at) => (at === last ? { ...event, fault: true } : event))
}

/** A message in a few words: `read_ok 5`, `broadcast 12`. */
export function labelOf(body: Body): string {
  const { type, msg_id: _, in_reply_to: __, sent: ___, ...rest } = inner(body)
  const name = typeof type === 'string' ? type : 'message'
  const values = Object.values(rest).map((value) => JSON.stringify(value))
  return [name, ...values.map((text) => (text.length > 24 ? `${text.slice(0, 24)}…` : text))].join(
    ' ',
  )
}

/** What our own nodes say to each other is wrapped, and once more where keys have instances. */
function inner(body: Body): Body {
  const message = body['message']
  const wrapped = body.type === 'm' || (body.type === undefined && 'key' in body)
  return wrapped && isObject(message) ? inner(message) : body
}
