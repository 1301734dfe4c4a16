import { UserError } from '../core/user-error.ts'

/** A Markdown document whose TypeScript blocks are run, and show beneath them what they print. */
export interface Notebook {
  /** As it was named, for messages. */
  readonly file: string
  readonly lines: readonly string[]
  /** In the order of the document; together they are one module. */
  readonly blocks: readonly Block[]
}

/** Lines count from 1. */
export interface Block {
  /** The fence above the code. */
  readonly first: number
  /** The fence below it. */
  readonly last: number
  /** What is stored of its output: both marks and what is between them. */
  readonly output?: { readonly first: number; readonly last: number }
}

export const OUTPUT = '<!-- output -->'
export const END_OF_OUTPUT = '<!-- /output -->'

const FENCE = /^ {0,3}(`{3,}|~{3,}) *([^\s`]*)/
const LANGUAGES: readonly string[] = ['ts', 'typescript']

/** @throws UserError if the document cannot be understood, with its line. */
export function parseNotebook(file: string, text: string): Notebook {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  let at = 0
  // The block that an output would belong to: nothing but blank lines stands between them.
  let above: Block | undefined
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const fence = FENCE.exec(line)
    if (fence !== null) {
      const last = endOfFence(file, lines, at)
      above = undefined
      if (LANGUAGES.includes(fence[2] ?? '')) {
        above = { first: at + 1, last: last + 1 }
        blocks.push(above)
      }
      at = last
    } else if (line.trim() === OUTPUT) {
      if (above === undefined) throw misplaced(file, at)
      const last = endOfOutput(file, lines, at)
      blocks[blocks.length - 1] = { ...above, output: { first: at + 1, last: last + 1 } }
      above = undefined
      at = last
    } else if (line.trim() === END_OF_OUTPUT) {
      throw misplaced(file, at)
    } else if (line.trim() !== '') {
      above = undefined
    }
    at++
  }
  if (blocks.length === 0) {
    throw new UserError('there is no TypeScript block in this document, so nothing to run', {
      where: file,
      hint: 'write code between ```ts and ```',
    })
  }
  return { file, lines, blocks }
}

function misplaced(file: string, at: number): UserError {
  return new UserError('this mark belongs to no block of code', {
    where: `${file}:${at + 1}`,
    hint: 'take it away; outputs stand directly beneath their block, and are written by the tool',
  })
}

/** The line of the closing fence. */
function endOfFence(file: string, lines: readonly string[], first: number): number {
  const fence = FENCE.exec(lines[first] ?? '')?.[1] ?? ''
  for (let at = first + 1; at < lines.length; at++) {
    const closing = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(lines[at] ?? '')?.[1]
    if (closing?.[0] === fence[0] && (closing?.length ?? 0) >= fence.length) return at
  }
  throw new UserError('this block of code has no end', {
    where: `${file}:${first + 1}`,
    hint: `end it by a line with ${fence}`,
  })
}

/** What was printed may look like a mark, but then it stands between fences. */
function endOfOutput(file: string, lines: readonly string[], first: number): number {
  for (let at = first + 1; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === END_OF_OUTPUT) return at
    if (FENCE.test(line)) at = endOfFence(file, lines, at)
  }
  throw new UserError('this output has no end', {
    where: `${file}:${first + 1}`,
    hint: `take it away, or end it by a line with ${END_OF_OUTPUT}`,
  })
}

/**
 * The blocks as one module. Each line stands where it stands in the document, so that places in
 * messages are places there. `between` gives what stands for the fence above a block.
 */
export function moduleText(
  { lines, blocks }: Notebook,
  between: (block: number) => string = () => '',
): string {
  const text: string[] = lines.map(() => '')
  for (const [index, { first, last }] of blocks.entries()) {
    text[first - 1] = between(index)
    for (let line = first; line < last - 1; line++) text[line] = lines[line] ?? ''
  }
  return text.join('\n')
}

/** The document with these outputs, one for each block; an empty one is left out. */
export function withOutputs({ lines, blocks }: Notebook, outputs: readonly string[]): string {
  const parts: string[] = []
  let from = 0
  for (const [index, { last, output }] of blocks.entries()) {
    parts.push(...lines.slice(from, last))
    from = output?.last ?? last
    const printed = outputs[index] ?? ''
    if (printed !== '') parts.push('', OUTPUT, '', printed, '', END_OF_OUTPUT)
  }
  return [...parts, ...lines.slice(from)].join('\n')
}

/** What is stored as the output of a block; empty if nothing is. */
export function storedOutput({ lines }: Notebook, { output }: Block): string {
  if (output === undefined) return ''
  return lines
    .slice(output.first, output.last - 1)
    .join('\n')
    .trim()
}

/** The block that a line belongs to: that in which it stands, or the one before it. */
export function blockOfLine({ blocks }: Notebook, line: number): number {
  return Math.max(
    0,
    blocks.findLastIndex(({ first }) => first <= line),
  )
}
