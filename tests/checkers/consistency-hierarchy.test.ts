import { describe, expect, it } from 'vitest'
import { impliedBy } from '../../checkers/conditions.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { allHistories, deeds, problemOf } from './client-histories.ts'
import { hierarchyFaults, holdingOf, TIMELESS } from './hierarchy.ts'

const SESSIONS = TIMELESS.slice(4)

/** What follows from each condition, as `judge` believes. */
const IMPLIES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  TIMELESS.map((name) => [name, TIMELESS.filter((other) => impliedBy(name).has(other))]),
)

/** For every condition, histories that it allows and all conditions that are named forbid. */
const SEPARATING: readonly (readonly [string, string, readonly string[]])[] = [
  ['causal-memory', '0: w x 1; 0: r y -; 1: w y 2; 1: r x -', ['sequential']],
  ['causal-convergence', '0: w x 1; 0: r y -; 1: w y 2; 1: r x -', ['sequential']],
  // Two writes seen in opposite orders by two readers.
  [
    'causal-memory',
    '0: w x 1; 1: w x 2; 2: r x 1; 2: r x 2; 3: r x 2; 3: r x 1',
    ['sequential', 'causal-convergence'],
  ],
  [
    'causal-convergence',
    '0: w z 1; 0: w x 2; 0: w y 3; 1: w x 4; 1: r z -; 1: r y 3; 1: r x 4',
    ['sequential', 'causal-memory'],
  ],
  // Two independent writes that flip back and forth for one reader.
  [
    'causal',
    '0: w x 1; 1: w x 2; 2: r x 1; 2: r x 2; 2: r x 1',
    ['causal-memory', 'causal-convergence', 'monotonic-reads'],
  ],
  ...TIMELESS.filter((name) => SESSIONS.includes(name)).map(
    (name) =>
      [
        name,
        // What was written three hops away is not seen.
        '0: w x 1; 0: w y 2; 1: r y 2; 1: w z 3; 2: r z 3; 2: r x -',
        ['causal'],
      ] as const,
  ),
]

/** What breaks one session guarantee and none of the other three. */
const ALONE: Readonly<Record<string, string>> = {
  'read-your-writes': '0: w x 1; 0: r x -',
  'monotonic-reads': '0: w x 1; 1: r x 1; 1: r x -',
  'monotonic-writes': '0: w x 1; 0: w y 2; 1: r y 2; 1: r x -',
  'writes-follow-reads': '0: w x 1; 1: r x 1; 1: w y 2; 2: r y 2; 2: r x -',
}

function heldBy(text: string): Set<string> {
  return holdingOf(deeds(text), casRegister)
}

describe('the conditions on reads and writes', () => {
  it('imply each other as documented, on all histories of two clients with two calls each', () => {
    for (const history of allHistories([2, 2])) {
      expect(hierarchyFaults(history, casRegister)).toEqual([])
    }
  })

  it('imply what the documentation says', () => {
    expect(IMPLIES).toEqual({
      sequential: TIMELESS.slice(1),
      'causal-memory': ['causal', ...SESSIONS],
      'causal-convergence': ['causal', ...SESSIONS],
      causal: SESSIONS.filter((name) => name !== 'monotonic-reads'),
      ...Object.fromEntries(SESSIONS.map((name) => [name, []])),
    })
    expect([...impliedBy('linearizable')]).toEqual(expect.arrayContaining(TIMELESS))
  })

  it('are told apart by histories that one allows and the stronger ones forbid', () => {
    for (const [allows, text, forbid] of SEPARATING) {
      const held = heldBy(text)
      expect([text, [...held]]).toEqual([text, expect.arrayContaining([allows])])
      expect([text, forbid.filter((name) => held.has(name))]).toEqual([text, []])
    }
    const known = SEPARATING.map(([allows, text]) => ({ allows, held: heldBy(text) }))
    for (const [strong, weak] of Object.entries(IMPLIES)) {
      for (const name of weak) {
        const separating = known.find(({ allows, held }) => allows === name && !held.has(strong))
        expect([strong, name, separating?.held.has(name)]).toEqual([strong, name, true])
      }
    }
  })

  it('contain four session guarantees of which none follows from the others', () => {
    for (const [name, text] of Object.entries(ALONE)) {
      const held = heldBy(text)
      expect(SESSIONS.filter((session) => !held.has(session))).toEqual([name])
    }
  })

  it('allow what is not linearizable: real time says nothing to them', () => {
    const late = deeds('0: w x 1; 1: r x -')
    expect(isLinearizable(problemOf(late))).toBe(false)
    expect([...holdingOf(late, casRegister)].sort()).toEqual([...TIMELESS].sort())
  })
})
