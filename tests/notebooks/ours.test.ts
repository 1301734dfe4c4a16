import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { moduleText, parseNotebook, storedOutput } from '../../src/notebook/notebook.ts'

const folder = join(packageFolder(), 'notebooks')
const names = readdirSync(folder).filter((name) => /^\d\d-.*\.md$/.test(name))
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('the notebooks', () => {
  it('are seven at least, all named by their README', () => {
    expect(names.length).toBeGreaterThanOrEqual(7)
    const readme = textOf('README.md')
    expect(names.filter((name) => !readme.includes(`](${name})`))).toEqual([])
  })

  it.each(names)('%s uses public names only, and links to what is there', (name) => {
    const text = textOf(name)
    const code = moduleText(parseNotebook(name, text))
    const imported = [...code.matchAll(/\bfrom '([^']*)'/g)].map(([, from = '']) => from)
    expect(imported.length).toBeGreaterThan(0)
    expect(imported.filter((from) => !/^synod(\/\w+)?$/.test(from))).toEqual([])
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([])
  })

  it.each(names)('%s has stored output without durations', (name) => {
    const notebook = parseNotebook(name, textOf(name))
    const outputs = notebook.blocks.map((block) => storedOutput(notebook, block))
    expect(outputs.filter((output) => output !== '').length).toBeGreaterThan(3)
    // What is simulated has times of its own; what a search took would stand beside its states.
    expect(outputs.filter((output) => /states;[^)]*\b\d+(\.\d+)? (ms|s)\)/.test(output))).toEqual(
      [],
    )
  })

  it('have no picture that none of them shows', () => {
    const shown = names.flatMap((name) =>
      [...textOf(name).matchAll(/\]\(figures\/([^)]*)\)/g)].map(([, figure]) => figure),
    )
    expect(readdirSync(join(folder, 'figures')).sort()).toEqual(shown.sort())
  })
})
