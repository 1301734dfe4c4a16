import { canonical, sameJson } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'

/** Calls without argument or answer. */
const SILENT = new Set(['acquire', 'release', 'lock', 'unlock'])

/** Operations for which `true` says no more than that they were done. */
const CHANGES = new Set([
  ...SILENT,
  ...['write', 'cas', 'add', 'remove', 'put', 'append', 'enqueue', 'push', 'insert'],
])

/**
 * The operations whose answers are only acknowledgements here: nothing or the argument again, each
 * time. Their answers are not worth drawing.
 */
export function acknowledgements(operations: readonly Operation[]): ReadonlySet<string> {
  const talkative = new Set<string>()
  const all = new Set<string>()
  for (const { f, value, result } of operations) {
    all.add(f)
    if (result === undefined || result === null || talkative.has(f)) continue
    if (typeof result !== 'boolean' && !sameJson(value, result)) talkative.add(f)
  }
  return new Set([...all].filter((f) => !talkative.has(f)))
}

/** `write 835`, `read -> 812`, `cas [1,2] -> false`, `read x -> 812` with its key. */
export function operationLabel(
  operation: Operation,
  { silent, withKey }: { silent: ReadonlySet<string>; withKey: boolean },
): string {
  const { f, key, value, result } = operation
  const words = [f]
  if (withKey && key !== undefined) words.push(jsonText(key))
  if (value !== null && !isRepeated(operation, silent)) words.push(jsonText(value))
  const hasAnswer = result !== undefined && !isUnknown(operation)
  if (hasAnswer && isTold(operation, silent)) words.push('->', jsonText(result))
  return words.join(' ')
}

/** Some recorders put what was read into the argument as well. */
function isRepeated({ f, value, result }: Operation, silent: ReadonlySet<string>): boolean {
  return result !== undefined && !silent.has(f) && f === 'read' && sameJson(value, result)
}

function isTold({ f, value, result }: Operation, silent: ReadonlySet<string>): boolean {
  if (!silent.has(f) || result === false) return true
  if (result === true) return !CHANGES.has(f)
  return value === null && !SILENT.has(f)
}

const LONGEST = 400
/** A text that could be taken for nothing else. */
const WORD = /^(?!(?:null|true|false)$)[a-z_][\w.:/-]{0,63}$/i

/** Compact JSON; words without quotes where that is plain. A long value is cut. */
export function jsonText(value: Json | undefined): string {
  if (typeof value === 'string' && WORD.test(value)) return value
  const text = canonical(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
