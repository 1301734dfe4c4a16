import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { AnyModel, Bounds, Exploration, ExploreOptions } from '../../src/explore/index.ts'
import { explore, model } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import { id, int, mapOf, setOf, value } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { OwnedStates } from '../../src/explore/parallel/owned-states.ts'
import { reserve } from '../../src/explore/parallel/shared-memory.ts'
import { cases } from './cases.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'
import { inTurns } from './parallel-turns.ts'

/** What a result says, whoever found it and however long it took. */
function said({ seconds: _, workers: __, bytes: ___, properties, ...found }: Exploration) {
  return { ...found, properties: properties?.map(({ name, outcome }) => ({ name, outcome })) }
}

type At = Readonly<Record<'left' | 'right', number>>
const isInside = (s: At) => s.left + s.right < 15
const isFull = (s: At) => s.left + s.right === 38

/**
 * Memory for one search. The usual gigabytes cost nothing while nobody writes to them, but many at
 * once are more than the machine has, and then this process could not start another one.
 */
const ROOM = 250_000_000

/** The same search alone and by workers. */
async function bothWays(made: AnyModel, seed: number, asked: ExploreOptions = {}) {
  const options = { ...asked, budget: { bytes: ROOM, ...asked.budget } }
  const random = seeded(seed)
  const alone = await explore(made, options).catch(String)
  const workers = random.int(2, 4)
  const aloneMs = random.pick([0, 0, 1])
  const mail = random.pick([64, 1024])
  const together = await exploreTogether(made, inTurns(made, random), {
    ...options,
    workers,
    aloneMs,
    mail,
  }).catch(String)
  const told = (found: Exploration | string) => (typeof found === 'string' ? found : said(found))
  return { alone: told(alone), together: told(together) }
}

describe('the states of an owner', () => {
  it('are told apart by all words, also where hashes are equal, and while it grows', () => {
    const memory = reserve({ workers: 1, words: 2, actions: 1, claims: 0, bytes: 4000, mail: 6000 })
    const owned = new OwnedStates(memory)
    for (let round = 0; round < 2; round++)
      for (let one = 0; one < 5000; one++) {
        memory.mail.set([one % 3, one], 6 * one)
        owned.reserve(1)
        const cell = owned.add(6 * one, one >> 3)
        expect(cell < 0).toBe(round === 1)
      }
  })
})

describe('workers that search together', () => {
  it('say what one thread says: counts, levels, verdicts, traces, long runs', async () => {
    const outcomes: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(plainModels({ liveness: true }), plainModels(), plainRings()),
        fc.nat(),
        fc.boolean(),
        async (plain, seed, keepGoing) => {
          const budget: Bounds = { states: seed % 2 === 0 ? 3 : 300 }
          const made = modelOf(plain)
          const { alone, together } = await bothWays(made, seed, { keepGoing, budget })
          expect(together).toEqual(alone)
          const outcome = typeof alone === 'string' ? 'error' : alone.outcome
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
        },
      ),
      { numRuns: cases(100), seed: 1 },
    )
    expect(outcomes['pass']).toBeGreaterThan(10)
    expect(outcomes['fail']).toBeGreaterThan(10)
    expect(outcomes['unknown']).toBeGreaterThan(3)
  })

  it('number values alike that are numbered as they are seen', async () => {
    const made = gossip()
    for (let seed = 0; seed < cases(4); seed++) {
      const { alone, together } = await bothWays(made, seed)
      expect(together).toEqual(alone)
      expect(together).toMatchObject({ outcome: 'fail' })
    }
  })

  it('keep the bounds on levels and states', async () => {
    const made = twoPhaseCommit.make({ rm: 4 }) as AnyModel
    for (const budget of [{ depth: 5 }, { depth: 1 }, { states: 100 }, { states: 1568 }]) {
      const { alone, together } = await bothWays(made, 7, { budget })
      expect(together).toEqual(alone)
    }
  })

  it.each<[string, Readonly<Record<string, unknown>>, object]>([
    // It is so at the beginning, and never again.
    ['what one thread has seen before they began', {}, { outcome: 'pass', distinctStates: 400 }],
    ['where nothing can be done', { ends: () => false }, { violations: [{ kind: 'deadlock' }] }],
    ['which ends are allowed', { ends: isFull }, { outcome: 'pass' }],
    ['that they were kept inside', { within: isInside }, { outcome: 'pass', cut: true }],
    [
      'what is false outside',
      { within: isInside, invariants: { inside: isInside } },
      { outcome: 'fail', violations: [{ kind: 'invariant', name: 'inside' }] },
    ],
  ])('know %s', async (_, own, expected) => {
    const { alone, together } = await bothWays(square(own), 7)
    expect(together).toEqual(alone)
    expect(together).toMatchObject(expected)
  })

  it('stop at a bound wherever it is in a level', async () => {
    for (let states = 104; states < 120; states++) {
      const { alone, together } = await bothWays(square({}), states, { budget: { states } })
      expect(together).toEqual(alone)
      expect(together).toMatchObject({ distinctStates: states, stopped: { bound: 'states' } })
    }
  })

  it('stop among the initial states, if that is where the bound is', async () => {
    for (const states of [1, 3, 4]) {
      const { alone, together } = await bothWays(beginnings(), 7, { budget: { states } })
      expect(together).toEqual(alone)
      expect(together).toMatchObject({ distinctStates: states, stopped: { bound: 'states' } })
    }
  })
})

/** It begins anywhere, and falls. */
function beginnings(): AnyModel {
  const NUMBER = int(0, 4)
  return model({
    state: { number: NUMBER },
    init: {
      anywhere: {
        for: [NUMBER],
        then: (s, number) => {
          s.number = number
        },
      },
    },
    actions: {
      fall: {
        when: (s) => s.number > 0,
        then: (s) => {
          s.number--
        },
      },
    },
    sometimes: { 'it is four': (s) => s.number === 4 },
    ends: 'anywhere',
  }) as AnyModel
}

/** Two counters, each of which goes up by itself: each level has one state more than the last. */
function square(own: Readonly<Record<string, unknown>>): AnyModel {
  const NUMBER = int(0, 19)
  const plain = model({
    state: { left: NUMBER, right: NUMBER },
    actions: {
      left: {
        when: (s) => s.left < 19,
        then: (s) => {
          s.left++
        },
      },
      right: {
        when: (s) => s.right < 19,
        then: (s) => {
          s.right++
        },
      },
    },
    sometimes: { 'nothing has happened': (s) => s.left + s.right === 0 },
    ends: 'anywhere',
  })
  return { ...plain, ...own } as unknown as AnyModel
}

/** Messages of which there are too many to number them all in advance. */
function gossip(): AnyModel {
  const NODE = id('node', 3)
  return model({
    state: {
      knows: mapOf(NODE, int(0, 4)),
      network: setOf(value<{ readonly from: number; readonly note: string }>()),
    },
    actions: {
      tell: {
        for: [NODE],
        when: (s) => s.network.size < 3,
        then: (s, node) => {
          s.network.add({ from: node, note: `${node} knows ${s.knows.get(node)}` })
        },
      },
      hear: {
        for: ['network', NODE],
        when: (s, message, node) => message.from !== node && s.knows.get(node) < 4,
        then: (s, message, node) => {
          s.knows.set(node, s.knows.get(node) + 1)
          s.network.delete(message)
        },
      },
    },
    invariants: {
      'nobody knows more than three things': (s) => s.knows.every((things) => things < 4),
    },
    sometimes: { 'somebody knows something': (s) => s.knows.some((things) => things > 0) },
    ends: 'anywhere',
  }) as AnyModel
}
