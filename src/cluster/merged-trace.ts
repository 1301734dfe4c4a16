import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { TraceEvent, TraceHeader, TraceStep } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import type { LoggedHeader, LoggedStep } from './trace-log.ts'
import { livesOf, traceName } from './trace-log.ts'

/** Something that the recorder saw or did: a crash, a fault. */
export interface Mark {
  /** In microseconds since the origin. */
  readonly time: number
  readonly node?: string
  readonly event: TraceEvent
}

export interface MergedTrace {
  readonly header: TraceHeader
  /** In order of time; read once. */
  readonly steps: Iterable<TraceStep>
  /** Files of which the last line is cut. */
  readonly cut: readonly string[]
}

/**
 * The traces of all lives of all nodes as one. All processes read the same monotonic clock, so a
 * message is received after it was sent here too.
 *
 * @throws UserError for a line that is not one of a trace
 */
export function mergeTraces(
  directory: string,
  nodes: readonly string[],
  marks: readonly Mark[] = [],
): MergedTrace {
  const cut: string[] = []
  const sources = nodes.map((node) => linesOf(directory, node, cut))
  const header = sources.find((source) => source.header !== undefined)?.header
  if (header === undefined) {
    throw new UserError('there are no traces of these nodes here', {
      where: directory,
      hint: `the nodes are ${nodes.join(', ')}; synod run --trace-dir DIR writes them`,
    })
  }
  const { node: _node, life: _life, ...common } = header
  const all = [...sources.map(({ steps }) => steps), marksOf(marks)]
  return { header: common, steps: merged(all), cut }
}

type Placed = LoggedStep & { readonly life: number }
type Next = Placed | (Mark & { readonly life?: undefined })

function linesOf(
  directory: string,
  node: string,
  cut: string[],
): { header: LoggedHeader | undefined; steps: Generator<Next> } {
  const files = livesOf(directory, node).map((life) => {
    const name = traceName(node, life)
    const lines = readFileSync(join(directory, name), 'utf8').split('\n')
    // The last line ends with a newline, so what follows the last newline is a line that was cut.
    if (lines.pop() !== '') cut.push(name)
    return { life, name, lines }
  })
  const first = files.find(({ lines }) => lines.length > 0)
  const header =
    first === undefined ? undefined : (parsed(first.lines[0] ?? '', first.name, 1) as LoggedHeader)
  return { header, steps: stepsOf(files) }
}

function* stepsOf(
  files: readonly { life: number; name: string; lines: string[] }[],
): Generator<Next> {
  for (const { life, name, lines } of files) {
    for (let at = 1; at < lines.length; at++) {
      yield { ...(parsed(lines[at] ?? '', name, at + 1) as LoggedStep), life }
    }
  }
}

function* marksOf(marks: readonly Mark[]): Generator<Next> {
  yield* marks
}

function* merged(sources: readonly Generator<Next>[]): Generator<TraceStep> {
  const heads = sources.map((source) => source.next())
  const numbers = new Map<string, number>()
  for (let step = 0; ; step++) {
    let best = -1
    for (const [at, head] of heads.entries()) {
      const first = heads[best]
      if (head.done === true) continue
      if (first === undefined || first.done === true || head.value.time < first.value.time)
        best = at
    }
    const head = heads[best]
    if (head === undefined || head.done === true) return
    heads[best] = (sources[best] as Generator<Next>).next()
    yield numbered(head.value, step, numbers)
  }
}

/** The step with its number in the whole, and for a message that of the step that sent it. */
function numbered(next: Next, step: number, numbers: Map<string, number>): TraceStep {
  const { time, node, event } = next
  if (next.life === undefined) {
    return { step, time, ...(node === undefined ? {} : { node }), event, effects: [] }
  }
  const sends = next.effects.some(({ type }) => type === 'send')
  if (sends) numbers.set(`${next.node}.${next.life}.${next.step}`, step)
  const { sent: by } = next
  const sent =
    event.type === 'message' && by !== undefined
      ? numbers.get(`${event.from}.${by[0]}.${by[1]}`)
      : undefined
  return {
    step,
    time,
    node: next.node,
    event: sent === undefined || event.type !== 'message' ? event : { ...event, sent },
    effects: next.effects,
  }
}

function parsed(line: string, name: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new UserError('this line is not JSON', {
      where: `${name}:${number}`,
      hint: 'was the file changed by somebody else?',
      cause,
    })
  }
}
