import { model, spec } from '../../src/explore/index.ts'
import { int } from '../../src/state/index.ts'

/** Two jugs, of 5 and 3 litres: can 4 litres be measured? With `solve`, the answer is the trace. */
export const dieHard = spec(
  'diehard',
  {
    about: 'four litres of water, with a jug of five and a jug of three',
    source: 'Lamport, the TLA+ video course, 2017, after Die Hard with a Vengeance, 1995',
    parameters: { solve: false },
    mutants: {
      'water-made': 'pouring into the small jug leaves the big one as it is',
      'water-spilt': 'pouring empties the jug that is poured from',
    },
  },
  ({ solve }, planted) => {
    const waterMade = planted('water-made')
    const waterSpilt = planted('water-spilt')
    return model({
      state: { big: int(0, 5), small: int(0, 3) },
      actions: {
        fillBig: {
          then: (s) => {
            s.big = 5
          },
        },
        fillSmall: {
          then: (s) => {
            s.small = 3
          },
        },
        emptyBig: {
          then: (s) => {
            s.big = 0
          },
        },
        emptySmall: {
          then: (s) => {
            s.small = 0
          },
        },
        smallToBig: {
          then: (s) => {
            const poured = Math.min(s.small, 5 - s.big)
            s.big += poured
            s.small -= waterSpilt ? s.small : poured
          },
        },
        bigToSmall: {
          then: (s) => {
            const poured = Math.min(s.big, 3 - s.small)
            if (!waterMade) s.big -= waterSpilt ? s.big : poured
            s.small += poured
          },
        },
      },
      invariants: {
        'one jug is full or empty': (s) => s.big % 5 === 0 || s.small % 3 === 0,
        'the big jug does not hold four litres': (s) => !solve || s.big !== 4,
      },
      sometimes: { 'there are four litres': (s) => s.big === 4 },
    })
  },
)
