import { describe, expect, it, vi } from 'vitest'

import {
  bagOf,
  bool,
  id,
  int,
  mapOf,
  oneOf,
  record,
  seqOf,
  setOf,
  stateType,
  tuple,
  union,
} from '../../src/state/index.ts'
import { compareAt } from './compare-places.ts'

const CASES = 100

const RM = id('rm', 3)
const variables = {
  tm: oneOf('init', 'done'),
  rm: mapOf(RM, int(0, 3)),
  node: mapOf(RM, record({ value: bool(), log: seqOf(int(0, 9), 2) })),
  msgs: setOf(union({ prepared: { rm: RM }, commit: {} })),
  sent: bagOf(tuple(RM, bool()), 2),
  far: mapOf(tuple(int(0, 99), int(0, 99)), int(0, 3)),
}

describe('places of states', () => {
  it('do the same by generated code, by closures and in plain collections', () => {
    for (let seed = 0; seed < CASES; seed++) compareAt(seed)
  })
})

describe.each([
  ['generated', true],
  ['made of closures', false],
] as const)('a state %s', (_, generated) => {
  const type = stateType(variables, { generated })
  const fresh = () => type.workspace().state
  const error = (act: (state: ReturnType<typeof fresh>) => void) => () => act(fresh())

  it('starts with the first value of each variable', () => {
    expect(type.snapshot(fresh())).toEqual({
      tm: 'init',
      rm: new Map([0, 1, 2].map((r) => [r, 0])),
      node: new Map([0, 1, 2].map((r) => [r, { value: false, log: [] }])),
      msgs: new Set(),
      sent: new Map(),
      far: new Map(),
    })
  })

  it('tells variable, value and bound of what is written outside of a bound', () => {
    expect(error((s) => (s.tm = 'nope' as 'init'))).toThrow(
      "tm: 'nope' is not one of 'init', 'done'",
    )
    expect(error((s) => s.rm.set(1, 4))).toThrow('rm[rm1]: 4 is not a whole number from 0 to 3')
    expect(error((s) => s.rm.set(1, NaN))).toThrow('rm[rm1]: NaN is not')
    expect(error((s) => s.rm.set(0.5, 1))).toThrow('rm: key 0.5 is not a number of a rm, 0 to 2')
    expect(error((s) => s.rm.get(3))).toThrow('rm: key 3 is not a number of a rm, 0 to 2')
    expect(error((s) => (s.node.get(2).value = 1 as never))).toThrow(
      'node[rm2].value: 1 is not true or false',
    )
    expect(error((s) => s.node.get(0).log.push(10))).toThrow('node[rm0].log[0]: 10 is not')
    expect(error((s) => s.node.set(0, { value: true } as never))).toThrow(
      'node[rm0].log: undefined is not a sequence of at most 2',
    )
    expect(error((s) => s.msgs.add({ type: 'prepared', rm: 7 }))).toThrow(
      'msgs.rm: 7 is not a number of a rm, 0 to 2',
    )
    expect(error((s) => s.msgs.has({ type: 'abort' } as never))).toThrow(
      "msgs: { type: 'abort' } is not a union of the types prepared, commit",
    )
    expect(error((s) => s.far.set([1, 100], 0))).toThrow('far: key[1]: 100 is not')
    expect(error((s) => s.far.set([1, 1], 9))).toThrow('far[(1, 1)]: 9 is not')
  })

  it('tells when a sequence is full or too short, and when a bag has too many or none', () => {
    expect(error((s) => s.node.get(1).log.assign([1, 2, 3]))).toThrow(
      'node[rm1].log: a sequence of at most 2 is full',
    )
    expect(error((s) => s.node.get(1).log.last())).toThrow(
      'node[rm1].log: there is no position -1 in a sequence of length 0',
    )
    expect(error((s) => [1, 2, 3].forEach(() => s.sent.add([1, true])))).toThrow(
      'sent: (rm1, true) is there 2 times already',
    )
    expect(error((s) => s.sent.remove([0, false]))).toThrow('sent: (rm0, false) is not there')
  })

  it('has no room for variables that were not declared', () => {
    expect(error((s) => ((s as unknown as Record<string, unknown>)['tn'] = 1))).toThrow(TypeError)
  })

  it('takes a whole record, map or set at once, also from another place', () => {
    const state = fresh()
    state.rm.set(2, 3)
    const other = fresh()
    other.rm.assign(state.rm)
    expect(other.rm.value()).toEqual(new Map([0, 0, 3].map((value, r) => [r, value])))
    other.node.set(1, { value: true, log: [4] })
    expect(other.node.get(1).log.last()).toBe(4)
    expect(other.node.get(0).log.length).toBe(0)
  })

  it('walks over what was there at the start', () => {
    const state = fresh()
    state.msgs.assign([{ type: 'commit' }, { type: 'prepared', rm: 1 }])
    for (const message of state.msgs) {
      state.msgs.delete(message)
      state.msgs.add({ type: 'prepared', rm: 2 })
    }
    expect(state.msgs.value()).toEqual(new Set([{ type: 'prepared', rm: 2 }]))
  })

  it('goes through members in the order of their layout, whoever came first', () => {
    const given = [69, 3, 40, 1, 33, 2]
    const inOrder = [1, 2, 3, 33, 40, 69]
    const { state } = stateType(
      { set: setOf(int(0, 69)), bag: bagOf(int(0, 69), 3), far: mapOf(int(0, 9999), int(0, 3)) },
      { generated },
    ).workspace()
    for (const one of given) {
      state.set.add(one)
      state.bag.add(one, 2)
      state.far.set(one, 1)
    }
    expect([...state.set]).toEqual(inOrder)
    expect([...state.bag]).toEqual(inOrder)
    expect(state.far.keys).toEqual(inOrder)
    expect([...state.set.value()]).toEqual(inOrder)
  })

  it('gives out the same object for the same value', () => {
    const state = fresh()
    state.msgs.add({ type: 'prepared', rm: 1 })
    expect([...state.msgs][0]).toBe([...state.msgs][0])
    expect(Object.isFrozen([...state.msgs][0])).toBe(true)
  })

  it('takes no map with more or fewer keys', () => {
    const keys = (many: number) => new Map(Array.from({ length: many }, (_, key) => [key, 0]))
    expect(error((s) => s.rm.assign(keys(4)))).toThrow('rm: key 3 is not a number of a rm, 0 to 2')
    expect(error((s) => s.rm.assign(keys(2)))).toThrow('rm[rm2]: undefined is not a whole number')
  })

  it('counts the members of large sets', () => {
    const all = Array.from({ length: 70 }, (_, n) => n)
    const { state } = stateType({ all: setOf(int(0, 69)) }, { generated }).workspace()
    state.all.assign(all)
    expect([state.all.size, [...state.all].length]).toEqual([70, 70])
    state.all.delete(69)
    expect(state.all.size).toBe(69)
  })

  it('copies', () => {
    const [one, other] = [type.workspace(), type.workspace()]
    one.state.node.get(1).log.push(3)
    other.state.rm.fill(2)
    type.copy(one.slots, other.slots)
    expect(type.snapshot(other.state)).toEqual(type.snapshot(one.state))
  })
})

describe('a program that may not generate code', () => {
  it('gets states made of closures', async () => {
    vi.resetModules()
    vi.stubGlobal('Function', () => {
      throw new EvalError('Code generation from strings disallowed for this context')
    })
    try {
      const again = await import('../../src/state/index.ts')
      const { state } = again.stateType({ x: again.int(0, 3) }).workspace()
      state.x = 2
      expect(state.x).toBe(2)
      expect(Object.getPrototypeOf(state)).toBe(Object.prototype)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
