import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { models } from '../../checkers/models/index.ts'
import { modelTable } from '../../checkers/models/table.ts'

const BEGIN = '<!-- models -->'
const END = '<!-- /models -->'

describe('the table of models in docs/history.md', () => {
  it('is what the models say', () => {
    const page = readFileSync(new URL('../../docs/history.md', import.meta.url), 'utf8')
    const section = page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END))
    expect(page.split(BEGIN)).toHaveLength(2)
    expect(tidy(section)).toBe(tidy(modelTable(models)))
  })

  it('has a row for each operation, with the name of the model in the first of them', () => {
    const lines = modelTable(models).split('\n')
    const operations = models.flatMap((model) => Object.keys(model.operations))
    expect(lines).toHaveLength(operations.length + 2)
    for (const { name } of models) {
      expect(lines.filter((line) => line.startsWith(`| **${name}**: `))).toHaveLength(1)
    }
  })
})

/** Prettier pads the cells of tables. */
function tidy(text: string): string {
  return text.trim().replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---')
}
