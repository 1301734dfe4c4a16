import { model, spec, weak } from '../../src/explore/index.ts'
import { int } from '../../src/state/index.ts'

/**
 * Two beans are taken out of a can. If they are of one colour a black one is put in, otherwise the
 * white one is put back. The last bean is white just when the number of white ones was odd.
 */
export const coffeeCan = spec(
  'coffee-can',
  {
    about: 'a can of black and white beans: what colour is the last one?',
    source: 'Gries, The Science of Programming, 1981',
    parameters: { maxBeanCount: 100 },
    mutants: {
      'white-for-white': 'for two white beans a white one is put in',
      'black-lost': 'for two black beans nothing is put in',
      'black-kept': 'both black beans are put back',
    },
  },
  ({ maxBeanCount }, planted) => {
    const COUNT = int(0, maxBeanCount)
    const whiteForWhite = planted('white-for-white')
    const blackLost = planted('black-lost')
    const blackKept = planted('black-kept')
    return model({
      state: { black: COUNT, white: COUNT },
      init: {
        anyBeans: {
          for: [COUNT, COUNT],
          when: (_, black, white) => black + white > 0 && black + white <= maxBeanCount,
          then: (s, black, white) => {
            s.black = black
            s.white = white
          },
        },
      },
      actions: {
        twoWhite: {
          when: (s) => s.white >= 2,
          then: (s) => {
            s.white -= whiteForWhite ? 1 : 2
            if (!whiteForWhite) s.black++
          },
        },
        twoBlack: {
          when: (s) => s.black >= 2,
          then: (s) => {
            if (!blackKept) s.black -= blackLost ? 2 : 1
          },
        },
        oneOfEach: {
          when: (s) => s.black >= 1 && s.white >= 1,
          then: (s) => {
            s.black--
          },
        },
        rest: {
          when: (s) => s.black + s.white === 1,
          then: () => undefined,
        },
      },
      invariants: {
        'the can is never empty': (s) => s.black + s.white > 0,
      },
      sometimes: {
        'the last bean is white': (s) => s.white === 1 && s.black === 0,
        'the last bean is black': (s) => s.white === 0 && s.black === 1,
      },
      properties: {
        'one bean is left in the end': { eventually: (s) => s.black + s.white === 1 },
        'an odd number of white beans leaves a white one': {
          when: (s) => s.white % 2 === 1,
          leadsTo: (s) => s.white === 1 && s.black === 0,
        },
        'an even number of white beans leaves a black one': {
          when: (s) => s.white % 2 === 0,
          leadsTo: (s) => s.white === 0 && s.black === 1,
        },
      },
      fairness: [weak('twoWhite', 'twoBlack', 'oneOfEach')],
    })
  },
)
