import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areas } from '../mutants/areas.ts'

describe('the mistakes that are planted nightly', () => {
  it.each(Object.entries(areas))('still fit into the code: %s', (_, { mutants }) => {
    for (const { file, search, replacement, mistake } of mutants) {
      const found = readFileSync(file, 'utf8').split(search).length - 1
      expect({ mistake, found }).toEqual({ mistake, found: 1 })
      expect(replacement).not.toBe(search)
    }
  })
})
