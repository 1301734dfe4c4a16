import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { SpaceTime, SpaceTimeEvent, SpaceTimeMessage } from '../core/story.ts'
import type { TraceHeader, TraceStep } from '../core/trace.ts'
import { answerTexts, effectText, eventText, messageText } from './trace-words.ts'

export interface TracePicture {
  readonly title: string
  /** The step after which the claim is false. Default: none. */
  readonly fault?: number
  /** At most so many steps are drawn, those before the fault or the end. Default: 150. */
  readonly most?: number
}

const MOST = 150
/** The lane of what befalls several nodes. */
const EVERYBODY = 'faults'

/**
 * Who did what and which message went where, as a trace tells it. Steps that changed nothing and
 * said nothing are left out, and so are those long before the end.
 */
export function traceSpaceTime(
  { nodes }: Pick<TraceHeader, 'nodes'>,
  steps: readonly TraceStep[],
  { title, fault, most = MOST }: TracePicture,
): SpaceTime {
  const until =
    fault === undefined ? steps.length : steps.findIndex(({ step }) => step === fault) + 1
  const seen = until === 0 ? steps : steps.slice(0, until)
  const drawn = worthDrawing(seen, fault).slice(-most)
  const lanes = drawn.some(({ node }) => node === undefined) ? [...nodes, EVERYBODY] : nodes
  const rows = new Map(drawn.map(({ step }, row) => [step, row + 1]))
  return {
    title,
    lanes,
    events: drawn.map((step, row) => eventOf(step, row + 1, lanes, step.step === fault)),
    messages: messagesOf(seen, rows, lanes),
  }
}

/** Handlers that did something, requests, starts, crashes and faults. */
function worthDrawing(
  steps: readonly TraceStep[],
  fault: number | undefined,
): readonly TraceStep[] {
  const views = new Map<string, string>()
  return steps.filter(({ step, node, event, effects, view }) => {
    const before = node === undefined ? undefined : views.get(node)
    const after = view === undefined ? undefined : canonical(view as Json)
    if (node !== undefined && after !== undefined) views.set(node, after)
    if (step === fault || (event.type !== 'message' && event.type !== 'timer')) {
      return event.type !== 'durable' || effects.some(isSaid) || before !== after
    }
    return before !== after || effects.some(isSaid)
  })
}

function isSaid({ type }: TraceStep['effects'][number]): boolean {
  return type === 'send' || type === 'reply' || type === 'fail' || type === 'write'
}

function eventOf(
  { node, event, effects, view, time }: TraceStep,
  row: number,
  lanes: readonly string[],
  fault: boolean,
): SpaceTimeEvent {
  const told = event.type === 'message' ? messageText(event.message) : eventText(event)
  return {
    row,
    lane: Math.max(0, lanes.indexOf(node ?? EVERYBODY)),
    label: [told, ...answerTexts(effects)].join(', '),
    fault,
    details: [
      `at ${(time / 1000).toFixed(3)} ms`,
      ...effects.map(effectText),
      ...(view === undefined ? [] : [`then ${JSON.stringify(view)}`]),
    ],
  }
}

interface Sent {
  readonly step: number
  readonly to: string
  readonly text: string
  readonly label: string
  taken: boolean
}

/** Arrows between steps that are drawn, and stubs for messages that nobody ever took. */
function messagesOf(
  steps: readonly TraceStep[],
  rows: ReadonlyMap<number, number>,
  lanes: readonly string[],
): readonly SpaceTimeMessage[] {
  const sent = new Map<string, Sent[]>()
  const arrows: SpaceTimeMessage[] = []
  for (const { step, node, event, effects } of steps) {
    if (node === undefined) continue
    if (event.type === 'message') {
      const one = sentBy(sent.get(`${event.from} ${node}`) ?? [], event)
      const [from, to] = [one === undefined ? undefined : rows.get(one.step), rows.get(step)]
      if (one !== undefined) one.taken = true
      if (one !== undefined && from !== undefined && to !== undefined) {
        arrows.push({ label: '', from, to })
      }
    }
    for (const effect of effects) {
      if (effect.type !== 'send') continue
      const { to, message } = effect
      const link = `${node} ${to}`
      const list = sent.get(link) ?? []
      sent.set(link, list)
      const text = canonical(message as Json)
      list.push({ step, to, text, label: messageText(message), taken: false })
    }
  }
  const lost = [...sent.values()].flat().filter(({ taken }) => !taken)
  const stubs = lost.flatMap(({ step, to, label }) => {
    const from = rows.get(step)
    return from === undefined ? [] : [{ label, from, towards: lanes.indexOf(to) }]
  })
  return [...arrows, ...stubs]
}

/** The message that arrived: by the step that sent it, else the first one that is the same. */
function sentBy(
  list: readonly Sent[],
  event: Extract<TraceStep['event'], { type: 'message' }>,
): Sent | undefined {
  const text = canonical(event.message as Json)
  const same = list.filter((one) => one.text === text)
  if (event.sent !== undefined) return same.find(({ step }) => step === event.sent)
  // A copy of one that has arrived already comes from the same step.
  return same.find(({ taken }) => !taken) ?? same.at(-1)
}
