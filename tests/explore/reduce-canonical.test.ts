import { describe, expect, it } from 'vitest'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import type { Canonical } from '../../src/explore/reduce/canonical.ts'
import { searchedForm } from '../../src/explore/reduce/canonical.ts'
import type { Identities } from '../../src/explore/reduce/identities.ts'
import { identitiesOf } from '../../src/explore/reduce/identities.ts'
import { codePermuter } from '../../src/explore/reduce/permute-codes.ts'
import { slotsPermuter } from '../../src/explore/reduce/permute-slots.ts'
import { valuePermuter } from '../../src/explore/reduce/permute-values.ts'
import { separableForm } from '../../src/explore/reduce/separable.ts'
import type { StateType, Variables } from '../../src/state/index.ts'
import {
  id,
  int,
  mapOf,
  option,
  record,
  setOf,
  stateType,
  tuple,
  union,
} from '../../src/state/index.ts'
import { cases } from './cases.ts'
import { kindsOf, ordersOf, randomLayout, randomValue, randomVariables } from './reduce-layouts.ts'

describe('an exchange of identities', () => {
  it('does to numbers of values what it does to values', () => {
    const random = seeded(1)
    let changed = 0
    for (let round = 0; round < cases(500); round++) {
      const kinds = kindsOf([random.int(1, 4), random.int(1, 3)])
      const identities = identitiesOf(kinds)
      const layout = randomLayout(random, kinds, 2)
      if (layout.size > 2 ** 53) continue
      exchange(identities, random)
      const ofCodes = codePermuter(layout, identities)
      const ofValues = valuePermuter(layout, identities)
      expect(ofCodes === undefined).toBe(ofValues === undefined)
      if (ofCodes === undefined || ofValues === undefined) continue
      const value = randomValue(random, layout)
      const code = layout.encode(value)
      expect(ofCodes(code)).toBe(layout.encode(ofValues(value)))
      if (ofCodes(code) !== code) changed++
    }
    expect(changed).toBeGreaterThan(50)
  })

  it('does to slots what it does to values', () => {
    const random = seeded(2)
    for (let round = 0; round < cases(150); round++) {
      const kinds = kindsOf([random.int(1, 4), random.int(1, 3)])
      const identities = identitiesOf(kinds)
      const variables = randomVariables(random, kinds)
      const type = stateType(variables)
      const { state, slots } = type.workspace()
      type.assign(state, randomState(random, variables))
      exchange(identities, random)
      const values = type.snapshot(state) as Record<string, unknown>
      const other = type.workspace()
      const permuted = Object.entries(variables).map(([name, layout]) => [
        name,
        (valuePermuter(layout, identities) ?? ((same: unknown) => same))(values[name]),
      ])
      type.assign(other.state, Object.fromEntries(permuted) as typeof values)
      const moved = new Int32Array(slots.length)
      slotsPermuter(variables, type.plan.universes, identities)(slots, moved)
      expect(moved).toEqual(other.slots)
    }
  })
})

describe('the canonical form', () => {
  it('is one of the states that an exchange leads to, and the same for all of them', () => {
    const random = seeded(3)
    let ties = 0
    for (let round = 0; round < cases(250); round++) {
      const kinds = kindsOf(random.pick([[2], [3], [4], [3, 2], [2, 2]]))
      const identities = identitiesOf(kinds)
      const variables = randomVariables(random, kinds)
      const type = stateType(variables)
      const form = searchedForm(type, identities)
      const { state, slots } = type.workspace()
      type.assign(state, randomState(random, variables))
      const orbit = orbitOf(type, identities, slots)
      const forms = new Set(orbit.map((words) => canonicalOf(type, form, words).join()))
      expect(forms.size).toBe(1)
      expect(orbit.map((words) => words.join())).toContain([...forms][0])
      expect(form.represented).toBe(new Set(orbit.map((words) => words.join())).size)
      ties += form.ties
    }
    expect(ties).toBeGreaterThan(5)
  })

  it('tells apart graphs that colours do not: a ring of six and two rings of three', () => {
    const Node = id('node', 6)
    const identities = identitiesOf([Node])
    const type = stateType({ edges: setOf(tuple(Node, Node)) })
    const form = searchedForm(type, identities)
    const graph = (edges: readonly (readonly number[])[]) => {
      const { state, slots } = type.workspace()
      state.edges.assign(edges.flatMap(([a, b]) => [[a!, b!] as const, [b!, a!] as const]))
      const words = new Int32Array(type.plan.words)
      type.pack(slots, words, 0)
      return canonicalOf(type, form, words).join()
    }
    const six = graph([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 0],
    ])
    expect(
      graph([
        [0, 2],
        [2, 4],
        [4, 1],
        [1, 3],
        [3, 5],
        [5, 0],
      ]),
    ).toBe(six)
    const threes = graph([
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
      [5, 3],
    ])
    expect(
      graph([
        [0, 2],
        [2, 4],
        [4, 0],
        [1, 3],
        [3, 5],
        [5, 1],
      ]),
    ).toBe(threes)
    expect(threes).not.toBe(six)
    expect(form.ties).toBe(4)
  })

  it('stands for as many states as there are orders that differ', () => {
    const Node = id('node', 4)
    const identities = identitiesOf([Node])
    const type = stateType({ edges: setOf(tuple(Node, Node)) })
    const form = searchedForm(type, identities)
    const { state, slots } = type.workspace()
    // Each node of a ring of four can be exchanged with the one opposite to it.
    state.edges.assign(
      [0, 1, 2, 3].flatMap((a) => [[a, (a + 1) % 4] as const, [(a + 1) % 4, a] as const]),
    )
    const words = new Int32Array(type.plan.words)
    type.pack(slots, words, 0)
    canonicalOf(type, form, words)
    expect(form.represented).toBe(3)
  })

  it('of a map of many keys exchanges its values', () => {
    const Node = id('node', 3)
    const identities = identitiesOf([Node])
    const type = stateType({ at: mapOf(int(0, 1000), option(Node)) })
    const form = searchedForm(type, identities)
    const shown = [0, 1, 2].map((node) => {
      const { state, slots } = type.workspace()
      state.at.set(700, node)
      const words = new Int32Array(type.plan.words)
      type.pack(slots, words, 0)
      return canonicalOf(type, form, words).join()
    })
    expect(new Set(shown).size).toBe(1)
    expect(form.represented).toBe(3)
  })

  it('of separate elements has the classes that the search finds', () => {
    const random = seeded(4)
    const one = id('one', 4)
    const two = id('two', 3)
    const variables = {
      plain: int(0, 5),
      first: mapOf(one, int(0, 1)),
      second: mapOf(two, record({ up: int(0, 2), down: setOf(int(0, 2)) })),
      messages: setOf(union({ a: { from: one }, b: { to: two, number: int(0, 1) }, c: {} })),
    }
    const identities = identitiesOf([one, two])
    const type = stateType(variables)
    const searched = searchedForm(type, identities)
    const separable = separableForm(type, identities)!
    const byLoops = separableForm(type, identities, false)!
    const classes = new Map<string, string>()
    const { state, slots } = type.workspace()
    for (let round = 0; round < 200; round++) {
      type.assign(state, randomState(random, variables) as never)
      const words = new Int32Array(type.plan.words)
      type.pack(slots, words, 0)
      const shown = canonicalOf(type, searched, words).join()
      exchange(identities, random)
      const moved = new Int32Array(slots.length)
      slotsPermuter(variables, type.plan.universes, identities)(slots, moved)
      type.pack(moved, words, 0)
      const sorted = canonicalOf(type, separable, words)
      expect(separable.represented).toBe(searched.represented)
      expect(canonicalOf(type, byLoops, words)).toEqual(sorted)
      expect(classes.get(shown) ?? sorted.join()).toBe(sorted.join())
      expect(canonicalOf(type, searched, sorted).join()).toBe(shown)
      classes.set(shown, sorted.join())
    }
    expect(new Set(classes.values()).size).toBe(classes.size)
  })

  it('is not made by sorting where one bit is about two elements', () => {
    const one = id('one', 3)
    const all = [
      { votes: mapOf(one, setOf(one)) },
      { votes: setOf(tuple(one, one)) },
      { leader: one },
    ]
    for (const variables of all)
      expect(separableForm(stateType<Variables>(variables), identitiesOf([one]))).toBeUndefined()
  })
})

function randomState(random: Random, variables: Variables) {
  return Object.fromEntries(
    Object.entries(variables).map(([name, layout]) => [name, randomValue(random, layout)]),
  )
}

function exchange({ kinds, to }: Identities, random: Random): void {
  for (const { offset, count } of kinds)
    to.set(random.shuffle(Array.from({ length: count }, (_, one) => one)), offset)
}

/** All states that differ by an exchange, one after the other, packed. */
function orbitOf(type: StateType<Variables>, identities: Identities, slots: Int32Array) {
  const permute = slotsPermuter(type.variables, type.plan.universes, identities)
  let exchanges: readonly (readonly number[])[] = [[]]
  for (const { count } of identities.kinds)
    exchanges = exchanges.flatMap((before) => ordersOf(count).map((order) => [...before, ...order]))
  return exchanges.map((to) => {
    identities.to.set(to)
    const moved = new Int32Array(slots.length)
    permute(slots, moved)
    const words = new Int32Array(type.plan.words)
    type.pack(moved, words, 0)
    return words
  })
}

function canonicalOf(
  type: { readonly plan: { readonly words: number } },
  form: Canonical,
  words: Int32Array,
): Int32Array {
  const out = new Int32Array(type.plan.words)
  form.canonical(words, 0, out)
  return out
}
