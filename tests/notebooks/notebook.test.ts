import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { UserError } from '../../src/core/user-error.ts'
import {
  END_OF_OUTPUT,
  OUTPUT,
  blockOfLine,
  moduleText,
  parseNotebook,
  storedOutput,
  withOutputs,
} from '../../src/notebook/notebook.ts'

const TEXT = [
  '# A notebook',
  '',
  '```ts',
  'const one = 1',
  'console.log(one)',
  '```',
  '',
  OUTPUT,
  '',
  '```text',
  '1',
  '```',
  '',
  END_OF_OUTPUT,
  '',
  'Words between.',
  '',
  '```sh',
  'echo not run',
  '```',
  '',
  '```typescript',
  'console.log(one + 1)',
  '```',
  '',
].join('\n')

/** What is wrong with a document, as a user reads it. */
function complaint(text: string): string {
  try {
    parseNotebook('a.md', text)
    return ''
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
}

describe('a notebook', () => {
  it('has the blocks of TypeScript, and no others', () => {
    const { blocks } = parseNotebook('a.md', TEXT)
    expect(blocks).toEqual([
      { first: 3, last: 6, output: { first: 8, last: 14 } },
      { first: 22, last: 24 },
    ])
  })

  it('is one module whose lines are those of the document', () => {
    const module = moduleText(parseNotebook('a.md', TEXT), (block) => `begin(${block})`).split('\n')
    const document = TEXT.split('\n')
    expect(module).toHaveLength(document.length)
    const kept = module.flatMap((line, at) => (line === '' ? [] : [[at + 1, line]]))
    expect(kept).toEqual([
      [3, 'begin(0)'],
      [4, 'const one = 1'],
      [5, 'console.log(one)'],
      [22, 'begin(1)'],
      [23, 'console.log(one + 1)'],
    ])
  })

  it('keeps everything but outputs, which it takes away where nothing is printed', () => {
    const notebook = parseNotebook('a.md', TEXT)
    const changed = withOutputs(notebook, ['', 'now'])
    expect(changed).not.toContain('```text')
    expect(changed).toContain(`\`\`\`\n\n${OUTPUT}\n\nnow\n\n${END_OF_OUTPUT}\n`)
    expect(changed.replace(/\n<!-- output -->[^]*?<!-- \/output -->\n/, '')).toBe(
      TEXT.replace(/\n<!-- output -->[^]*?<!-- \/output -->\n/, ''),
    )
  })

  it('finds the block of a line', () => {
    const notebook = parseNotebook('a.md', TEXT)
    expect([1, 3, 5, 10, 21, 22, 23, 99].map((line) => blockOfLine(notebook, line))).toEqual([
      0, 0, 0, 0, 0, 1, 1, 1,
    ])
  })

  it.each([
    ['# x\n\n```ts\nconst a = 1\n', 'error: a.md:3: this block of code has no end'],
    ['```ts\n```\n\n<!-- output -->\n', 'error: a.md:4: this output has no end'],
    ['<!-- output -->\n<!-- /output -->\n', 'error: a.md:1: this mark belongs to no block of code'],
    ['```ts\n```\nwords\n<!-- output -->\n', 'error: a.md:4: this mark belongs to no block'],
    ['```sh\n```\n<!-- output -->\n', 'error: a.md:3: this mark belongs to no block'],
    ['```ts\n```\n<!-- /output -->\n', 'error: a.md:3: this mark belongs to no block'],
    ['# Words\n', 'error: a.md: there is no TypeScript block in this document'],
    ['````ts\n```\n', 'error: a.md:1: this block of code has no end'],
    ['```ts\n~~~\n', 'error: a.md:1: this block of code has no end'],
  ])('refuses %j', (text, expected) => {
    expect(complaint(text)).toContain(expected)
  })

  it('takes a mark inside a fence for text', () => {
    const printed = `\`\`\`text\n${END_OF_OUTPUT}\n${OUTPUT}\n\`\`\``
    const text = withOutputs(parseNotebook('a.md', '```ts\nf()\n```\n'), [printed])
    const [block] = parseNotebook('a.md', text).blocks
    expect(block && storedOutput(parseNotebook('a.md', text), block)).toBe(printed)
  })

  it('reads back what it writes, and changes nothing when nothing has changed', () => {
    const line = fc.constantFrom('', 'words', '- item', '# heading', '  indented', '`code`')
    const code = fc.array(fc.constantFrom('let a = 1', '', "f('```')", '  // comment'))
    const fence = fc.constantFrom('```ts', '````ts', '~~~ts', '```sh', '``` typescript')
    const part = fc.oneof(
      fc.array(line, { maxLength: 3 }),
      fc.tuple(fence, code).map(([open, lines]) => {
        const [mark = ''] = /^[`~]+/.exec(open) ?? []
        return [open, ...lines, mark]
      }),
    )
    const output = fc.constantFrom('', '```text\nprinted\n```', '![a](b.svg)', '| a |\n| - |')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.infiniteStream(output), (parts, outputs) => {
        const text = [...parts, ['```ts', 'last()', '```'], ['']].flat().join('\n')
        const before = parseNotebook('a.md', text)
        const given = before.blocks.map(() => outputs.next().value as string)
        const written = withOutputs(before, given)
        const after = parseNotebook('a.md', written)
        expect(after.blocks.map((block) => storedOutput(after, block))).toEqual(given)
        expect(codeOf(after)).toEqual(codeOf(before))
        expect(withOutputs(after, given)).toBe(written)
        // Without outputs it is the document that it was.
        expect(withOutputs(after, [])).toBe(text)
      }),
      { seed: 8, numRuns: 800 },
    )
  })
})

/** The lines of code in a slow, obvious way. */
function codeOf({ lines, blocks }: ReturnType<typeof parseNotebook>): string[] {
  return blocks.map(({ first, last }) => lines.slice(first, last - 1).join('\n'))
}
