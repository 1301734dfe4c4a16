import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import {
  bagOf,
  int,
  mapOf,
  packed,
  seqOf,
  setOf,
  stateType,
  tuple,
  Universe,
  UniverseFull,
  Universes,
  value,
} from '../../src/state/index.ts'
import {
  sharedRooms,
  SharedUniverse,
  SharedUniverses,
  withMoreRoom,
} from '../../src/state/shared-universe.ts'
import { textOf } from './random-layouts.ts'

const PAIR = tuple(int(0, 999), int(0, 999))
const LOG = packed(seqOf(PAIR, 9))

describe.each([
  ['of numbered values', PAIR, (n: number): unknown => [n, n % 7]],
  [
    'of values without numbers',
    LOG,
    (n: number): unknown => [
      [n, 1],
      [n % 3, 2],
    ],
  ],
  ['of anything', value(), (n: number): unknown => ({ n, m: [null, n % 2 === 0] })],
] as const)('a universe %s', (_, layout, make) => {
  it('numbers values in the order of their first sight, the first value being 0', () => {
    const universe = new Universe(layout, 10)
    const [one, two] = [make(5), make(6)]
    expect(universe.numberOf(one)).toBe(-1)
    expect([universe.idOf(one), universe.idOf(two), universe.idOf(make(5))]).toEqual([1, 2, 1])
    expect(universe.numberOf(make(6))).toBe(2)
    expect(textOf(universe.valueOf(2))).toBe(textOf(two))
    expect(Object.isFrozen(universe.valueOf(2))).toBe(true)
    expect(universe.count).toBe(3)
  })

  it('is full when there is no room, and then still knows what it knew', () => {
    const universe = new Universe(layout, 3)
    universe.idOf(make(1))
    universe.idOf(make(2))
    expect(() => universe.idOf(make(3))).toThrow(UniverseFull)
    expect(universe.idOf(make(2))).toBe(2)
    expect(universe.count).toBe(3)
  })

  it('sorts by the values, not by who was seen first', () => {
    const random = seeded(1)
    const numbers = Array.from({ length: 20 }, (_, n) => n + 1)
    const sorted = () => {
      const universe = new Universe(layout, 100)
      const ids = random.shuffle(numbers).map((n) => universe.idOf(make(n)))
      return universe.inOrder(random.shuffle(ids)).map((id) => textOf(universe.valueOf(id)))
    }
    const first = sorted()
    expect(new Set(first).size).toBe(20)
    for (let round = 0; round < 5; round++) expect(sorted()).toEqual(first)
  })
})

it('a universe sorts as the layout counts', () => {
  const universe = new Universe(PAIR, 9)
  const ids = [
    [7, 1],
    [1, 9],
    [1, 2],
  ].map((pair) => universe.idOf(pair))
  expect(universe.inOrder(ids).map((id) => universe.valueOf(id))).toEqual([
    [1, 2],
    [1, 9],
    [7, 1],
  ])
})

it('a universe sorts what it is given, whatever it was given before', () => {
  const universe = new Universe(PAIR, 99)
  const ids = Array.from({ length: 80 }, (_, n) => universe.idOf([80 - n, 1]))
  expect(universe.inOrder(ids)).toEqual([...ids].reverse())
  expect(universe.inOrder(ids.slice(40, 42))).toEqual([ids[41], ids[40]])
})

describe('universes', () => {
  const variables = {
    log: LOG,
    sent: setOf(PAIR),
    far: mapOf(PAIR, int(0, 3)),
    bag: bagOf(PAIR, 3),
  }

  it('are one for each layout, and grow one by one with all that was seen', () => {
    const universes = new Universes()
    const { state } = stateType(variables, { universes }).workspace()
    expect(universes.all.length).toBe(2)
    const [logs, pairs] = universes.all as [Universe, Universe]
    state.log = [[3, 4]]
    for (let n = 1; n < pairs.capacity; n++) state.sent.add([n, n])
    let full: unknown
    try {
      state.bag.add([500, 1])
    } catch (error) {
      full = error
    }
    expect(full).toBeInstanceOf(UniverseFull)
    const next = universes.withRoom((full as UniverseFull).universe)
    expect(next.of(LOG).capacity).toBe(logs.capacity)
    expect(next.of(PAIR).capacity).toBeGreaterThan(pairs.capacity)
    expect(next.of(PAIR).idOf([7, 7])).toBe(pairs.idOf([7, 7]))
    expect(next.of(LOG).idOf([[3, 4]])).toBe(1)
    const again = stateType(variables, { universes: next }).workspace().state
    again.bag.add([500, 1])
    expect(again.bag.count([500, 1])).toBe(1)
  })

  it('keep the first value of variables at number 0', () => {
    const universes = new Universes()
    const one = stateType({ sent: setOf(LOG), log: LOG }, { universes })
    const { state } = one.workspace()
    state.sent.add([[1, 1]])
    expect(state.log).toEqual([])
  })
})

describe('universes in shared memory', () => {
  const variables = { log: LOG, sent: setOf(PAIR) }

  function pair(rooms = sharedRooms(seenSoFar())) {
    return [0, 1].map(() => {
      const universes = new SharedUniverses(rooms)
      return { universes, ...stateType(variables, { universes }).workspace() }
    }) as unknown as [Thread, Thread]
  }
  interface Thread {
    universes: SharedUniverses
    state: {
      log: readonly (readonly [number, number])[]
      sent: { add(one: readonly [number, number]): void; value(): unknown }
    }
    slots: Int32Array
  }

  function seenSoFar(): Universes {
    const universes = new Universes()
    const { state } = stateType(variables, { universes }).workspace()
    state.sent.add([9, 9])
    return universes
  }

  it('give a value the same number everywhere', () => {
    const [one, two] = pair()
    one.state.sent.add([1, 1])
    two.state.sent.add([2, 2])
    one.state.log = [[5, 5]]
    two.state.log = [[6, 6]]
    one.slots.set(two.slots)
    expect(one.state.log).toEqual([[6, 6]])
    expect(textOf(one.state.sent.value())).toBe(textOf(new Set([[2, 2]])))
    expect([one, two].map(({ universes }) => universes.of(variables.log).idOf([[6, 6]]))).toEqual([
      2, 2,
    ])
  })

  it('give a value one number, when another thread sees it at the same moment', () => {
    const universes = new Universes()
    universes.of(PAIR)
    const room = sharedRooms(universes)[0]!
    const other = new SharedUniverse(PAIR, room)
    class Late extends SharedUniverse {
      /** When this answers that it is new, it is not any more. */
      override find(key: number | string): number {
        const known = super.find(key)
        if (known < 0) other.idOf([1, 2])
        return known
      }
    }
    const one = new Late(PAIR, room)
    expect(one.idOf([1, 2])).toBe(1)
    expect([one.count, other.count]).toEqual([2, 2])
  })

  it('are full for all at once, and larger ones know what was seen', () => {
    const rooms = sharedRooms(seenSoFar())
    const [one, two] = pair(rooms)
    for (let n = 0; n < 14; n++) {
      one.state.sent.add([n, 100])
      two.state.sent.add([n, 200])
    }
    two.state.sent.add([300, 1])
    expect(() => one.state.sent.add([300, 2])).toThrow(UniverseFull)
    const [three] = pair(withMoreRoom(rooms, 1))
    three.state.sent.add([300, 2])
    const layout = [...one.universes.all][1]!.layout
    expect(three.universes.of(layout).numberOf([13, 200])).toBe(
      one.universes.of(layout).numberOf([13, 200]),
    )
  })

  it('are full when the keys need more memory than there is', () => {
    const [room] = sharedRooms(oneOf(value()))
    const universes = new SharedUniverses([room!])
    const universe = universes.of(value())
    expect(() => universe.idOf('x'.repeat(10_000))).toThrow(UniverseFull)
    let larger: Universes = universes
    for (let round = 0; round < 5; round++) larger = larger.withRoom(larger.all[0]!)
    expect(larger.all[0]!.idOf('x'.repeat(10_000))).toBe(1)
  })

  function oneOf(layout: ReturnType<typeof value>): Universes {
    const universes = new Universes()
    universes.of(layout)
    return universes
  }
})
