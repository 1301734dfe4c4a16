import { describe, expect, it } from 'vitest'
import { stringMap } from '../../checkers/models/string-map.ts'
import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { timeline } from '../../src/history/timeline.ts'
import { justInTime } from '../../src/linearize/just-in-time.ts'
import { expectStrings, stringProblem, strings } from './string-cases.ts'

const decided = (text: string) =>
  strings.decide(
    { model: stringMap, initial: '', operations: timeline(text).operations },
    new Meter(),
  )?.outcome

describe('appended strings', () => {
  it('agree with the definition on random histories', () => {
    const tally = { pass: 0, fail: 0, undecided: 0 }
    for (let n = 0; n < 10_000; n++) tally[expectStrings(stringProblem(seeded(n)))]++
    expect(tally.pass).toBeGreaterThan(3000)
    expect(tally.fail).toBeGreaterThan(1700)
    expect(tally.undecided).toBeLessThan(833)
  })

  it('reject an append that shows twice', () => {
    expect(decided('a: [append "a"] [append "b"] [get -> "aba"]')).toBe('fail')
  })

  it('reject an append that was lost', () => {
    expect(decided('a: [append "a"] [append "b"] [get -> "b"]')).toBe('fail')
  })

  it('reject a text from nowhere', () => {
    expect(decided('a: [append "a"] [get -> "ax"]')).toBe('fail')
  })

  it('try both of two appends that can have made a text', () => {
    expect(decided('a: [append "a"] [append "a"] [get -> "aa"]')).toBe('pass')
    const both = `
      a: [append "a"       ]
      b: [append "a"  ]
      c:    [append "b"  ]
    `
    expect(decided(`${both}      d:                     [get -> "aba"]`)).toBe('pass')
    expect(decided(`${both}      d:                     [get -> "ba"]`)).toBe('fail')
  })

  it('leave a text that an append and a put can have made to the search', () => {
    const text = `
      a: [put "a"   ]
      b: [append "a"]
      c:              [get -> "a"]
    `
    expect(decided(text)).toBeUndefined()
  })

  it('decide a crowd that the search cannot', () => {
    const crowd = Array.from({ length: 24 }, (_, n) => `c${n}: [append "<${n}>"  ]`)
    const order = Array.from({ length: 24 }, (_, n) => `<${(n * 7) % 24}>`).join('')
    const text = [
      ...crowd,
      `r:                      [get -> "${order}"] [get -> "${order}!"]`,
    ].join('\n')
    const { operations } = timeline(text)
    const problem = { model: stringMap, initial: '', operations }
    expect(strings.decide(problem, new Meter())?.outcome).toBe('fail')
    expect(justInTime.decide(problem, new Meter({ steps: 20_000 }))?.outcome).toBe('unknown')
  })
})
