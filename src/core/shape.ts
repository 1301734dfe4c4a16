import type { Json } from './json.ts'

/**
 * The form of a value. Much less than a schema language, on purpose: it is asked once for each of
 * millions of operations, and its text stands in the table of docs/history.md.
 */
export interface Shape {
  /** As in a sentence: `a whole number`. */
  readonly text: string
  /** Whether a value has this shape. */
  accepts(value: Json): boolean
  /** The value as the model itself would write it, where histories have several spellings. */
  normal?(value: Json): Json
}

/** Any value; `null` is a value too. */
export const anything: Shape = { text: 'any value', accepts: () => true }

/** No argument. Whatever stands there is ignored, as many recorders repeat something. */
export const nothing: Shape = { text: 'nothing', accepts: () => true, normal: () => null }

/** An acknowledgement. Whatever stands there is ignored: most recorders repeat the argument. */
export const acknowledged: Shape = {
  text: 'ignored (an acknowledgement)',
  accepts: () => true,
  normal: () => null,
}

export const wholeNumber: Shape = {
  text: 'a whole number',
  accepts: (value) => Number.isSafeInteger(value),
}

export const text: Shape = { text: 'a string', accepts: (value) => typeof value === 'string' }

/** Two values: `[from, to]`. */
export const pair: Shape = {
  text: '`[from, to]`',
  accepts: (value) => Array.isArray(value) && value.length === 2,
}

export const list: Shape = { text: 'a list', accepts: (value) => Array.isArray(value) }

/** Whether it worked: `false` says no; `true`, `null` or the repeated argument say yes. */
export const success: Shape = {
  text: '`false` if refused, else ignored',
  accepts: () => true,
  normal: (value) => value !== false,
}

export const truth: Shape = {
  text: '`true` or `false`',
  accepts: (value) => typeof value === 'boolean',
}
