import type { Json } from '../core/json.ts'

/** A word of EDN as plain data, or why it is none. */
export type Atom =
  { readonly value: Json } | { readonly fault: string; readonly hint: string | undefined }

const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:N|(?:\.\d*)?(?:[eE][+-]?\d+)?M?)$/
const SYMBOL =
  /^(?:[A-Za-z*!_?$%&=<>.+\-|][\w*!?$%&=<>.+\-|:#']*)(?:\/[\w*!?$%&=<>.+\-|:#']+)?$|^\/$/
// A keyword may begin with a digit, as Clojure's own reader allows.
const KEYWORD = /^:[\w*!?$%&=<>.+\-|#'][\w*!?$%&=<>.+\-|:#']*(?:\/[\w*!?$%&=<>.+\-|:#']+)?$/

const CHARACTERS: Readonly<Record<string, string>> = {
  newline: '\n',
  space: ' ',
  tab: '\t',
  return: '\r',
  formfeed: '\f',
  backspace: '\b',
}

/**
 * What a word without brackets and quotes means: nil, a truth value, a number, a keyword, a symbol.
 */
export function atomOf(token: string): Atom {
  if (token === 'nil') return { value: null }
  if (token === 'true') return { value: true }
  if (token === 'false') return { value: false }
  if (/^[+-]?\.?\d/.test(token)) return numberOf(token)
  if (KEYWORD.test(token)) return { value: token.slice(1) }
  if (SYMBOL.test(token)) return { value: token }
  return { fault: `'${token}' is not EDN`, hint: undefined }
}

function numberOf(token: string): Atom {
  if (!NUMBER.test(token)) {
    return { fault: `'${token}' is not a number that JSON can hold`, hint: 'print it as a string' }
  }
  const value = Number(token.replace(/[NM]$/, ''))
  if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) {
    return { value }
  }
  return { fault: `${token} is beyond 2^53 and would lose digits`, hint: 'print it as a string' }
}

/** The character that stands after a backslash; `undefined` if there is none of that name. */
export function characterOf(name: string): string | undefined {
  const unicode = /^u([0-9a-fA-F]{4})$/.exec(name)
  if (unicode !== null) return String.fromCharCode(parseInt(unicode[1] ?? '', 16))
  if (name.length === 1) return name
  return Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : undefined
}
