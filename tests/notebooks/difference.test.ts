import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { firstDifference } from '../../src/notebook/difference.ts'

describe('the first difference of two texts', () => {
  it('is none where they are the same', () => {
    expect(firstDifference('a\nb', 'a\nb')).toBeUndefined()
  })

  it('shows what was and what is, and the line before', () => {
    expect(firstDifference('a\nb\nc', 'a\nx\ny\nc')).toEqual({
      line: 2,
      shown: ['  a', '- b', '+ x', '+ y'],
    })
    expect(firstDifference('', 'a')).toEqual({ line: 1, shown: ['- ', '+ a'] })
  })

  it('cuts what is long', () => {
    const many = Array.from({ length: 9 }, (_, at) => `n${at}`).join('\n')
    const { shown = [] } = firstDifference('x', many) ?? {}
    expect(shown).toHaveLength(8)
    expect(shown.at(-1)).toBe('+ ... and 3 more')
  })

  it('is where a reader who goes line by line finds it', () => {
    const random = seeded(5)
    for (let run = 0; run < 1500; run++) {
      const lines = () => Array.from({ length: random.int(1, 5) }, () => random.pick(['a', 'b']))
      const [before, after] = [lines(), lines()]
      const found = firstDifference(before.join('\n'), after.join('\n'))
      let at = 0
      while (at < 6 && before[at] === after[at]) at++
      expect(found?.line).toBe(before.join() === after.join() ? undefined : at + 1)
      if (found === undefined) continue
      // The old lines in place of the new ones give the old text.
      const old = found.shown.filter((line) => line.startsWith('-')).map((line) => line.slice(2))
      const fresh = found.shown.filter((line) => line.startsWith('+')).map((line) => line.slice(2))
      expect(after.toSpliced(at, fresh.length, ...old)).toEqual(before)
    }
  })
})
