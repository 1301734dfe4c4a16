import type { Chance } from './run.ts'
import type { Deviation } from './schedule.ts'

/** What a deviation was about: when it was, and what was sent or set. */
export interface Anchor {
  readonly deviation: Deviation
  readonly time: number
  readonly what: string
}

/** Where deviations took hold in a run; those that never did are left out. */
export function anchorsOf(
  deviations: readonly Deviation[],
  chances: readonly Chance[],
): ReadonlyMap<Deviation, Anchor> {
  const places = new Map(chances.map((chance) => [placeOf(streamOf(chance), chance.nth), chance]))
  const anchors = new Map<Deviation, Anchor>()
  for (const deviation of deviations) {
    const chance = places.get(placeOf(streamAbout(deviation), deviation.nth))
    if (chance === undefined) continue
    anchors.set(deviation, { deviation, time: chance.time, what: whatOf(chance) })
  }
  return anchors
}

/**
 * The same deviations for a run in which other things come before them. A deviation is named by
 * its number among the messages of its link, and without some operation that number is another
 * one: here it becomes that of the most similar message that is nearest in time.
 */
export function anchored(
  deviations: readonly Deviation[],
  anchors: ReadonlyMap<Deviation, Anchor>,
  chances: readonly Chance[],
): readonly Deviation[] {
  const streams = new Map<string, Place[]>()
  for (const chance of chances) {
    const stream = streamOf(chance)
    const place = { nth: chance.nth, time: chance.time, what: whatOf(chance) }
    const list = streams.get(stream)
    if (list === undefined) streams.set(stream, [place])
    else list.push(place)
  }
  // What is late may be doubled too: each kind of deviation takes places of its own.
  const taken = new Map<string, Set<Place>>()
  return deviations.map((deviation) => {
    const anchor = anchors.get(deviation)
    if (anchor === undefined) return deviation
    const stream = streamAbout(deviation)
    const name = `${deviation.type} ${stream}`
    const gone = taken.get(name) ?? new Set()
    taken.set(name, gone)
    const near = nearestTo(anchor, streams.get(stream) ?? [], gone)
    if (near === undefined) return deviation
    gone.add(near)
    return near.nth === deviation.nth ? deviation : { ...deviation, nth: near.nth }
  })
}

interface Place {
  readonly nth: number
  readonly time: number
  readonly what: string
}

function nearestTo(
  { time, what }: Anchor,
  places: readonly Place[],
  taken: ReadonlySet<Place>,
): Place | undefined {
  let best: Place | undefined
  let least = Infinity
  for (const place of places) {
    const distance = Math.abs(place.time - time) + (place.what === what ? 0 : UNLIKE_US)
    if (distance >= least || taken.has(place)) continue
    best = place
    least = distance
  }
  return best
}

/** Another kind of message counts as so far away. */
const UNLIKE_US = 1_000_000

function whatOf(chance: Chance): string {
  if (chance.type === 'timer') return chance.timer
  if (chance.type !== 'message') return ''
  const { message } = chance
  const type = typeof message === 'object' && message !== null && 'type' in message
  // Clients never write a value twice, so values tell messages apart; small numbers count.
  const values = JSON.stringify(message).match(/\d{5,}/g) ?? []
  return [type ? String(message.type) : '', ...values].join(' ')
}

function streamOf(chance: Chance): string {
  return chance.type === 'message'
    ? `message ${chance.from} ${chance.to}`
    : `${chance.type} ${chance.node}`
}

function streamAbout(deviation: Deviation): string {
  if ('from' in deviation) return `message ${deviation.from} ${deviation.to}`
  const { type, node } = deviation
  return `${type === 'kept' || type === 'damaged' ? 'crash' : type} ${node}`
}

function placeOf(stream: string, nth: number): string {
  return `${stream} ${nth}`
}
