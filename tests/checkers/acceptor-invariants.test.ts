import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { chosenIsKept } from '../../checkers/invariants/chosen-is-kept.ts'
import { completePrimary } from '../../checkers/invariants/complete-primary.ts'
import { oneValueABallot } from '../../checkers/invariants/one-value-a-ballot.ts'
import { seeded } from '../../src/core/random.ts'

const nodes = ['n1', 'n2', 'n3']
const is = (ballot: number, value: unknown) => ({ ballot, value })

describe('what acceptors show', () => {
  it('is one value in each ballot, and instances have ballots of their own', () => {
    const found = (...views: unknown[]) => oneValueABallot.violated(shown(views), nodes)
    expect(found(is(4, 'a'), null, is(4, 'a'))).toBeUndefined()
    expect(found(is(4, 'a'), is(5, 'b'))).toBeUndefined()
    expect(found(undefined, is(4, 'a'), is(4, 'b'))).toBe(
      'in ballot 4 n2 has accepted "a" and n3 "b"',
    )
    expect(found({ x: is(4, 'a') }, { y: is(4, 'b') })).toBeUndefined()
    expect(found({ x: is(4, 'a') }, { x: is(4, 'b') })).toBe(
      'in ballot 4 of instance x n1 has accepted "a" and n2 "b"',
    )
  })

  it('keeps in greater ballots what a majority has accepted', () => {
    const found = (...views: unknown[]) => chosenIsKept.violated(shown(views), nodes)
    expect(found(is(4, 'a'), is(4, 'a'), is(5, 'a'))).toBeUndefined()
    expect(found(is(4, 'a'), is(4, 'a'), is(3, 'b'))).toBeUndefined()
    expect(found(is(4, 'a'), null, is(5, 'b'))).toBeUndefined()
    expect(found(is(4, 'a'), is(5, 'b'), is(4, 'a'))).toBe(
      'n1 and n3 have accepted "a" in ballot 4, and n2 has accepted "b" in ballot 5',
    )
    expect(found({ x: is(4, 1) }, { y: is(5, 2) }, { x: is(4, 1) })).toBeUndefined()
  })

  it('is wrong where a comparison of all with all finds it wrong', () => {
    const acceptance = fc.option(
      fc.record({ ballot: fc.integer({ min: 1, max: 3 }), value: fc.constantFrom('a', 'b', [1]) }),
    )
    const outcomes = { right: 0, twice: 0, lost: 0 }
    fc.assert(
      fc.property(fc.array(acceptance, { minLength: 3, maxLength: 3 }), (accepted) => {
        const all = accepted.flatMap((one) => (one === null ? [] : [one]))
        const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
        const twice = all.some((one) =>
          all.some((other) => one.ballot === other.ballot && !same(one.value, other.value)),
        )
        const lost = all.some(
          (one) =>
            all.filter((other) => same(other, one)).length >= 2 &&
            all.some((other) => other.ballot > one.ballot && !same(one.value, other.value)),
        )
        expect(oneValueABallot.violated(shown(accepted), nodes) !== undefined).toBe(twice)
        expect(chosenIsKept.violated(shown(accepted), nodes) !== undefined).toBe(lost)
        outcomes.right += twice || lost ? 0 : 1
        outcomes.twice += twice ? 1 : 0
        outcomes.lost += lost ? 1 : 0
      }),
      { numRuns: 2000, seed: 3 },
    )
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(50)
  })
})

describe('a primary', () => {
  const primary = (term: number, ...log: string[]) => ({ role: 'leader', term, log, delivered: [] })
  const backup = (term: number, ...delivered: string[]) => {
    return { role: 'follower', term, log: delivered, delivered }
  }
  const found = (...views: Readonly<Record<string, unknown>>[]) =>
    completePrimary.violated(views, nodes)

  it('has whatever was executed in its view and before', () => {
    expect(found(primary(2, 'a', 'b'), backup(2, 'a', 'b'), backup(1, 'a'))).toBeUndefined()
    expect(found(backup(1, 'a', 'b'), primary(2, 'a'))).toBe(
      'n2 leads view 2 without "b", which n1 has executed as number 2',
    )
    expect(found(primary(2, 'a', 'c'), backup(2, 'a', 'b'))).toContain('without "b"')
  })

  it('need not know what is executed in later views, and others need nothing', () => {
    expect(found(primary(1, 'a'), backup(2, 'a', 'b'))).toBeUndefined()
    expect(found(backup(2), backup(1, 'a'))).toBeUndefined()
  })
})

describe('who is told which node has changed', () => {
  it('finds what is wrong at the same moment as who compares all with all', async () => {
    const { raftEntries } = await import('../../suites/protocols/raft.ts')
    const five = raftEntries.flatMap(({ invariants }) => invariants)
    const all = [...new Set([...five, oneValueABallot, chosenIsKept, completePrimary])]
    for (const invariant of all) {
      let broken = 0
      const differ: number[] = []
      for (let seed = 1; seed <= 150; seed++) {
        const random = seeded(seed)
        const views: (Record<string, unknown> | undefined)[] = [undefined, undefined, undefined]
        for (let step = 0; step < 12; step++) {
          const node = random.int(0, 2)
          const log = drawnLog(random)
          const term = random.int(1, 3)
          views[node] = {
            term,
            led: random.int(0, 2),
            role: random.pick(['leader', 'follower', 'follower', 'follower']),
            base: 0,
            commit: random.int(0, random.int(0, log.length)),
            log,
            delivered: log.slice(0, 1),
            accepted: is(term, random.int(1, 2)),
          }
          const [fully, quickly] = [undefined, node].map((changed) =>
            invariant.violated(views, nodes, changed),
          )
          if ((quickly === undefined) !== (fully === undefined)) differ.push(seed)
          if (fully === undefined) continue
          broken++
          break
        }
      }
      expect(differ, invariant.name).toEqual([])
      expect(broken, invariant.name).toBeGreaterThan(10)
    }
  })
})

/** Terms rise, and mostly an entry is the one that others have there too. */
function drawnLog(random: ReturnType<typeof seeded>) {
  let term = 1
  return Array.from({ length: random.int(0, 4) }, (_, at) => {
    term += random.chance(1, 3) ? 1 : 0
    return { term, value: random.chance(1, 12) ? 'x' : `${term} ${at}` }
  })
}

function shown(accepted: readonly unknown[]) {
  return accepted.map((one) => (one === undefined ? undefined : { accepted: one }))
}
