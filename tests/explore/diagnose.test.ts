/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/restrict-plus-operands,
   @typescript-eslint/no-unnecessary-condition -- machines as written without a compiler */
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/user-error.ts'
import type { AnyModel, Exploration } from '../../src/explore/index.ts'
import { explore, model } from '../../src/explore/index.ts'
import { id, int, mapOf, oneOf, record, setOf } from '../../src/state/index.ts'

const NODE = id('node', 2)

/** A machine with something of its own, as somebody without a compiler may write it. */
function machine(own: Readonly<Record<string, unknown>>): AnyModel {
  const whole = {
    state: {
      count: int(0, 3),
      seen: setOf(int(0, 2)),
      node: mapOf(NODE, record({ mode: oneOf('idle', 'busy') })),
    },
    actions: { up: { when: (s: Open) => s.count < 3, then: (s: Open) => s.count++ } },
    sometimes: { full: (s: Open) => s.count === 3 },
    ends: 'anywhere',
    ...own,
  }
  return model(whole as never) as AnyModel
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a compiler would have refused
type Open = any

async function errorOf(own: Readonly<Record<string, unknown>>): Promise<string> {
  const error = await explore(machine(own), { name: 'wrong' }).then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).text
}

const action = (step: Readonly<Record<string, unknown>>) => ({ actions: { step } })
const nothing = () => undefined

describe('a model that is wrong', () => {
  it('is told of the variable, value and bound of a write, and where that was', async () => {
    const text = await errorOf(
      action({
        for: [NODE, int(1, 2)],
        then: (s: Open, _n: number, by: number) => (s.count += by),
      }),
    )
    const where = "wrong, action 'step', then (node0, 2)"
    expect(text).toBe(`error: ${where}: count: 4 is not a whole number from 0 to 3
  in the state
    count: 2
    seen: {}
    node: {node0: {mode: idle}, node1: {mode: idle}}
  try: widen the layout of the variable, or let \`when\` or \`within\` keep away from there`)
  })

  it('is told of what a later step does, however much is claimed of states before', async () => {
    const wide = { for: [int(0, 30), int(0, 30)], holds: (s: Open) => s.count >= 0 }
    const text = await errorOf({
      invariants: { wide },
      actions: {
        up: { when: (s: Open) => s.count < 3, then: (s: Open) => s.count++ },
        late: {
          when: (s: Open) => s.count === 3,
          then: (s: Open) => (s.count = Number(s.cuont ?? 0)),
        },
      },
    })
    expect(text).toMatch(/^error: wrong, action 'late', then: the state has no 'cuont'/)
  })

  it('is told of what throws in the last of many successors, after many claims', async () => {
    const fine = (s: Open, _: number) => s.count !== 3000 || s.unknown.thing
    const text = await errorOf({
      state: { count: int(0, 3000) },
      actions: { jump: { for: [int(1, 3000)], then: (s: Open, to: number) => (s.count = to) } },
      invariants: { fine: { for: [int(0, 2)], holds: fine } },
      sometimes: { far: (s: Open) => s.count > 0 },
    })
    expect(text).toMatch(/^error: wrong, invariant 'fine' \(0\): the state has no 'unknown'/)
  })

  it.each([
    [
      'a variable that is read',
      { when: (s: Open) => s.coutn < 3, then: nothing },
      'coutn',
      'count',
    ],
    ['a variable that is written', { then: (s: Open) => (s.counts = 1) }, 'counts', 'count'],
    [
      'a field',
      { for: [NODE], when: (s: Open, n: number) => s.node.get(n).mod === 'idle', then: nothing },
      'mod',
      'mode',
    ],
  ])('is told of the misspelt name of %s', async (_, step, name, close) => {
    const text = await errorOf(action(step))
    expect(text).toContain(`has no '${name}'`)
    expect(text).toContain(`did you mean '${close}'?`)
  })

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ['a guard that throws', action({ when: () => fail('boom'), then: nothing }), 'it throws: boom'],
    [
      'a guard that writes',
      action({ when: (s: Open) => (s.count = 1) > 0, then: nothing }),
      "action 'step', when: it changes the state",
    ],
    [
      'a guard without an answer',
      action({ when: nothing, then: nothing }),
      'neither true nor false',
    ],
    [
      'a method that there is none',
      action({ then: (s: Open) => s.seen.push(1) }),
      'not a function',
    ],
    ['no effect', action({ when: () => true }), 'it has no effect'],
    ['no actions', { actions: {} }, 'it has no actions'],
    ['no claim', { sometimes: undefined }, 'it claims nothing that must be reached'],
    ['a range that is none', action({ for: [3], then: nothing }), 'range 1 of its `for` is none'],
    ['a range that gives none', action({ for: [() => 3], then: nothing }), 'not iterable'],
    [
      'a range of an unknown name',
      action({ for: ['sen'], then: nothing }),
      "names a variable 'sen', which there is none\n  try: did you mean 'seen'?",
    ],
    ['a `for` that is no list', action({ for: NODE, then: nothing }), 'its `for` is no list'],
    [
      'fairness of an unknown action',
      { fairness: [{ strength: 'weak', actions: ['upp'], each: false }] },
      "an action 'upp', which there is none\n  try: did you mean 'up'?",
    ],
    [
      'an invariant that throws',
      { invariants: { fine: (s: Open) => s.node.get(7).mode === 'idle' } },
      "invariant 'fine'",
    ],
    [
      'an invariant that writes',
      { invariants: { fine: (s: Open) => (s.count = 1) > 0 } },
      "invariant 'fine': it changes the state",
    ],
    [
      'an initial state that throws',
      { init: () => fail('early') },
      "init 'init', then: it throws: early",
    ],
  ])('is told of %s', async (_, own, text) => {
    expect(await errorOf(own)).toContain(text)
  })

  it('is told of an effect that does not only depend on the state', async () => {
    let calls = 0
    const text = await errorOf(action({ then: (s: Open) => (s.count = calls++ % 4) }))
    const told = "action 'step', then: it does not do the same when it is done again"
    expect(text).toContain(told)
    // Where a state takes several words, one of them is enough.
    const long = { state: { count: int(0, 3), high: int(0, 2 ** 30), low: int(0, 2 ** 30) } }
    const then = (s: Open) => (s.high = calls++)
    expect(await errorOf({ ...long, ...action({ then }) })).toContain(told)
  })

  it('is told of errors far from the start, with the state', async () => {
    const far = machine({
      state: { count: int(0, 9999) },
      actions: { up: { then: (s: Open) => s.count++ } },
      sometimes: { far: (s: Open) => s.count > 9000 },
    })
    const found = explore(far, { name: 'far' })
    await expect(found).rejects.toThrow('10000 is not a whole number from 0 to 9999')
    await expect(found).rejects.toThrow('count: 9999')
  })

  it('is told of what is false already where an error comes after that', async () => {
    const invariants = { 'stays small': (s: Open) => s.count < 2 }
    const found: Exploration = await explore(
      machine({ invariants, ...action({ then: (s: Open) => s.count++ }) }),
    )
    expect(found.violations[0]?.name).toBe('stays small')
  })
})

function fail(message: string): never {
  throw new Error(message)
}
