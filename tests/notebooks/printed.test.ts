import { format } from 'prettier'
import { describe, expect, it } from 'vitest'

import type { Printed } from '../../src/notebook/printed.ts'
import { outputsOf } from '../../src/notebook/printed.ts'
import { seeded } from '../../src/core/random.ts'

const one = (...pieces: readonly Printed[]) => outputsOf('a', [pieces])
const text = (value: string): Printed => ({ type: 'text', text: value })

describe('what a block prints', () => {
  it('is text in a fence, without blank lines around it and blanks at the end of lines', () => {
    expect(one(text('\n\n  a  \n\nb\n\n')).outputs).toEqual(['```text\n  a\n\nb\n```'])
    expect(one(text('\n \n')).outputs).toEqual([''])
    expect(one().outputs).toEqual([''])
  })

  it('is one text where several follow each other', () => {
    expect(one(text('a'), text('b\n'), text('c')).outputs).toEqual(['```text\nab\nc\n```'])
  })

  it('cannot end its own fence', () => {
    expect(one(text('````\nx')).outputs).toEqual(['`````text\n````\nx\n`````'])
  })

  it('shows what would act on a terminal', () => {
    expect(one(text('\x1b[31mred')).outputs).toEqual(['```text\n\\x1b[31mred\n```'])
  })

  it('is a picture in a file of its own, numbered through the notebook', () => {
    const picture = (label: string): Printed => ({
      type: 'figure',
      svg: `<svg aria-label="${label}"><text>x</text></svg>`,
    })
    const { outputs, figures } = outputsOf('07-x', [
      [text('a'), picture('one &lt; [two]'), picture('b')],
      [picture('c')],
    ])
    expect(outputs).toEqual([
      '```text\na\n```\n\n![one \\< \\[two\\]](figures/07-x-1.svg)\n\n![b](figures/07-x-2.svg)',
      '![c](figures/07-x-3.svg)',
    ])
    expect(figures.map(({ path }) => path)).toEqual([1, 2, 3].map((n) => `figures/07-x-${n}.svg`))
    expect(figures[0]?.svg).toMatch(/<\/svg>\n$/)
  })

  it('takes the name of a picture from its title where there is no label', () => {
    const svg = '<svg><title>a &amp; b</title></svg>'
    expect(one({ type: 'figure', svg }).outputs).toEqual(['![a & b](figures/a-1.svg)'])
    expect(one({ type: 'figure', svg: '<svg/>' }).outputs).toEqual(['![a figure](figures/a-1.svg)'])
  })

  it('is a table with numbers at the right', () => {
    const rows = [
      [{ text: 'name' }, { text: 'n' }],
      [{ text: 'a|b' }, { text: '7', number: true as const }],
      [{ text: '*' }, { text: '1234', number: true as const }],
    ]
    expect(one({ type: 'table', rows }).outputs).toEqual([
      ['| name |    n |', '| ---- | ---: |', '| a\\|b |    7 |', '| \\*   | 1234 |'].join('\n'),
    ])
  })

  it('is what a formatter would make of it', async () => {
    const random = seeded(3)
    const words = ['', 'a', 'a|b', '*x*', '1/2', '<b>', '`c`', '…', 'ü', '漢字', '\\'].concat(
      'so long',
    )
    for (let run = 0; run < 40; run++) {
      const width = random.int(1, 4)
      const row = () =>
        Array.from({ length: width }, () =>
          random.chance(1, 3)
            ? { text: String(random.int(0, 5000)), number: true as const }
            : { text: random.pick(words) },
        )
      const head = Array.from({ length: width }, (_, at) => ({ text: `h${'x'.repeat(at)}` }))
      const rows = [head, ...Array.from({ length: random.int(1, 4) }, row)]
      const [table = ''] = one({ type: 'table', rows }).outputs
      expect(await format(table, { parser: 'markdown' })).toBe(`${table}\n`)
    }
  })
})
