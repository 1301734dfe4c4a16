import { describe, expect, it } from 'vitest'

import { counterFinal } from '../../checkers/counter-final.ts'
import { echo } from '../../checkers/echo.ts'
import { seeded } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { Pairing } from '../../src/history/pair-events.ts'

const outcome = (history: History): string => {
  const unfit = counterFinal.unfit(history, {})
  return unfit ?? counterFinal.check(history, {}).outcome
}

describe('a counter that is right in the end', () => {
  it('does not mind what is read before the last addition was acknowledged', () => {
    expect(
      outcome(
        timeline(`
      a: [add 3]            [add 2]
      b:         [read -> 0]        [read -> 5]
    `),
      ),
    ).toBe('pass')
  })

  it('is held to the sum in the end', () => {
    expect(
      outcome(
        timeline(`
      a: [add 3] [add 2]
      b:                 [read -> 3]
    `),
      ),
    ).toBe('fail')
  })

  it('looks at the last read of each reader only', () => {
    expect(
      outcome(
        timeline(`
      a: [add 3]
      b:         [read -> 0] [read -> 3]
    `),
      ),
    ).toBe('pass')
  })

  it('counts any of the additions of unknown outcome, but each as a whole', () => {
    const history = (read: number): History =>
      timeline(`
        a: [add 3]
        b: [add 5
        c: [add -2
        d:         [read -> ${read}]
      `)
    const right = [3, 8, 1, 6]
    for (let read = 0; read <= 9; read++) {
      expect(outcome(history(read))).toBe(right.includes(read) ? 'pass' : 'fail')
    }
  })

  it('does not count what was added only after the read', () => {
    const history = (read: number): History =>
      timeline(`
        a: [add 3]
        b:         [read -> ${read}]
        c:                      [add 5
      `)
    expect(outcome(history(3))).toBe('pass')
    expect(outcome(history(8))).toBe('fail')
  })

  it('says nothing where nothing is read in the end', () => {
    expect(
      outcome(
        timeline(`
      a:             [add 3]
      b: [read -> 0]
    `),
      ),
    ).toContain('no read after')
  })

  it('agrees with trying all choices, on thousands of random histories', () => {
    const seen = { pass: 0, fail: 0 }
    for (let seed = 1; seed <= 1500; seed++) {
      const random = seeded(seed)
      const pairing = new Pairing({ source: 'drawn' })
      let sure = 0
      const perhaps: number[] = []
      const adds = random.int(0, 6)
      for (let at = 0; at < adds; at++) {
        const value = random.int(-4, 4)
        const about = { process: `c${at}`, f: 'add', value }
        pairing.push({ ...about, type: 'invoke' })
        const type = random.pick(['ok', 'info', 'fail'] as const)
        pairing.push({ ...about, type })
        if (type === 'ok') sure += value
        if (type === 'info') perhaps.push(value)
      }
      const read = sure + random.int(-3, 3)
      pairing.push({ process: 'r', type: 'invoke', f: 'read', value: null })
      pairing.push({ process: 'r', type: 'ok', f: 'read', value: read })
      const choices = Array.from({ length: 2 ** perhaps.length }, (_, bits) =>
        perhaps.reduce((sum, value, at) => sum + (bits & (1 << at) ? value : 0), sure),
      )
      const expected = choices.includes(read) ? 'pass' : 'fail'
      expect(outcome(pairing.finish())).toBe(expected)
      seen[expected]++
    }
    expect(Math.min(seen.pass, seen.fail)).toBeGreaterThan(300)
  })
})

describe('an echo', () => {
  it('is what was said', () => {
    const said = (answer: string): History =>
      timeline(`
        a: [echo "x" -> ${answer}]
        b: [echo "y"
      `)
    expect(echo.check(said('"x"'), {}).outcome).toBe('pass')
    expect(echo.check(said('"y"'), {}).outcome).toBe('fail')
    expect(echo.check(said('null'), {}).outcome).toBe('fail')
  })
})
