import type { Variables } from '../../state/index.ts'
import type { Open } from '../model-steps.ts'
import { valueText } from '../value-text.ts'
import type { Named } from './steps.ts'
import { forEachChoice } from './steps.ts'

interface Failed {
  /** The part of the guard that is false, as it is written; all of it where that is not clear. */
  readonly clause: string
  readonly reads: readonly { readonly variable: string; readonly value: string }[]
}

/**
 * Which clause of a guard is false. What a guard looks at is told by the state while it is asked:
 * `&&` stops at the first clause that is false, so clauses whose variables were never looked at
 * come after it.
 */
export function clauseThatFailed(action: Named, state: Open, variables: Variables): Failed {
  const { when } = action.step
  if (when === undefined) return { clause: 'it is always enabled', reads: [] }
  const looked: string[] = []
  const telling = new Proxy(state, {
    get: (target, name) => {
      if (typeof name === 'string' && !looked.includes(name)) looked.push(name)
      return Reflect.get(target, name) as unknown
    },
  })
  let asked = false as boolean
  forEachChoice(action, state, (chosen) => {
    if (asked) return
    asked = true
    when(telling, ...chosen)
  })
  if (!asked) return { clause: 'there is nothing that it could be done with', reads: [] }
  const reads = looked
    .filter((name) => variables[name] !== undefined)
    .map((variable) => ({ variable, value: textOf(variables, state, variable) }))
  return { clause: clauseOf(Function.prototype.toString.call(when), looked), reads }
}

/** Longer values say less than their names. */
const MOST_TEXT = 200

function textOf(variables: Variables, state: Open, variable: string): string {
  const layout = variables[variable]
  const value = (state as Readonly<Record<string, unknown>>)[variable]
  const text = layout === undefined ? '' : valueText(layout, plain(value))
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}...` : text
}

function plain(value: unknown): unknown {
  const place = value as { value?: unknown } | null
  return typeof place === 'object' && place !== null && typeof place.value === 'function'
    ? (place.value as () => unknown).call(place)
    : value
}

/**
 * The clause that is false, of a guard that is one condition after the other; where two of them
 * look at the same, both.
 */
function clauseOf(source: string, looked: readonly string[]): string {
  const body = bodyOf(source)
  if (body === undefined) return oneLine(source)
  const clauses = topLevel(body)
  const state = /^\s*(?:function\s*\w*\s*)?\(?\s*([\w$]+)/.exec(source)?.[1] ?? 's'
  const namesIn = clauses.map((clause) =>
    [...clause.matchAll(new RegExp(`\\b${state}\\.([\\w$]+)`, 'g'))].map(([, name]) => name ?? ''),
  )
  const calls = clauses.map((clause) => new RegExp(`[\\w$]\\(\\s*${state}\\s*[,)]`).test(clause))
  // A clause of which nothing was looked at was not asked any more.
  const unasked = namesIn.findIndex(
    (names, at) => names.length > 0 && !calls[at] && names.every((name) => !looked.includes(name)),
  )
  const asked = clauses.slice(0, unasked < 0 ? clauses.length : Math.max(unasked, 1))
  // What no clause mentions was looked at by the functions that one of them calls, and what no
  // clause before mentions by the clause that does, if none before calls functions.
  const mentioned = new Set(namesIn.flat())
  const firstCall = calls.indexOf(true)
  let first = 0
  if (firstCall > 0 && looked.some((name) => !mentioned.has(name))) first = firstCall
  const before = new Set<string>()
  for (const at of asked.keys()) {
    if (firstCall >= 0 && firstCall < at) break
    const names = namesIn[at] ?? []
    if (names.some((name) => !before.has(name))) first = Math.max(first, at)
    for (const name of names) before.add(name)
  }
  return oneLine(asked.slice(Math.min(first, asked.length - 1)).join(' && '))
}

/** The expression of an arrow function without statements. */
function bodyOf(source: string): string | undefined {
  const at = source.indexOf('=>')
  if (at < 0) return undefined
  const body = source.slice(at + 2).trim()
  return body.startsWith('{') ? undefined : body
}

/** The parts between `&&` that are not inside of anything. */
function topLevel(body: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < body.length; at++) {
    const one = body[at] ?? ''
    if ('([{'.includes(one)) depth++
    else if (')]}'.includes(one)) depth--
    else if (depth === 0 && (body.startsWith('||', at) || isChoice(body, at))) return [body.trim()]
    else if (depth === 0 && body.startsWith('&&', at)) {
      parts.push(body.slice(from, at).trim())
      from = at + 2
    }
  }
  return [...parts, body.slice(from).trim()]
}

/** `?`, but not `?.` or `??`. */
function isChoice(body: string, at: number): boolean {
  return body[at] === '?' && !'?.'.includes(body[at + 1] ?? '') && body[at - 1] !== '?'
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
