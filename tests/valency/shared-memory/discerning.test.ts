import { describe, expect, it } from 'vitest'

import { counter } from '../../../impls/flp/shared-memory/objects/registers.ts'
import { seeded } from '../../../src/core/random.ts'
import type { ObjectType } from '../../../src/node/index.ts'
import { criticalSteps } from '../../../src/valency/shared-memory/critical-steps.ts'
import { consensusNumber, discerning } from '../../../src/valency/shared-memory/discerning.ts'
import { operationTrees } from '../../../src/valency/shared-memory/operation-trees.ts'
import { readability, withRead } from '../../../src/valency/shared-memory/readable.ts'
import { sharedConsensus } from '../../../src/valency/shared-memory/shared-consensus.ts'
import { typeFinding } from '../../../src/valency/shared-memory/type-finding.ts'
import { typeTable } from '../../../src/valency/shared-memory/type-table.ts'
import { objectTypes } from '../../../suites/object-types.ts'
import { cases } from '../../explore/cases.ts'
import { randomType } from './random-protocol.ts'
import { isDiscerning, isWitness, teamProtocol } from './type-twin.ts'

const drawn = (seed: number): ObjectType => {
  const random = seeded(seed)
  const shape = { states: random.int(2, 4), operations: random.int(1, 2), responses: 2 }
  return randomType(random, { ...shape, readable: true })
}

/** All members of a team propose the same. */
const teamInputs = (teams: readonly number[]) =>
  [
    [0, 1],
    [1, 0],
    [0, 0],
  ].map((values) => teams.map((team) => values[team] ?? 0))

describe('whether a type tells which team was first', () => {
  it('is as the definition says, on random types', () => {
    const count = { yes: 0, no: 0, unknown: 0 }
    for (let seed = 1; seed <= cases(250); seed++) {
      const table = typeTable(drawn(seed))
      const processes = seed % 4 === 0 ? 3 : 2
      const answer = discerning(table, processes)
      count[answer.outcome]++
      expect([seed, answer.outcome]).toEqual([seed, isDiscerning(table, processes) ? 'yes' : 'no'])
      if (answer.outcome === 'yes') expect(isWitness(table, answer.witness)).toBe(true)
    }
    expect(count.unknown).toBe(0)
    expect(Math.min(count.yes, count.no), JSON.stringify(count)).toBeGreaterThan(30)
  })

  it('lets two teams agree, in every interleaving, where the answer is yes', () => {
    let agreed = 0
    const types = [
      ...Array.from({ length: cases(40) }, (_, seed) => drawn(seed + 1)),
      ...objectTypes.map(({ type }) => type(3)),
    ]
    for (const type of types) {
      const whole = typeTable(type)
      const table = readability(whole).readable ? whole : typeTable(withRead(type))
      const readable = readability(table)
      if (!readable.readable) throw new Error('it has a read')
      for (const processes of [2, 3]) {
        const answer = discerning(table, processes)
        if (answer.outcome !== 'yes') continue
        const read = table.operations[readable.operation] ?? ['']
        const protocol = teamProtocol(table, read, answer.witness)
        const inputs = teamInputs(answer.witness.teams)
        expect(sharedConsensus(protocol, { processes, inputs })).toMatchObject({ outcome: 'pass' })
        agreed++
      }
    }
    expect(agreed).toBeGreaterThan(50)
  })

  it('is never so for more than the interference of steps allows', () => {
    const bounds = { 1: 0, 2: 0, none: 0 }
    for (let seed = 1; seed <= cases(600); seed++) {
      const table = typeTable(drawn(seed))
      const { atMost } = criticalSteps(table)
      bounds[atMost ?? 'none']++
      if (atMost !== undefined) expect(discerning(table, atMost + 1).outcome).toBe('no')
    }
    expect(Math.min(...Object.values(bounds)), JSON.stringify(bounds)).toBeGreaterThan(10)
  })

  it('is so wherever two protocols of one or two steps separate the values', () => {
    const count = { separated: 0, not: 0, only: 0 }
    for (let seed = 1; seed <= cases(120); seed++) {
      const table = typeTable(drawn(seed))
      const discerns = discerning(table, 2).outcome === 'yes'
      const separates = table.states.some((_, state) =>
        [1, 2].some((steps) => {
          // Two accesses of one object are enough where it can be read, but not without registers.
          const found = operationTrees(table, { processes: 2, steps, state })
          return found.separating > 0
        }),
      )
      if (separates) expect([seed, discerns]).toEqual([seed, true])
      count[separates ? 'separated' : discerns ? 'only' : 'not']++
    }
    expect(Math.min(count.separated, count.not), JSON.stringify(count)).toBeGreaterThan(20)
  })

  it('is asked for ever more processes until the answer is no', () => {
    const found = consensusNumber(typeTable(drawn(1)), 4)
    expect(found.answers.map(({ processes }) => processes)).toEqual(
      found.answers.map((_, at) => at + 2),
    )
    expect(() => discerning(typeTable(counter()), 1)).toThrow('from 2 to 7 processes, not 1')
    expect(() => discerning(typeTable(counter()), 8)).toThrow('from 2 to 7 processes, not 8')
  })

  it('is unknown when a budget is used up, or where there are too many states', () => {
    const table = typeTable(withRead(counter(8)))
    expect(discerning(table, 2, { steps: 20 })).toMatchObject({
      outcome: 'unknown',
      bound: { bound: 'steps', covered: '6 choices of a state and operations for 2 processes' },
    })
    const counting: ObjectType = {
      name: 'counter without end',
      about: '',
      initial: [0],
      operations: [['increment'], ['read']],
      apply: (state, [name]) =>
        name === 'read' ? { state, response: state } : { state: Number(state) + 1, response: null },
    }
    const endless = typeTable(counting, 50)
    expect(endless).toMatchObject({ complete: false })
    expect(endless.states).toHaveLength(50)
    expect(discerning(endless, 2)).toMatchObject({
      outcome: 'unknown',
      bound: {
        bound: 'method',
        covered: expect.stringContaining('among the first 50 states') as string,
      },
    })
    expect(typeFinding(counting, 2).atMost).toBeUndefined()
  })

  it('is known of what can be read although there is no end of states', () => {
    const ticket: ObjectType = {
      name: 'tickets without end',
      about: '',
      initial: [0],
      operations: [['take'], ['read']],
      apply: (state, [name]) => ({
        state: name === 'read' ? state : Number(state) + 1,
        response: state,
      }),
    }
    const { number } = typeFinding(ticket, 3)
    expect(number?.answers[0]?.answer.outcome).toBe('yes')
    expect(number).toMatchObject({ atLeast: 2, exact: false })
  })
})

describe('what the criterion is not about', () => {
  it('is a type that no operation reads as a whole', () => {
    const names = objectTypes.filter(({ type }) => !readability(typeTable(type(3))).readable)
    expect(names.map(({ name }) => name)).toEqual([
      ...['test-and-set', 'swap', 'fetch-and-add', 'fetch-and-add-3', 'fetch-and-or'],
      ...['queue', 'stack', 'peekable-queue', 'load-linked'],
    ])
    for (const { type } of names) {
      const table = typeTable(type(3))
      const found = readability(table)
      if (found.readable) throw new Error('it is not')
      expect(found.because).toBe('not readable')
      expect(found.evidence).toHaveLength(table.operations.length)
      for (const { operation, states } of found.evidence) {
        const at = (state = 0): number => state * table.operations.length + operation
        const [one, other] = states
        if (other === undefined) expect(table.next[at(one)]).not.toBe(one)
        else expect(table.response[at(one)]).toBe(table.response[at(other)])
      }
      expect(typeFinding(type(3), 2).number).toBeUndefined()
    }
  })

  it('is a type with two outcomes of one operation', () => {
    const coin: ObjectType = {
      name: 'coin',
      about: '',
      initial: [0],
      operations: [['read'], ['toss']],
      apply: (state, [name]) =>
        name === 'read'
          ? { state, response: state }
          : [0, 1].map((side) => ({ state: side, response: side })),
    }
    const finding = typeFinding(coin, 3)
    expect(finding.readability).toMatchObject({ readable: false, because: 'not deterministic' })
    expect(finding).toMatchObject({ number: undefined, withRead: undefined, atMost: undefined })
    // The same outcome twice is one.
    const sure = { ...coin, apply: () => [0, 0].map((side) => ({ state: side, response: side })) }
    expect(typeTable(sure).nondeterministic).toBeUndefined()
  })

  it('is nothing at all', () => {
    const none: ObjectType = {
      name: 'none',
      about: '',
      initial: [],
      operations: [],
      apply: () => [],
    }
    expect(() => typeTable(none)).toThrow('the type has no initial states')
    expect(() => typeTable({ ...none, initial: [0] })).toThrow('the type has no operations')
    const deaf: ObjectType = { ...none, initial: [0], operations: [['read']] }
    expect(() => typeTable(deaf)).toThrow('the object does not say what read does')
  })
})
