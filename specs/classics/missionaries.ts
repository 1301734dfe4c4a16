import { model, spec } from '../../src/explore/index.ts'
import { among, id, oneOf, setOf } from '../../src/state/index.ts'

/** All want to cross a river in a boat for two. With `solve`, the trace tells how. */
export const missionariesAndCannibals = spec(
  'missionaries',
  {
    about: 'missionaries and cannibals cross a river, the missionaries never outnumbered',
    source: 'Amarel, On Representations of Problems of Reasoning about Actions, 1968',
    parameters: { missionaries: 3, cannibals: 3, solve: false },
    mutants: {
      'other-bank-ignored': 'nobody looks at the bank that the boat comes to',
      'nobody-rows': 'the boat crosses without anybody in it',
    },
  },
  ({ missionaries, cannibals, solve }, planted) => {
    const people = missionaries + cannibals
    const PERSON = id('person', people)
    const everybody = Array.from({ length: people }, (_, person) => person)
    const crews = everybody.flatMap((one) => [
      [one],
      ...everybody.filter((other) => other > one).map((other) => [one, other]),
    ])
    const otherBankIgnored = planted('other-bank-ignored')
    const nobodyRows = planted('nobody-rows')
    const isMissionary = (person: number) => person < missionaries
    const safe = (bank: readonly number[]) => {
      const good = bank.filter(isMissionary).length
      return good === 0 || bank.length - good <= good
    }
    return model({
      state: { boat: oneOf('east', 'west'), east: setOf(PERSON) },
      init: (s) => {
        s.east.assign(everybody)
      },
      actions: {
        cross: {
          for: [among(nobodyRows ? [...crews, []] : crews)],
          when: (s, crew) => {
            const fromEast = s.boat === 'east'
            if (!crew.every((person) => s.east.has(person) === fromEast)) return false
            const moves = (person: number) => crew.includes(person)
            const east = everybody.filter((person) => s.east.has(person) !== moves(person))
            const west = everybody.filter((person) => s.east.has(person) === moves(person))
            const [left, reached] = fromEast ? [east, west] : [west, east]
            return safe(left) && (otherBankIgnored || safe(reached))
          },
          then: (s, crew) => {
            const fromEast = s.boat === 'east'
            for (const person of crew)
              if (fromEast) s.east.delete(person)
              else s.east.add(person)
            s.boat = fromEast ? 'west' : 'east'
          },
        },
      },
      invariants: {
        'no missionary is outnumbered': (s) =>
          safe(everybody.filter((person) => s.east.has(person))) &&
          safe(everybody.filter((person) => !s.east.has(person))),
        'the boat is where somebody is': (s) =>
          s.boat === 'east' ? s.east.size > 0 : s.east.size < people,
        'somebody is on the east bank': (s) => !solve || s.east.size > 0,
      },
      sometimes: { 'all have crossed': (s) => s.east.size === 0 },
    })
  },
)
