import type { HistoryEvent } from '../history/event.ts'
import { NEMESIS } from '../history/pair-events.ts'
import { askedText, brief, messageText } from '../report/trace-words.ts'
import type { Chance, Deviation, Run, Schedule, ScheduledOperation } from '../simulate/index.ts'
import { faultText } from '../simulate/index.ts'

/** One line of the story of a run: what was asked, what went wrong, or what chance did. */
export interface StoryLine {
  /** Since the start, in microseconds. */
  readonly time: number
  readonly kind: 'operation' | 'fault' | 'chance'
  /** Who acts or is hit: `c1`, `n2`, `n1 to n3`. */
  readonly who: string
  readonly text: string
}

/**
 * The story of a run by a schedule: its operations with their outcomes, its faults, and where
 * chance was not as it is by default. Everything else follows from these lines.
 */
export function runStory(schedule: Schedule, run: Pick<Run, 'history' | 'chances'>): StoryLine[] {
  const lines = [
    ...operationLines(schedule.operations, run.history),
    ...schedule.faults.map((fault): StoryLine => {
      const ends = fault.until === undefined ? '' : `, until ${timeText(fault.until * 1000)}`
      const who = 'node' in fault ? fault.node : fault.from.join(', ')
      return { time: fault.at * 1000, kind: 'fault', who, text: `${faultText(fault)}${ends}` }
    }),
    ...schedule.deviations.map((deviation) => chanceLine(deviation, run.chances)),
  ]
  // Array.prototype.sort keeps the order of what happens at the same time.
  return lines.sort((a, b) => a.time - b.time)
}

/** Each operation of a schedule with what its client saw of it, which is in the same order. */
function operationLines(
  operations: readonly ScheduledOperation[],
  history: readonly HistoryEvent[],
): StoryLine[] {
  const calls = callsByClient(history)
  return operations.map(({ at, client, node, asked }) => {
    const name = `c${client + 1}`
    const call = calls.get(name)?.shift()
    const words = `asks ${node}: ${askedText(asked)}`
    if (call === undefined) {
      return { time: at * 1000, kind: 'operation', who: name, text: `${words}, too late` }
    }
    const time = (call.invoked.time ?? 0) / 1000
    return { time, kind: 'operation', who: name, text: `${words} ${outcomeText(call)}` }
  })
}

interface SeenCall {
  readonly invoked: HistoryEvent
  completed?: HistoryEvent
}

/** `c1` and `c1 (2)` are the same client, which went on after an unknown outcome. */
function callsByClient(history: readonly HistoryEvent[]): Map<string, SeenCall[]> {
  const calls = new Map<string, SeenCall[]>()
  const open = new Map<string, SeenCall>()
  for (const event of history) {
    if (event.process === NEMESIS) continue
    const process = String(event.process)
    if (event.type !== 'invoke') {
      const call = open.get(process)
      if (call !== undefined) call.completed = event
      continue
    }
    const call: SeenCall = { invoked: event }
    open.set(process, call)
    const client = process.replace(/ \(\d+\)$/, '')
    const list = calls.get(client)
    if (list === undefined) calls.set(client, [call])
    else list.push(call)
  }
  return calls
}

function outcomeText({ completed }: SeenCall): string {
  if (completed === undefined) return '-> no answer'
  const { type, value = null } = completed
  const when = ` at ${timeText((completed.time ?? 0) / 1000)}`
  if (type === 'fail') return `-> refused${when}`
  if (type === 'info') return `-> unknown${when}`
  return value === null && completed.f !== 'read' ? `-> ok${when}` : `-> ${brief(value)}${when}`
}

function chanceLine(deviation: Deviation, chances: readonly Chance[]): StoryLine {
  const found = chances.find((chance) => isAbout(deviation, chance))
  const time = found?.time ?? Infinity
  const who = 'node' in deviation ? deviation.node : `${deviation.from} to ${deviation.to}`
  const text =
    found === undefined ? `${deviation.type}: it did not come to that` : told(deviation, found)
  return { time, kind: 'chance', who, text }
}

function isAbout(deviation: Deviation, chance: Chance): boolean {
  if (deviation.nth !== chance.nth) return false
  if ('from' in deviation) {
    return chance.type === 'message' && chance.from === deviation.from && chance.to === deviation.to
  }
  const type = deviation.type === 'kept' || deviation.type === 'damaged' ? 'crash' : deviation.type
  return chance.type === type && chance.node === deviation.node
}

function told(deviation: Deviation, chance: Chance): string {
  const what = chance.type === 'message' ? contentText(chance) : ''
  switch (deviation.type) {
    case 'delay':
      return `${what} takes ${timeText(deviation.us)}`
    case 'doubled':
      return `${what} comes twice, again after ${timeText(deviation.us)}`
    case 'lost':
      return `${what} is lost`
    case 'timer': {
      const timer = chance.type === 'timer' ? chance.timer : ''
      return `sets its timer ${timer} to ${timeText(deviation.us)}`
    }
    case 'pick':
      return `picks option ${deviation.index + 1}${ofHowMany(chance)}`
    case 'disk':
      return `its disk takes ${timeText(deviation.us)}`
    case 'kept':
      return `of what its disk was about to write, ${deviation.count} is kept`
    case 'damaged':
      return `what is damaged is ${deviation.index} before the last`
  }
}

function ofHowMany(chance: Chance): string {
  return chance.type === 'pick' ? ` of ${chance.options}` : ''
}

/** A message between nodes; requests and answers of clients travel too. */
function contentText({ from, to, message }: Extract<Chance, { type: 'message' }>): string {
  if (from.startsWith('c')) return 'its request'
  return to.startsWith('c') ? 'its answer' : messageText(message)
}

/** `12.3 ms`, `1.5 s`. */
export function timeText(us: number): string {
  const ms = us / 1000
  return ms < 10_000 ? `${Number(ms.toFixed(2))} ms` : `${Number((ms / 1000).toFixed(3))} s`
}
