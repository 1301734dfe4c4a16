import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { parametersSeen } from '../../src/explore/generated-loops.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { generatedSystem, model } from '../../src/explore/index.ts'
import type { OpenRange, Predicate } from '../../src/explore/model-steps.ts'
import type { Incremental } from '../../src/explore/system.ts'
import type { StateType, Variables } from '../../src/state/index.ts'
import {
  bagOf,
  bool,
  id,
  int,
  oneOf,
  seqOf,
  setOf,
  stateType,
  UniverseFull,
} from '../../src/state/index.ts'
import { specEntries } from '../../suites/specs.ts'
import { cases } from './cases.ts'
import { statesOf } from './emissions.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'

class Broken extends Error {}

/** How many guards are asked before one throws. */
interface Fault {
  left: number
}

interface Guarded {
  readonly for?: readonly OpenRange[]
  readonly when?: Predicate
}

/** The same model, whose guards can throw; they see as many parameters as before. */
function breakable(made: AnyModel, fault: Fault): AnyModel {
  const guard = (when: Predicate, ranges: number): Predicate => {
    const ask: Predicate = (s, ...chosen) => {
      if (--fault.left === 0) throw new Broken()
      return when(s, ...chosen)
    }
    const guards: readonly Predicate[] = [
      (s) => ask(s),
      (s, a) => ask(s, a),
      (s, a, b) => ask(s, a, b),
      (s, a, b, c) => ask(s, a, b, c),
    ]
    return guards[parametersSeen(when, ranges)] ?? ask
  }
  const actions = Object.entries(made.actions as Readonly<Record<string, Guarded>>)
  const broken = actions.map(([name, { when, for: ranges = [], ...rest }]) => [
    name,
    { ...rest, for: ranges, ...(when === undefined ? {} : { when: guard(when, ranges.length) }) },
  ])
  return { ...made, actions: Object.fromEntries(broken) as AnyModel['actions'] }
}

/** Goes on from states of a model in any order, in both ways; answers how often both did. */
function compareBoth(made: AnyModel, random: Random, most: number): number {
  let type = stateType(made.state as Variables)
  for (;;) {
    try {
      return compareWith(made, type, random, most)
    } catch (error) {
      if (!(error instanceof UniverseFull)) throw error
      const { universes } = type.plan
      type = stateType(made.state as Variables, { universes: universes.withRoom(error.universe) })
    }
  }
}

function compareWith(
  made: AnyModel,
  type: StateType<Variables>,
  random: Random,
  most: number,
): number {
  const fault = { left: Infinity }
  const system = generatedSystem('both', breakable(made, fault), type)
  const told: string[] = []
  const whole = system.runner((action) => {
    told.push(`${action}: ${whole.out.join()}, ${whole.falseInvariant()}`)
    return false
  })
  const heard: string[] = []
  const asked: string[] = []
  let trusted = false
  let breakAt = Infinity
  const runner = system.runner((action) => {
    if (heard.length === breakAt) throw new Broken()
    const first = changes?.falseSuccessor(trusted) ?? -1
    heard.push(`${action}: ${runner.out.join()}, ${first}`)
    if (first < 0) asked.push(runner.out.join())
    return false
  })
  const changes: Incremental | undefined = runner.incremental?.()
  if (changes === undefined) return 0
  /** In which all that is claimed was found to hold by that what is compared. */
  const good = new Set<string>()
  const states = statesOf(system, most)
  let compared = 0
  const picks = states.length === 0 ? 0 : Math.max(40, states.length * 2)
  for (let index = 0; index < picks; index++) {
    const from = random.pick(states)
    told.length = heard.length = asked.length = 0
    const emitted = whole.expand(from, 0)
    trusted = good.has(from.join())
    breakAt = random.chance(1, 8) ? random.int(0, emitted) : Infinity
    fault.left = random.chance(1, 8) ? random.int(1, 20) : Infinity
    try {
      expect([changes.expand(from, 0), ...heard]).toEqual([emitted, ...told])
      compared++
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      expect(heard).toEqual(told.slice(0, heard.length))
    }
    fault.left = Infinity
    for (const state of asked) good.add(state)
  }
  return compared
}

describe('code that goes on by what has changed', () => {
  it('does what the code for whole states does, in any order and after errors', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.oneof(plainModels(), plainRings()), fc.integer(), (plain, seed) => {
        compared += compareBoth(modelOf(plain), seeded(seed), 30)
      }),
      { numRuns: cases(100), seed: 20_412 },
    )
    expect(compared).toBeGreaterThan(cases(100) * 5)
  })

  const small = specEntries.filter(
    ({ size, spec }, index) =>
      size === 'small' && specEntries.findIndex((other) => other.spec === spec) === index,
  )
  it.each(small.map((entry) => ({ ...entry, title: entry.spec.name })))(
    'does so in $title',
    ({ spec, parameters, mutant }) => {
      compareBoth(spec.make(parameters, mutant), seeded(7), 25)
    },
  )

  it('asks guards again that read more than is noted', () => {
    const made = model({
      state: { looked: bool(), n: int(0, 3) },
      actions: {
        count: {
          when: (s) => {
            // More often than there is room to note.
            for (let times = 0; times < 2_000; times++) if (s.looked) return false
            return s.n < 2
          },
          then: (s) => {
            s.n++
          },
        },
        look: {
          when: (s) => s.n > 0,
          then: (s) => {
            s.looked = !s.looked
          },
        },
      },
      sometimes: { 'it has counted': (s) => s.n > 1 },
    })
    expect(compareBoth(made, seeded(1), 100)).toBeGreaterThan(5)
  })

  it('asks claims again about parts of sets, lists and bags', () => {
    const shown = [0, 3, 32, 37] as const
    const made = model({
      state: {
        on: setOf(int(0, 63)),
        line: seqOf(int(0, 3), 3),
        kept: bagOf(id('kind', 3), 3),
      },
      actions: {
        turn: {
          for: [oneOf(...shown)],
          then: (s, n) => {
            if (s.on.has(n)) s.on.delete(n)
            else s.on.add(n)
          },
        },
        turnTwo: {
          for: ['on', int(0, 1)],
          when: (s, n, more) => more === 1 && !s.on.has(63 - Number(n)),
          then: (s, n, more) => {
            s.on.delete(n)
            s.on.add(more === 1 ? 32 : 3)
          },
        },
        push: {
          when: (s) => !s.line.full,
          then: (s) => {
            s.line.push(0)
          },
        },
        raise: {
          for: [int(0, 2)],
          when: (s, at) => at < s.line.length,
          then: (s, at) => {
            s.line.put(at, (s.line.at(at) + 1) % 4)
          },
        },
        keep: {
          for: [id('kind', 3)],
          then: (s, kind) => {
            if (s.kept.count(kind) < 3) s.kept.add(kind)
            else s.kept.remove(kind)
          },
        },
      },
      invariants: {
        // The bit of the first is the number of the word in which the second is.
        'not 0 and 32': (s) => !(s.on.has(0) && s.on.has(32)),
        'not 3 and 37': (s) => !(s.on.has(3) && s.on.has(37)),
        'no 2 in the middle': (s) => s.line.length < 2 || s.line.at(1) !== 2,
        'few of the last': (s) => s.kept.count(2) < 3,
      },
      sometimes: { some: (s) => s.on.size > 1 },
    })
    expect(compareBoth(made, seeded(2), 400)).toBeGreaterThan(500)
  })

  it('looks at tables as a whole that have very many entries', () => {
    const state = { drawn: setOf(int(0, 99_999)), last: id('draw', 4) }
    let type: StateType<Variables> = stateType(state as Variables)
    while (type.plan.universes.all[0]!.capacity < 5_000) {
      const { universes } = type.plan
      const roomier = universes.withRoom(universes.all[0]!)
      type = stateType(state as Variables, { universes: roomier })
    }
    const made = model({
      state,
      actions: {
        draw: {
          for: [id('draw', 4)],
          when: (s, n) => !s.drawn.has(n * 1_000),
          then: (s, n) => {
            s.drawn.add(n * 1_000)
            s.last = n
          },
        },
        putBack: {
          for: ['drawn'],
          when: (s, n) => n !== s.last * 1_000,
          then: (s, n) => {
            s.drawn.delete(n)
          },
        },
      },
      invariants: { few: (s) => s.drawn.size < 4 },
      sometimes: { some: (s) => s.drawn.size > 1 },
    })
    expect(compareWith(made, type, seeded(3), 60)).toBeGreaterThan(30)
  })
})
