import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Window } from '../core/timeline.ts'
import type { Fault } from '../history/history.ts'

/** Which event of the fault injector ends what which other event began. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  sigcont: ['sigstop'],
  resume: ['pause', 'sigstop'],
  continue: ['pause', 'sigstop'],
  restart: ['sigkill', 'kill', 'crash', 'stop'],
  start: ['sigkill', 'kill', 'crash', 'stop', 'start'],
  heal: ['partition', 'isolate', 'cut'],
}

/** Further names by their form: `stop-partition` ends `start-partition`. */
const FORM = /^(start|begin|stop|end|heal)-(.+)$/

const BEGINS = new Set(Object.values(ENDS).flat())
const WORDS: Readonly<Record<string, string>> = {
  sigstop: 'paused',
  sigkill: 'killed',
}

/**
 * Events of the fault injector as windows: a fault that begins and is ended later, or never. What
 * is not known to be either becomes a window of no length.
 */
export function faultWindows(
  faults: readonly Fault[],
  positionOf: (fault: Fault) => number,
): Window[] {
  const windows: { label: string; from: number; to: number }[] = []
  const open: { f: string; target: string | undefined; window: { to: number } }[] = []
  for (const fault of faults) {
    const at = positionOf(fault)
    const ended = ENDS[fault.f] ?? formEnds(fault.f)
    const target = targetOf(fault.value)
    const matching = open.filter(
      (one) =>
        ended.includes(one.f) &&
        (target === undefined || one.target === undefined || one.target === target),
    )
    for (const one of matching) {
      one.window.to = at
      open.splice(open.indexOf(one), 1)
    }
    if (matching.length > 0) continue
    const begins = BEGINS.has(fault.f) || /^(start|begin)-/.test(fault.f)
    const window = { label: labelOf(fault), from: at, to: begins ? Infinity : at }
    windows.push(window)
    if (begins) open.push({ f: fault.f, target, window })
  }
  return windows
}

function formEnds(f: string): readonly string[] {
  const [, word = '', rest = ''] = FORM.exec(f) ?? []
  return word === 'stop' || word === 'end' || word === 'heal'
    ? [`start-${rest}`, `begin-${rest}`]
    : []
}

/**
 * Whom a fault hits: the first word of a text, so that `n2` ends `n2 (leader)`; `undefined` is
 * everybody.
 */
function targetOf(value: Json): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return value.split(/[\s(]/, 1)[0]
  return canonical(value)
}

function labelOf({ f, value }: Fault): string {
  const word = WORDS[f]
  const whom = wordsOf(value)
  if (whom === '') return f
  return word === undefined ? `${f}: ${whom}` : `${whom} ${word}`
}

/** `{"isolated":"n1"}` as people say it: `isolated n1`. */
function wordsOf(value: Json): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(wordsOf).join(', ')
  return Object.entries(value as Readonly<Record<string, Json>>)
    .map(([name, part]) => (part === null ? name : `${name} ${wordsOf(part)}`))
    .join(', ')
}
