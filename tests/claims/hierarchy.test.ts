import { describe, expect, it } from 'vitest'

import { byzantineGenerals, generalsAre } from '../../suites/claims/byzantine.ts'
import { generalsRuns, majority, obey, retreat } from '../../suites/claims/generals.ts'
import { neverSeen, seen, sharedMemoryHierarchy } from '../../suites/claims/hierarchy.ts'
import { fails, holds } from '../../suites/claims/model-questions.ts'
import { objectTypes } from '../../suites/object-types.ts'
import { multiMaster } from '../../specs/replication/multi-master.ts'
import { attackAlgorithm } from '../../src/valency/rounds/algorithms/attack.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(sharedMemoryHierarchy)

answersItsQuestions(byzantineGenerals, ['SM(2) of four generals with two traitors is right'])

const typeNamed = (name: string) => {
  const found = objectTypes.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no type called ${name}`)
  return found.type(2)
}

describe('what two operations show of their order', () => {
  it('is more with compare-and-set than with registers', async () => {
    const [cas, register] = ['compare-and-set', 'register'].map(typeNamed)
    if (cas === undefined || register === undefined) throw new Error('both are known')
    expect((await neverSeen('cell', cas).find({})).outcome).toBe('fail')
    expect((await seen('cell', cas).find({})).outcome).toBe('pass')
    expect((await seen('cell', register).find({})).outcome).toBe('fail')
  })
})

describe('generals with one traitor', () => {
  it.each([3, 4, 5])('are as many runs as others count, and as many wrong: %i', (processes) => {
    const { runs, disagreements, disobediences } = generalsRuns(processes, majority, 'anything')
    const about = { algorithm: 'oral-messages', traitors: 1, relays: 1 } as const
    const { cases } = attackAlgorithm({ ...about, processes })
    // Lieutenants are alike, so there one stands for all of them.
    const sum = (of: (each: (typeof cases)[number]) => bigint): number =>
      cases.reduce(
        (total, each) => total + Number(of(each)) * (each.traitors.includes(0) ? 1 : processes - 1),
        0,
      )
    // There a traitor is given one of two orders, which changes nothing.
    expect(sum((each) => each.runs) - runs).toBe(2 ** (processes - 1))
    expect(disobediences).toBe(sum((each) => each.invalid))
    expect(disagreements > 0).toBe(sum((each) => each.disagreements) > 0)
  })

  it('are wrong where the rule is', async () => {
    const isRight = ({ disagreements = 0, disobediences = 0 }) =>
      disagreements + disobediences === 0
    for (const rule of [obey, retreat]) {
      const wrong = generalsAre('it is right', { generals: 4, rule, treason: 'anything' }, isRight)
      expect((await wrong.find({})).outcome).toBe('fail')
    }
    const three = { generals: 3, rule: majority, treason: 'anything' } as const
    expect((await generalsAre('it is right', three, isRight).find({})).outcome).toBe('fail')
  })

  it('lie to all alike in fewer ways', () => {
    const [alike, any] = (['the same to all', 'anything'] as const).map((treason) =>
      generalsRuns(4, obey, treason),
    )
    expect(alike?.runs).toBeLessThan(any?.runs ?? 0)
    expect(alike?.disagreements).toBe(0)
    expect(any?.disagreements).toBe(6)
  })
})

describe('questions about models', () => {
  const SAME = 'when nothing is under way all hold the same'

  it('tell one that holds from one that does not', async () => {
    const right = () => multiMaster.make()
    const wrong = () => multiMaster.make({}, 'arrival-order')
    expect((await holds('it holds', right).find({ seconds: 10 })).outcome).toBe('pass')
    expect((await fails('it fails', SAME, right).find({ seconds: 10 })).outcome).toBe('fail')
    const found = await fails('it fails', SAME, wrong).find({ seconds: 10 })
    expect(found.outcome).toBe('pass')
    expect(found.shown?.at(-1)).toContain(SAME)
    expect((await holds('it holds', wrong).find({ seconds: 10 })).outcome).toBe('fail')
  })

  it('do not take another claim for the one that is asked for', async () => {
    const other = fails('it fails', 'no claim of it', () => multiMaster.make({}, 'arrival-order'))
    expect((await other.find({ seconds: 10 })).outcome).toBe('fail')
  })
})
