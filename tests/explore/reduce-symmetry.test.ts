import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { raftMembership } from '../../specs/log/raft-membership.ts'
import { raft } from '../../specs/log/raft.ts'
import type { UserError } from '../../src/core/user-error.ts'
import type { AnyModel, ModelSystem } from '../../src/explore/index.ts'
import { explore, model, modelSystem } from '../../src/explore/index.ts'
import type { ReducedSystem } from '../../src/explore/reduce/index.ts'
import { symmetric } from '../../src/explore/reduce/index.ts'
import { identitiesOf } from '../../src/explore/reduce/identities.ts'
import { slotsPermuter } from '../../src/explore/reduce/permute-slots.ts'
import type { AnyLayout } from '../../src/state/index.ts'
import {
  among,
  bool,
  id,
  int,
  mapOf,
  oneOf,
  option,
  seqOf,
  setOf,
  tuple,
  value,
} from '../../src/state/index.ts'
import { cases } from './cases.ts'
import { modelOf } from './plain.ts'
import { plainModels } from './random-models.ts'
import { ordersOf } from './reduce-layouts.ts'
import { search, verdictOf } from './reduce-search.ts'

describe('symmetry', () => {
  it('finds as many classes in two-phase commit as the literature counts', () => {
    const counts = [1, 2, 3, 4, 5].map((rm) => {
      const whole = modelSystem('twophase', twoPhaseCommit.make({ rm }))
      const system = symmetric(whole)
      const found = search(system)!
      const stoodFor = Math.round(system.report().factor! * found.distinct)
      return [found.distinct, found.generated, found.depth, stoodFor]
    })
    expect(counts).toEqual([
      [12, 20, 5, 12],
      [34, 94, 8, 56],
      [80, 318, 11, 288],
      [166, 869, 14, 1568],
      [314, 2048, 17, 8832],
    ])
  })

  it('has as many states as there are classes, and the verdicts of the whole machine', () => {
    const seen = { fewer: 0, broken: 0, sound: 0 }
    fc.assert(
      fc.property(plainModels({ symmetric: true }), (plain) => {
        const whole = modelSystem('random', modelOf(plain))
        const all = search(whole, 300)
        if (all === undefined) return
        const system = symmetric(whole, { check: 'all' })
        const found = search(system)!
        expect(verdictOf(found)).toEqual(verdictOf(all))
        expect(found.depth).toBe(all.depth)
        expect(found.distinct).toBe(classesOf(whole))
        for (const path of found.broken.values()) expectBroken(whole, system, path)
        if (found.distinct < all.distinct) seen.fewer++
        if (found.broken.size > 0) seen.broken++
        else seen.sound++
      }),
      { numRuns: cases(150), seed: 3 },
    )
    expect(Math.min(seen.fewer, seen.broken, seen.sound)).toBeGreaterThan(8)
  })

  it('stands for all states of logs whose entries are records', async () => {
    const models = [
      raft.make({ server: 2 }),
      raft.make({ server: 2, value: 2 }),
      raftMembership.make({ term: 2 }),
    ]
    for (const model of models) {
      const all = await explore(model)
      const found = await explore(model, { symmetry: true })
      const [report] = found.reductions!
      expect(found.outcome).toBe(all.outcome)
      expect(found.distinctStates).toBeLessThan(all.distinctStates)
      expect(Math.round(report!.factor! * found.distinctStates)).toBe(all.distinctStates)
    }
  })

  it('tells stories with the names that things have', () => {
    const whole = modelSystem('twophase', twoPhaseCommit.make({ rm: 4 }, 'abort-after-prepare'))
    const system = symmetric(whole)
    const [path] = search(system)!.broken.values()
    const story = system.retrace(path!)
    expect(story).toHaveLength(path!.length)
    const late = story.at(-1)!.state['rm'] as ReadonlyMap<number, string>
    expect([...late.values()]).toContain('aborted')
    expect([...late.values()]).toContain('committed')
    const prepared = story.filter(({ action }) => action === 'rmPrepare')
    expect(new Set(prepared.map(({ parameters }) => parameters[0])).size).toBe(4)
  })

  it('is refused where a model declares none', () => {
    const plain = model({ state: { n: int(0, 1) }, actions: {}, sometimes: {} })
    expect(() => symmetric(modelSystem('plain', plain))).toThrow('declares no symmetry')
  })
})

describe('a false claim of symmetry', () => {
  const Node = id('node', 3)
  const honest = {
    state: { on: mapOf(Node, int(0, 1)), first: option(Node), seen: setOf(Node) },
    actions: {
      start: {
        for: [Node],
        when: (s: Open, n: number) => s.on.get(n) === 0,
        then: (s: Open, n: number) => {
          s.on.set(n, 1)
          s.first ??= n
        },
      },
      stop: {
        for: [Node],
        when: (s: Open, n: number) => s.on.get(n) === 1,
        then: (s: Open, n: number) => {
          s.on.set(n, 0)
          s.seen.add(n)
        },
      },
    },
    invariants: { fine: () => true },
    sometimes: { all: (s: Open) => s.seen.size === 3 },
    ends: 'anywhere' as const,
    symmetry: [Node],
  }
  interface Open {
    on: { get(n: number): number; set(n: number, value: number): void }
    seen: { size: number; has(n: number): boolean; add(n: number): void }
    first: number | null
  }
  const check = (changed: object) => {
    search(symmetric(modelSystem('false', model({ ...honest, ...changed } as never) as AnyModel)))
  }

  it('is not found where there is none', () => {
    check({})
    const { start } = honest.actions
    // It does not matter who starts, only that each step could be anybody's.
    check({ init: (s: Open) => s.on.set(2, 1), actions: { ...honest.actions, start } })
  })

  it.each([
    [
      'a guard that prefers somebody',
      {
        actions: {
          ...honest.actions,
          stop: {
            ...honest.actions.stop,
            when: (s: Open, n: number) => n > 0 && s.on.get(n) === 1,
          },
        },
      },
      "the steps 'stop' are others after exchanging node",
    ],
    [
      'an effect on somebody fixed',
      {
        actions: {
          ...honest.actions,
          stop: { when: (s: Open) => s.on.get(1) === 1, then: (s: Open) => s.on.set(1, 0) },
        },
      },
      "the steps 'stop' are others",
    ],
    [
      'an invariant about somebody',
      { invariants: { 'nobody is second': (s: Open) => s.first !== 1 } },
      "the invariant 'nobody is second' says something else",
    ],
    [
      'a claim about somebody',
      { sometimes: { 'node 2 is seen': (s: Open) => s.seen.has(2) } },
      "the claim 'node 2 is seen' says something else",
    ],
    [
      'an end by somebody',
      { ends: (s: Open) => s.seen.has(0) },
      'where it may end says something else',
    ],
    [
      'a bound on somebody',
      { within: (s: Open) => !s.seen.has(0) },
      'the bound of the search says',
    ],
  ])('is caught in %s', (_, changed, message) => {
    expect(() => {
      check(changed)
    }).toThrow(message)
  })

  it('is told with the place and the state that shows it', () => {
    const changed = { invariants: { 'nobody is second': (s: Open) => s.first !== 1 } }
    try {
      check(changed)
      expect.unreachable()
    } catch (error) {
      expect((error as UserError).text).toMatch(
        /error: false, symmetry: .* after exchanging node\d -> node\d.*\n {2}try: .* on = \{node0/,
      )
    }
  })

  it('is caught where a map of many keys would need an identity for each', () => {
    const many = mapOf(int(0, 100_000), Node)
    const made = { ...honest, state: { ...honest.state, many } }
    expect(() => symmetric(modelSystem('many', model(made as never) as AnyModel))).toThrow(
      'identity as its first value',
    )
  })

  it.each<[string, AnyLayout, string]>([
    ['a value of which nothing is known', value(), 'what a value() holds is not known'],
    ['one in a map', mapOf(Node, option(value())), 'what a value() holds is not known'],
    ['a list of sets', among([new Set([0, 1]), new Set([1, 2])]), 'may be identities'],
    ['a list of records', seqOf(among([{ from: 0, to: 1 }, { from: 2 }]), 2), 'may be identities'],
    ['a list of maps in lists', setOf(among([[new Map([[2, 'a']])]])), 'may be identities'],
    ['keys from a list', mapOf(among([['a', 2]]), bool()), 'may be identities'],
  ])('is refused where identities could hide: %s', (_, hidden, message) => {
    const made = { ...honest, state: { ...honest.state, hidden } }
    const refused = () => symmetric(modelSystem('false', model(made as never) as AnyModel))
    expect(refused).toThrow(message)
    expect(refused).toThrow(
      expect.objectContaining({ where: "false, symmetry, variable 'hidden'" }),
    )
  })

  it('is believed where lists hold no numbers that identities have', () => {
    const lists = { word: oneOf('a', 1, null), pair: among([['a', 3], new Set([-1, 0.5]), {}]) }
    check({ state: { ...honest.state, ...lists } })
  })

  it('is caught where one name is given to kinds of two sizes', () => {
    const made = {
      ...honest,
      state: { ...honest.state, other: tuple(Node, id('node', 4)), word: oneOf('a') },
    }
    expect(() => symmetric(modelSystem('two', model(made as never) as AnyModel))).toThrow(
      'there are 3 and 4 things called node',
    )
  })
})

/**
 * Follows a story by hand, and looks whether it leads to a state in which an invariant is false.
 */
function expectBroken(whole: ModelSystem, system: ReducedSystem, path: readonly Int32Array[]) {
  const story = system.retrace(path)
  let states = ['']
  let last: Int32Array | undefined
  const runner = whole.runner(() => {
    const shown = JSON.stringify(whole.snapshot(runner.out), plainly)
    if (shown === states[0]) last = runner.out.slice()
    return false
  })
  for (const [index, step] of story.entries()) {
    states = [JSON.stringify(step.state, plainly)]
    const from: Int32Array | undefined = last
    last = undefined
    if (index === 0) runner.initial()
    else runner.expand(from!, 0)
    expect(last).toBeDefined()
  }
  runner.load(last!, 0)
  expect(runner.falseInvariant()).toBeGreaterThanOrEqual(0)
}

function plainly(_: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value]
  return value
}

/** Counts classes the slow way: the least of all exchanges stands for a state. */
function classesOf(whole: ModelSystem): number {
  const { type } = whole
  const identities = identitiesOf(whole.model.symmetry as never)
  const permute = slotsPermuter(type.variables, type.plan.universes, identities)
  const orders = ordersOf(identities.count)
  const slots = new Int32Array(type.plan.bits.length)
  const moved = new Int32Array(slots.length)
  const words = new Int32Array(whole.words)
  const classes = new Set<string>()
  const seen = new Set<string>()
  const open: Int32Array[] = []
  const runner = whole.runner(() => {
    const key = runner.out.join()
    if (seen.has(key) || !runner.within()) return false
    seen.add(key)
    open.push(runner.out.slice())
    type.unpack(runner.out, 0, slots)
    const forms = orders.map((to) => {
      identities.to.set(to)
      permute(slots, moved)
      type.pack(moved, words, 0)
      return words.join()
    })
    classes.add(forms.sort()[0]!)
    return true
  })
  runner.initial()
  for (let at = 0; at < open.length; at++) runner.expand(open[at]!, 0)
  return classes.size
}
