import { describe, expect, it } from 'vitest'

import { checkRounds } from '../../../src/cli/rounds-entry.ts'
import { asExpected } from '../../../src/core/results.ts'
import { rounds } from '../../../suites/rounds.ts'

/** The large ones are in the long tests and in `synod check`. */
const small = rounds.filter(({ expectedCounts }) => (expectedCounts['runs'] ?? 0) < 10_000)

describe('the table of questions about rounds', () => {
  it.each(small.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
    const { row, evidence } = checkRounds(entry, { seconds: 60 })
    expect(row).toMatchObject({ outcome: entry.expected, counts: entry.expectedCounts })
    expect(asExpected(row)).toBe(true)
    expect(evidence).toHaveProperty('because')
  })

  it('tells what is behind an answer in a sentence', () => {
    const sentences = ['crash/n-3-f-1-r-1', 'crash/n-3-f-1-r-2', 'algorithms/om-1-n-3'].map(
      (name) =>
        checkRounds(
          rounds.find((entry) => entry.name === `rounds/${name}`)!,
          {},
        ).row.sentence,
    )
    expect(sentences).toEqual([
      'impossible by a chain of 7 runs',
      'possible: decide the smallest input you have heard of, from whomever',
      'L1 is a traitor: in 1 of 4 behaviours a loyal commander is not obeyed (IC2); ' +
        'C is a traitor: 0 of 8 behaviours go wrong',
    ])
  })
})
