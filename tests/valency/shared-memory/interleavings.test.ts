import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import type { ObjectType, SharedProgram, SharedProtocol } from '../../../src/node/index.ts'
import { sharedMemory } from '../../../src/node/index.ts'
import { sharedConsensus } from '../../../src/valency/shared-memory/shared-consensus.ts'
import { sharedProtocols } from '../../../impls/flp/shared-memory/index.ts'
import { cases } from '../../explore/cases.ts'
import { randomAttempt, randomProtocol } from './random-protocol.ts'
import { faultInTrace, plainConsensus } from './shared-twin.ts'

const CLAIMS = { agreement: 'agreement', validity: 'validity', 'wait-freedom': 'waitFree' } as const

function compare(protocol: SharedProtocol, processes: number) {
  const found = sharedConsensus(protocol, { processes })
  const plain = plainConsensus(protocol, processes)
  const word = (holds: boolean): string => (holds ? 'holds' : 'violated')
  expect(found).toMatchObject({
    configurations: plain.configurations,
    agreement: word(plain.agreement),
    validity: word(plain.validity),
    waitFree: word(plain.waitFree),
    steps: plain.steps,
    bivalentInitial: plain.bivalentInitial,
  })
  expect(found.critical.configurations).toBe(plain.critical)
  expect(found.outcome).toBe(found.violations.length === 0 ? 'pass' : 'fail')
  for (const { claim, trace } of found.violations) {
    expect(found[CLAIMS[claim]]).toBe('violated')
    expect(faultInTrace(protocol, processes, trace)).toBeUndefined()
    if (claim === 'wait-freedom') expect(trace.loop).toBeLessThan(trace.steps.length)
    else expect(trace.steps).toHaveLength(plain.depths[claim] ?? NaN)
    if (claim === 'agreement')
      expect(new Set(trace.decided.filter((each) => each !== undefined)).size).toBeGreaterThan(1)
    if (claim === 'validity')
      expect(trace.decided.some((each) => each !== undefined && !trace.inputs.includes(each))).toBe(
        true,
      )
  }
  return found
}

describe('all interleavings of processes that share objects', () => {
  it('are what a plain search of plain objects finds, on random protocols', () => {
    const count = { agreement: [0, 0], validity: [0, 0], waitFree: [0, 0], critical: [0, 0] }
    for (let seed = 1; seed <= cases(160); seed++) {
      const random = seeded(seed)
      const processes = seed % 10 < 2 ? 3 : 2
      const draw = seed % 2 === 0 ? randomProtocol : randomAttempt
      const found = compare(draw(random, processes), processes)
      for (const claim of ['agreement', 'validity', 'waitFree'] as const)
        count[claim][found[claim] === 'holds' ? 0 : 1]!++
      count.critical[found.critical.configurations > 0 ? 0 : 1]!++
    }
    for (const [holds = 0, broken = 0] of Object.values(count))
      expect(Math.min(holds, broken), JSON.stringify(count)).toBeGreaterThan(10)
  })

  it.each(
    sharedProtocols
      .filter(({ name }) => !name.startsWith('assignment-'))
      .map((protocol) => [protocol.name, protocol] as const),
  )('are so for %s with two processes, and with each of its bugs', (_, protocol) => {
    compare(protocol, 2)
    for (const mutant of Object.keys(protocol.mutants)) {
      compare({ ...protocol, make: (processes) => protocol.make(processes, mutant) }, 2)
    }
  })

  it('are unknown when a bound is hit, and a violation found before stays one', () => {
    const [registers, ...others] = sharedProtocols
    const peeking = others.find(({ name }) => name === 'peekable-queue')!
    const few = sharedConsensus(peeking, { processes: 3, budget: { states: 20 } })
    expect(few).toMatchObject({ outcome: 'unknown', agreement: 'unknown', steps: null })
    expect(few.bound).toMatchObject({ limit: 20 })
    expect(few.bound?.covered).toBe('0 of 8 choices of inputs complete, 20 configurations')
    const late = sharedConsensus(registers!, {
      processes: 2,
      inputs: [
        [0, 1],
        [1, 1],
      ],
      budget: { states: 9 },
    })
    expect(late).toMatchObject({ outcome: 'unknown' })
    const broken = sharedConsensus(registers!, {
      processes: 2,
      inputs: [
        [0, 1],
        [1, 1],
      ],
      budget: { states: 11 },
    })
    expect(broken).toMatchObject({ outcome: 'fail', agreement: 'violated', validity: 'holds' })
    const slow = sharedConsensus(peeking, { processes: 5, budget: { seconds: 1e-9 } })
    expect(slow).toMatchObject({ outcome: 'unknown', bound: { bound: 'time' } })
  })
})

const bit: ObjectType = {
  name: 'bit',
  about: '',
  initial: [0],
  operations: [['read']],
  apply: (state) => ({ state, response: state }),
}

function program(changes: Partial<SharedProgram<string>>): SharedProtocol {
  return sharedMemory<string>('mine', { about: '' }, () => ({
    objects: { bit: { type: bit, initial: 0 } },
    start: () => 'begun',
    next: (local) =>
      local === 'begun' ? { object: 'bit', operation: ['read'] } : { decide: local },
    after: () => 'done',
    ...changes,
  }))
}

const told = (protocol: SharedProtocol, processes = 2): unknown => {
  try {
    sharedConsensus(protocol, { processes })
  } catch (error) {
    return error
  }
  return undefined
}

describe('a program that is none', () => {
  it('is refused where one step comes out in two ways', () => {
    let calls = 0
    expect(told(program({ after: () => `done ${calls++}` }))).toMatchObject({
      message: 'one step comes out in two ways: "done 0" and "done 1"',
      where: 'mine, process 0, after bit.read -> 0 in "begun"',
    })
    expect(told(program({ start: () => `begun ${calls++}` }))).toMatchObject({
      where: 'mine, process 0, start(0)',
    })
  })

  it('is refused where an object answers in two ways, or changes what it is given', () => {
    let calls = 0
    const fickle = { ...bit, apply: () => ({ state: 0, response: calls++ }) }
    expect(told(program({ objects: { bit: { type: fickle, initial: 0 } } }))).toMatchObject({
      message: 'the object answers read in one and the same state in two ways',
      where: 'bit, state 0',
    })
    const changing: ObjectType = {
      ...bit,
      apply: (state) => {
        ;(state as unknown as number[]).push(1)
        return { state: [1], response: null }
      },
    }
    expect(told(program({ objects: { bit: { type: changing, initial: [] } } }))).toMatchObject({
      message: expect.stringContaining('changes the state that read is given') as string,
    })
    const silent = { ...bit, apply: () => ({ state: 0 }) as never }
    expect(told(program({ objects: { bit: { type: silent, initial: 0 } } }))).toMatchObject({
      message: 'the object does not say what read does',
    })
    const failing = { ...bit, apply: () => JSON.parse('{') as never }
    expect(told(program({ objects: { bit: { type: failing, initial: 0 } } }))).toMatchObject({
      message: expect.stringContaining('the object fails at read: SyntaxError') as string,
    })
  })

  it('is refused where it fails, answers nothing or names no object', () => {
    expect(told(program({ after: () => JSON.parse('{') as string }))).toMatchObject({
      message: expect.stringMatching(/^the protocol fails: SyntaxError/) as string,
      hint: 'a process must know what to do in every local state it can get into',
    })
    expect(told(program({ after: () => undefined as never }))).toMatchObject({
      message: 'the protocol answers nothing',
    })
    expect(told(program({ next: () => ({ object: 'bot', operation: ['read'] }) }))).toMatchObject({
      message: "there is no object 'bot'",
      hint: 'next returns { object, operation } or { decide }; there is bit',
    })
    expect(told(program({ next: () => ({}) as never }))).toMatchObject({
      message: 'next says neither what to access nor what is decided',
    })
  })

  it('is refused for no process, for too many, and with a bug that it does not have', () => {
    expect(told(program({}), 0)).toMatchObject({ where: '--processes' })
    expect(told(program({}), 17)).toMatchObject({ hint: 'ask for 2 to 16' })
    const assigning = sharedProtocols.find(({ name }) => name === 'assignment')!
    expect(told(assigning, 3)).toMatchObject({
      message: 'assignment cannot be made for 3 processes',
    })
    const asked = () => sharedConsensus(assigning, { processes: 2, mutant: 'none' })
    expect(asked).toThrow("assignment has no bug called 'none'")
  })
})
