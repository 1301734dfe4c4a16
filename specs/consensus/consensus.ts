import { model, spec, weak } from '../../src/explore/index.ts'
import { id, setOf } from '../../src/state/index.ts'

/** What consensus is: a value is chosen, and no other after it. */
export const consensus = spec(
  'consensus',
  {
    about: 'consensus: at most one value is ever chosen',
    source: 'Lamport, The Paxos Algorithm, or How to Win a Turing Award, 2019, module Consensus',
    parameters: { value: 3 },
    mutants: { 'choose-again': 'a value is chosen although another one was' },
  },
  ({ value }, planted) => {
    const VALUE = id('value', value)
    return model({
      state: { chosen: setOf(VALUE) },
      actions: {
        choose: {
          for: [VALUE],
          when: (s) => s.chosen.size === 0 || planted('choose-again'),
          then: (s, v) => {
            s.chosen.add(v)
          },
        },
      },
      invariants: { 'at most one value is chosen': (s) => s.chosen.size <= 1 },
      sometimes: { 'a value is chosen': (s) => s.chosen.size === 1 },
      properties: {
        'a value is chosen in the end': { eventually: (s) => s.chosen.size > 0 },
      },
      fairness: [weak('choose')],
      ends: (s) => s.chosen.size === 1,
      symmetry: [VALUE],
    })
  },
)
