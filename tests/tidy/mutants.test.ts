import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areas } from '../mutants/areas.ts'
import { importantAreas, importantFunctions } from '../mutants/important.ts'

describe('the mistakes that are planted nightly', () => {
  it.each(Object.entries(areas))('still fit into the code: %s', (_, { mutants }) => {
    for (const { file, search, replacement, mistake } of mutants) {
      const found = readFileSync(file, 'utf8').split(search).length - 1
      expect({ mistake, found }).toEqual({ mistake, found: 1 })
      expect(replacement).not.toBe(search)
    }
  })
})

describe('the functions on which most depends', () => {
  it('are twenty at least, stand where they are said to, and have mutants', () => {
    expect(importantFunctions.length).toBeGreaterThanOrEqual(20)
    for (const { name, file } of importantFunctions) {
      const code = readFileSync(file, 'utf8')
      expect(code, file).toMatch(new RegExp(`^export (class|(async )?function) ${name}\\b`, 'm'))
    }
    const named = Object.values(importantAreas())
    expect(named).toHaveLength(importantFunctions.length)
    expect(named.every(({ mutants }) => mutants.length > 0)).toBe(true)
  })

  it('are listed in CONTRIBUTING.md', () => {
    const text = readFileSync('CONTRIBUTING.md', 'utf8')
    for (const { name, file } of importantFunctions) {
      expect(text).toContain(`| \`${name}\``)
      expect(text).toContain(`\`${file}\``)
    }
  })
})
