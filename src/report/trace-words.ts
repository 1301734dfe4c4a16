import type { Effect, TraceEvent, TracedRequest } from '../core/trace.ts'
import { shown } from './visible.ts'

const LONGEST_VALUE = 44

/** What happened at a node, in few words: `write 10001 for c1`, `vote(3, true) from n2`. */
export function eventText(event: TraceEvent): string {
  switch (event.type) {
    case 'boot': {
      const { values, logs } = event.disk
      const empty = Object.keys(values).length === 0 && Object.keys(logs).length === 0
      return empty ? 'starts' : 'starts again'
    }
    case 'request':
      return `${askedText(event.request)} for ${event.request.client}`
    case 'message':
      return `${messageText(event.message)} from ${event.from}`
    case 'timer':
      return `timer ${event.timer}`
    case 'durable':
      return `write ${event.ticket} is durable`
    case 'crash':
      return 'crashes'
    case 'fault':
      return event.label
  }
}

/** What a client asks for: `read`, `write x 3`, `cas x [1,2]`. */
export function askedText({ f, key, value }: Pick<TracedRequest, 'f' | 'key' | 'value'>): string {
  const words = [
    f,
    ...[key, value].filter((each) => each !== undefined && each !== null).map(brief),
  ]
  return words.join(' ')
}

/**
 * A message in few words: its type, and what else is in it without the names of the parts:
 * `vote(3, true)`.
 */
export function messageText(message: unknown): string {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return brief(message)
  }
  const { type, ...parts } = message as Readonly<Record<string, unknown>>
  const values = Object.values(parts).filter((each) => each !== undefined)
  const inside = values.map(brief).join(', ')
  const name = typeof type === 'string' ? type : 'message'
  return shown(inside === '' ? name : `${name}(${inside})`, LONGEST_VALUE)
}

/** What a handler answered its clients with, in few words each. */
export function answerTexts(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.type === 'reply') return [`answers ${brief(effect.result)}`]
    return effect.type === 'fail' ? [`refuses: ${effect.error}`] : []
  })
}

/** An effect on a line of its own. */
export function effectText(effect: Effect): string {
  const after = 'after' in effect ? ` after write ${effect.after}` : ''
  switch (effect.type) {
    case 'send':
      return `sends ${messageText(effect.message)} to ${effect.to}${after}`
    case 'reply':
      return `answers ${effect.request}: ${brief(effect.result)}${after}`
    case 'fail':
      return `refuses ${effect.request}: ${effect.error}`
    case 'set-timer':
      return `sets timer ${effect.timer} to ${[effect.ms].flat().join(' to ')} ms`
    case 'cancel-timer':
      return `cancels timer ${effect.timer}`
    case 'write':
      return `write ${effect.ticket}: ${writeText(effect.write)}`
    case 'pick':
      return `picks ${effect.index + 1} of ${effect.options}`
    case 'now':
      return `its clock shows ${effect.ms} ms`
    case 'note':
      return `note: ${effect.label}${effect.data === undefined ? '' : ` ${brief(effect.data)}`}`
  }
}

function writeText(write: Extract<Effect, { type: 'write' }>['write']): string {
  switch (write.type) {
    case 'put':
      return `${write.key} = ${brief(write.value)}`
    case 'append':
      return `${write.log} + ${brief(write.record)}`
    case 'truncate':
      return `${write.log} from ${write.from} on is taken away`
    case 'compact':
      return `${write.log} before ${write.before} is taken away`
  }
}

/** A value as JSON without the quotes of its names, cut where it is long. */
export function brief(value: unknown): string {
  if (typeof value === 'string') return shown(value, LONGEST_VALUE)
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return shown(text.replace(/"([A-Za-z_]\w*)":/g, '$1:'), LONGEST_VALUE)
}
