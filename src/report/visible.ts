/**
 * What a reader could not see, or what would act on a terminal or a page: control characters
 * (ANSI escapes begin with one), marks that turn the direction of writing, characters without
 * width, line separators, halves of surrogate pairs, and the code points that XML forbids. Made
 * when first needed, as it takes ten milliseconds.
 */
const unseen = () => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/gu
const unseenExceptLines = () => /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/gu

/** Nearly all text is of this kind, and needs no look at each character. */
const PLAIN = /^[\x20-\x7e]*$/
const PLAIN_LINES = /^[\x20-\x7e\n\t]*$/

/** The text on one line, with everything unseen spelt out: `\n`, `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unseen(), spelt)
}

/** As `visible`, but lines stay lines: for places that lay out text themselves. */
export function visibleLines(text: string): string {
  return PLAIN_LINES.test(text) ? text : text.replace(unseenExceptLines(), spelt)
}

function spelt(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code === 10) return '\\n'
  if (code === 9) return '\\t'
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** What is asked of characters that are not plain; made when first needed, as `unseen`. */
const widths = once(() => ({
  none: /^[\p{Mn}\p{Me}]/u,
  wide: new RegExp(
    '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}' +
      '\\p{Emoji_Presentation}\\u3000-\\u303f\\uff00-\\uff60]',
    'u',
  ),
  graphemes: new Intl.Segmenter('en', { granularity: 'grapheme' }),
}))

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** How many columns of a terminal a visible text takes; nearly right for scripts of any kind. */
export function columns(text: string): number {
  if (PLAIN.test(text)) return text.length
  let sum = 0
  for (const { segment } of widths().graphemes.segment(text)) sum += columnsOf(segment)
  return sum
}

function columnsOf(grapheme: string): number {
  const { none, wide } = widths()
  if (none.test(grapheme)) return 0
  return wide.test(grapheme) ? 2 : 1
}

/** A visible text if it fits, else its beginning and an ellipsis; '' where not even that fits. */
export function cut(text: string, width: number): string {
  // A text far too long is not looked at as a whole: it may be a megabyte.
  const start = text.length > 16 * width + 64 ? text.slice(0, 16 * width + 64) : text
  if (start === text && columns(text) <= width) return text
  if (width < 1) return ''
  if (PLAIN.test(start)) return `${start.slice(0, width - 1).trimEnd()}…`
  let kept = ''
  let taken = 0
  for (const { segment } of widths().graphemes.segment(start)) {
    taken += columnsOf(segment)
    if (taken > width - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** `visible` and `cut` at once, in time that depends on the width and not on the text. */
export function shown(text: string, width: number): string {
  const most = 4 * Math.max(width, 0) + 64
  // Half of a character at the end would be spelt out, though the whole could be seen.
  const start = text.length > most ? text.slice(0, most).replace(/[\ud800-\udbff]$/, '') : text
  const short = cut(visible(start), width)
  return start === text || short.endsWith('…') ? short : cut(`${short}…`, width)
}

/** The text in lines of at most so many columns, broken between words where possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (columns(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = cut(word, width)
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}
