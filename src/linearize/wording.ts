import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'

/**
 * Operations in sentences, for the reasons that engines give. Values come from recordings of
 * strangers: they are cut where they are long, and nothing in them can steer a terminal.
 */

const LONGEST = 40

/** A value as JSON, cut. */
export function shown(value: Json | undefined): string {
  return printable(JSON.stringify(value ?? null))
}

function printable(text: string): string {
  const safe = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (letter) => {
    return `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`
  })
  const letters = Array.from(safe.slice(0, 3 * LONGEST))
  return letters.length <= LONGEST ? safe : `${letters.slice(0, LONGEST - 1).join('')}…`
}

/** What a client did: `client 5 read 812`, `client 2 called write 835 without an answer`. */
export function did(operation: Operation): string {
  const who = `client ${printable(String(operation.process))}`
  const { f, value, result } = operation
  const argument = value === null ? '' : ` ${shown(value)}`
  if (result === undefined) return `${who} called ${printable(f)}${argument} without an answer`
  switch (f) {
    case 'read':
    case 'get':
      return `${who} read ${shown(result)}`
    case 'write':
    case 'put':
      return `${who} wrote ${shown(value)}`
    case 'append':
      return `${who} appended ${shown(value)}`
    case 'acquire':
      return `${who} acquired`
    case 'release':
      return `${who} released`
    case 'cas': {
      const [from, to] = Array.isArray(value) ? (value as readonly Json[]) : [null, null]
      const verb = result === false ? 'was refused to change' : 'changed'
      return `${who} ${verb} ${shown(from)} into ${shown(to)}`
    }
    default: {
      const answer = result === null || result === value ? '' : ` and got ${shown(result)}`
      return `${who} called ${printable(f)}${argument}${answer}`
    }
  }
}
