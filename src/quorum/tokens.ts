import { UserError } from '../core/user-error.ts'

/** A piece of the text of an expression. */
export interface Token {
  /** `name` also for numbers, which are names where a node is expected. */
  readonly kind: 'name' | 'mark' | 'end'
  readonly value: string
  /** Whether the name stood in quotes: then it is never a keyword or a number. */
  readonly quoted: boolean
  /** Where it begins in the text. */
  readonly at: number
}

const PIECE = /\s*(?:([\p{L}\p{M}\p{N}_./-]+)|("(?:[^"\\]|\\.)*")|([*+(),:;=[\]{}])|(\S)|$)/uy

/** The pieces of a text, and one more that marks its end. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  PIECE.lastIndex = 0
  for (;;) {
    const match = PIECE.exec(text)
    const [whole = '', name, quoted, mark, other] = match ?? []
    const value = name ?? quoted ?? mark ?? other ?? ''
    const at = (match?.index ?? text.length) + whole.length - value.length
    if (value === '') return [...tokens, { kind: 'end', value, quoted: false, at }]
    if (other !== undefined) throw strange(text, at, other)
    if (name !== undefined || mark !== undefined) {
      tokens.push({ kind: name === undefined ? 'mark' : 'name', value, quoted: false, at })
    } else tokens.push({ kind: 'name', value: unquoted(text, at, value), quoted: true, at })
  }
}

/** An error with the line of the text and a caret under the place. */
export function errorAt(text: string, at: number, fact: string, hint: string): UserError {
  const before = Array.from(text.slice(0, at).replace(UNSEEN, ' '))
  const after = Array.from(text.slice(at).replace(UNSEEN, ' '))
  const left = before.length > MOST_BEFORE ? ['…', ...before.slice(1 - MOST_BEFORE)] : before
  const right = after.length > MOST_AFTER ? [...after.slice(0, MOST_AFTER - 1), '…'] : after
  const caret = `${' '.repeat(left.length)}^`
  return new UserError(`${fact}\n  ${[...left, ...right].join('')}\n  ${caret}`, {
    where: `column ${before.length + 1}`,
    hint,
  })
}

/** What would move the caret, or a terminal. */
const UNSEEN = /[\s\p{C}]/gu
const MOST_BEFORE = 50
const MOST_AFTER = 30

function strange(text: string, at: number, character: string): UserError {
  if (character === '"') {
    return errorAt(text, at, 'the quote is not closed', 'a second " after the name')
  }
  const operator = { '&': '*', '∧': '*', '|': '+', '∨': '+' }[character]
  const hint =
    operator === undefined
      ? 'names with such characters in quotes: "a b"'
      : '* means and, + means or'
  return errorAt(text, at, `\`${character}\` has no meaning here`, hint)
}

function unquoted(text: string, at: number, quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    throw errorAt(text, at, 'the quoted name cannot be read', 'escapes as in JSON: \\" and \\\\')
  }
}
