import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { RunRow } from '../../src/core/results.ts'
import { asExpected, baselineOf } from '../../src/core/results.ts'
import type { BaselineRow } from '../../src/core/run-compare.ts'
import { changeKinds, changesBetween } from '../../src/core/run-compare.ts'

const row = (more: Partial<RunRow>): RunRow => ({
  name: 'a/b',
  outcome: 'pass',
  expected: 'pass',
  sentence: '',
  seconds: 0,
  ...more,
})
const was = (more: Partial<BaselineRow>): BaselineRow => ({
  name: 'a/b',
  outcome: 'pass',
  ...more,
})

/** Kind and sentence of the only change, or nothing. */
function only(baseline: readonly BaselineRow[], rows: readonly RunRow[]): readonly string[] {
  const changes = changesBetween(baseline, rows)
  expect(changes.length).toBeLessThan(2)
  return changes.flatMap(({ kind, sentence }) => [kind, sentence])
}

describe('a run against a baseline', () => {
  it('has nothing to say where both are the same', () => {
    expect(only([was({ counts: { states: 2 } })], [row({ counts: { states: 2 } })])).toEqual([])
    // Neither does what the baseline does not say.
    expect(only([was({})], [row({ counts: { states: 2 }, operations: 1 })])).toEqual([])
  })

  it('names what is red now and was not', () => {
    expect(only([was({})], [row({ outcome: 'fail', violated: 'agreement' })])).toEqual([
      'red',
      'fail (agreement), and should be pass; in the baseline pass',
    ])
    const other = { outcome: 'fail', expected: 'fail', expectedViolated: 'agreement' } as const
    expect(
      only(
        [was({ outcome: 'fail', violated: 'agreement' })],
        [row({ ...other, violated: 'validity' })],
      ),
    ).toEqual(['red', "'validity' is violated first; in the baseline fail (agreement)"])
    expect(
      only(
        [was({ counts: { states: 288 } })],
        [row({ counts: { states: 289 }, expectedCounts: { states: 288 } })],
      ),
    ).toEqual(['red', '289 states, not 288; in the baseline pass'])
    expect(
      only(
        [was({ violations: 2 })],
        [row({ outcome: 'pass', violations: 1, expectedViolations: 2 })],
      ),
    ).toEqual(['red', '1 violations, not 2; in the baseline pass'])
    expect(only([], [row({ outcome: 'unknown' })])).toEqual([
      'red',
      'new, and unknown, and should be pass',
    ])
  })

  it('tells what stays red from what is red in another way', () => {
    const red = row({ outcome: 'fail', violated: 'agreement' })
    expect(only([was({ outcome: 'fail', violated: 'agreement' })], [red])).toEqual([
      'still red',
      'fail (agreement), and should be pass',
    ])
    expect(only([was({ outcome: 'fail', violated: 'validity' })], [red])[0]).toBe('red')
    expect(only([was({ outcome: 'unknown' })], [red])[0]).toBe('red')
    // Where the baseline says nothing of counts, they were as expected.
    const counts = { counts: { states: 289 }, expectedCounts: { states: 288 } }
    expect(only([was({})], [row(counts)])[0]).toBe('red')
    expect(only([was({ counts: { states: 289 } })], [row(counts)])[0]).toBe('still red')
  })

  it('names what is mended', () => {
    expect(only([was({ outcome: 'fail', violated: 'agreement' })], [row({})])).toEqual([
      'fixed',
      'pass, as expected; in the baseline fail (agreement)',
    ])
    const counts = { counts: { states: 288 }, expectedCounts: { states: 288 } }
    expect(only([was({ counts: { states: 289 } })], [row(counts)])[0]).toBe('fixed')
  })

  it('names another verdict where none was expected, and other counts', () => {
    const { expected: _, ...unasked } = row({ outcome: 'fail' })
    expect(only([was({})], [unasked])).toEqual(['changed', 'pass before, now fail'])
    expect(
      only(
        [was({ operations: 3, violations: 1, counts: { states: 1, depth: 2 } })],
        [row({ operations: 3, violations: 1, counts: { states: 5 } })],
      ),
    ).toEqual(['counts', 'states: 1 before, now 5, depth: 2 before, now none'])
  })

  it('names what is new and what is missing', () => {
    expect(only([], [row({})])).toEqual(['new', 'pass'])
    expect(only([was({ outcome: 'fail', violated: 'x' })], [])).toEqual([
      'missing',
      'fail (x), and now nothing',
    ])
  })

  it('is in the order in which people want to know', () => {
    const names = ['red', 'fixed', 'new', 'counts', 'changed'] as const
    const rows: readonly RunRow[] = names.map((name) => {
      const { expected: _, ...unasked } = row({ name })
      if (name === 'red') return row({ name, outcome: 'fail' })
      return name === 'changed' ? unasked : row({ name, operations: 1 })
    })
    const baseline: readonly BaselineRow[] = [
      was({ name: 'missing' }),
      was({ name: 'fixed', outcome: 'fail' }),
      was({ name: 'counts', operations: 2 }),
      was({ name: 'changed', outcome: 'fail' }),
      was({ name: 'red' }),
    ]
    const kinds = changesBetween(baseline, rows).map(({ kind }) => kind)
    expect(kinds).toEqual(changeKinds.filter((kind) => kind !== 'still red'))
  })
})

const outcome = fc.constantFrom('pass', 'fail', 'unknown')
const counts = fc.record({ s: fc.constantFrom(1, 2), t: fc.constantFrom(1, 2) })
/** What is expected to be counted is counted. */
const counted = fc.oneof(
  fc.record({}),
  fc.record({ counts, expectedCounts: counts }),
  fc.record({ counts }),
  fc.record({ violations: fc.constantFrom(1, 2), expectedViolations: fc.constantFrom(1, 2) }),
)
const rows = fc.uniqueArray(
  fc
    .tuple(
      fc.record(
        {
          name: fc.constantFrom('a', 'b', 'c', 'd'),
          outcome,
          expected: outcome,
          violated: fc.constantFrom('x', 'y'),
          expectedViolated: fc.constantFrom('x', 'y'),
          operations: fc.constantFrom(1, 2),
        },
        { requiredKeys: ['name', 'outcome'] },
      ),
      counted,
    )
    .map(([made, more]): RunRow => ({ sentence: '', seconds: 0, ...made, ...more })),
  { selector: ({ name }) => name },
)

describe('any run', () => {
  it('differs from its own baseline only where it is not as expected', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const changes = changesBetween(baselineOf(all).rows, all)
        const wrong = all.filter((each) => !asExpected(each)).map(({ name }) => name)
        expect(changes.map(({ name }) => name).sort()).toEqual(wrong.sort())
        expect(changes.filter(({ kind }) => kind !== 'still red')).toEqual([])
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('has each change of another run told once, and each new and each missing row', () => {
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const changes = changesBetween(baselineOf(before).rows, now)
        const names = changes.map(({ name }) => name)
        expect(new Set(names).size).toBe(names.length)
        const known = new Set(before.map(({ name }) => name))
        const there = new Set(now.map(({ name }) => name))
        const of = (kind: string): readonly string[] =>
          changes.filter((change) => change.kind === kind).map(({ name }) => name)
        expect(of('missing').toSorted()).toEqual(
          [...known].filter((name) => !there.has(name)).sort(),
        )
        for (const name of of('new')) expect(known.has(name)).toBe(false)
        // Nothing that is not as expected goes without a word, and nothing else is called red.
        for (const each of now) {
          const red = [...of('red'), ...of('still red')].includes(each.name)
          expect(red).toBe(!asExpected(each))
        }
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})
