import type { Change, SpaceTime, SpaceTimeMessage, Story } from '../core/story.ts'
import type { Step } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { readsOf } from './space-time-reads.ts'
import { laneNames, stepLanes } from './space-time-lanes.ts'
import { parameterLayout } from './story.ts'
import { valueText } from './value-text.ts'

/**
 * Who did what and which message went where, for models that name their `network`. A message is
 * sent by the step that puts it there. It is received by the step that takes it away; where
 * messages stay for ever, by each step that asked for it or has it as a parameter.
 */
export function spaceTimeOf(
  model: AnyModel,
  trace: readonly Step[],
  story: Story,
): SpaceTime | undefined {
  const network = model.network ?? []
  if (network.length === 0 || trace.length < 2) return undefined
  const lanes = stepLanes(model, trace)
  const names = laneNames(model, lanes)
  const faulty = story.faults.length > 0 && story.loop === undefined ? trace.length - 1 : -1
  return {
    title: story.claim,
    lanes: names,
    events: story.steps.slice(1).map(({ title, changes }, at) => ({
      row: at + 1,
      lane: Math.max(0, names.indexOf(lanes[at + 1] ?? '')),
      label: withoutActor(title, lanes[at + 1] ?? ''),
      fault: at + 1 === faulty,
      details: changes.map(detailText),
    })),
    messages: messagesOf(model, network, trace, story, lanes),
    ...(story.loop === undefined ? {} : { loop: story.loop }),
  }
}

/** On the lane of `rm0`, `prepare(rm0, 1)` is `prepare(1)`. */
function withoutActor(title: string, lane: string): string {
  return title.replace(`(${lane})`, '').replace(`(${lane}, `, '(')
}

/** In a picture there is no room for the names of fields. */
function briefText(label: string): string {
  return label.replace(/(?<=[({] ?|, )[A-Za-z_]\w*: /g, '')
}

function detailText({ place, before, after }: Change): string {
  if (before === undefined) return `${place}: + ${after ?? ''}`
  return after === undefined ? `${place}: - ${before}` : `${place}: ${before} -> ${after}`
}

interface Sent {
  readonly label: string
  readonly place: string
  readonly row: number
  readonly readers: Set<string>
  readonly messages: SpaceTimeMessage[]
  taken: boolean
}

function messagesOf(
  model: AnyModel,
  network: readonly string[],
  trace: readonly Step[],
  { steps }: Story,
  lanes: readonly string[],
): readonly SpaceTimeMessage[] {
  const sent: Sent[] = []
  const receive = (one: Sent, row: number): void => {
    const reader = lanes[row] ?? ''
    if (one.readers.has(reader)) return
    one.readers.add(reader)
    one.messages.push({ label: briefText(one.label), from: one.row, to: row })
  }
  for (const [row, { changes }] of steps.entries()) {
    if (row === 0) continue
    const moves = changes.filter(({ place }) => isWithin(place, network)).map(moveOf)
    for (const { place, taken } of moves) {
      if (taken === undefined) continue
      const one = sent.find(
        (known) => !known.taken && known.place === place && known.label === taken,
      )
      if (one === undefined) continue
      one.taken = true
      receive(one, row)
    }
    for (const read of readTexts(model, network, trace, row))
      for (const one of sent) if (!one.taken && one.label === read) receive(one, row)
    for (const { place, put } of moves)
      if (put !== undefined)
        sent.push({ label: put, place, row, readers: new Set(), messages: [], taken: false })
  }
  return sent.flatMap(({ label, row, messages }) =>
    messages.length > 0 ? messages : [{ label: briefText(label), from: row }],
  )
}

function isWithin(place: string, network: readonly string[]): boolean {
  return network.some(
    (name) => place === name || (/^[.[]/.test(place.slice(name.length)) && place.startsWith(name)),
  )
}

/** A link that holds one message at most is filled and emptied. */
function moveOf({ place, before, after }: Change): { place: string; taken?: string; put?: string } {
  const something = (text: string | undefined): text is string =>
    text !== undefined && text !== 'null'
  return {
    place,
    ...(something(before) ? { taken: before } : {}),
    ...(something(after) ? { put: after } : {}),
  }
}

/** What a step asked the network for and found there, and messages among its parameters. */
function readTexts(
  model: AnyModel,
  network: readonly string[],
  trace: readonly Step[],
  row: number,
): ReadonlySet<string> {
  const step = trace[row]
  const before = trace[row - 1]
  if (step === undefined || before === undefined) return new Set()
  const parameters = step.parameters
    .map((value, at) => ({ value, layout: parameterLayout(model, step, at) }))
    .filter(({ value }) => typeof value === 'object' && value !== null)
    .map(({ value, layout }) => valueText(layout, value))
  return new Set([...parameters, ...readsOf(model, network, before.state, step)])
}
