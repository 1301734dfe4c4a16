import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, mapOf, oneOf, setOf } from '../../src/state/index.ts'

/** Some nodes of a ring send their numbers round. A candidate lets smaller ones pass alone. */
export const changRoberts = spec(
  'chang-roberts',
  {
    about: 'election of the smallest initiator on a ring',
    source: 'Chang and Roberts, An improved algorithm for decentralized extrema-finding, 1979',
    parameters: { n: 3 },
    mutants: {
      'larger-pass': 'a candidate lets larger numbers pass too',
      'smaller-dropped': 'a candidate that sees a smaller number gives up, and drops it',
      'stays-candidate': 'a candidate lets smaller numbers pass and does not give up',
    },
  },
  ({ n }, planted) => {
    const NODE = id('node', n)
    const largerPass = planted('larger-pass')
    const smallerDropped = planted('smaller-dropped')
    const staysCandidate = planted('stays-candidate')
    const successor = (i: number) => (i + 1) % n
    return model({
      state: {
        msgs: mapOf(NODE, setOf(NODE)),
        initiator: mapOf(NODE, bool()),
        role: mapOf(NODE, oneOf('lost', 'candidate', 'won')),
        started: mapOf(NODE, bool()),
      },
      init: {
        someInitiate: {
          for: [mapOf(NODE, bool())],
          then: (s, initiator) => {
            s.initiator.assign(initiator)
            for (const i of s.role.keys) if (s.initiator.get(i)) s.role.set(i, 'candidate')
          },
        },
      },
      actions: {
        start: {
          for: [NODE],
          when: (s, i) => !s.started.get(i),
          then: (s, i) => {
            s.started.set(i, true)
            if (s.initiator.get(i)) s.msgs.get(successor(i)).add(i)
          },
        },
        receive: {
          for: [NODE, NODE],
          when: (s, i, number) => s.started.get(i) && s.msgs.get(i).has(number),
          then: (s, i, number) => {
            s.msgs.get(i).delete(number)
            if (s.role.get(i) === 'lost') s.msgs.get(successor(i)).add(number)
            else if (number < i) {
              if (!staysCandidate) s.role.set(i, 'lost')
              if (!smallerDropped) s.msgs.get(successor(i)).add(number)
            } else if (number === i) s.role.set(i, 'won')
            else if (largerPass) s.msgs.get(successor(i)).add(number)
          },
        },
      },
      invariants: {
        'only the smallest initiator wins': {
          for: [NODE],
          holds: (s, i) =>
            s.role.get(i) !== 'won' ||
            (s.initiator.get(i) && s.initiator.every((initiates, j) => !initiates || j >= i)),
        },
      },
      sometimes: {
        'the last node wins': (s) => s.role.get(n - 1) === 'won',
        'the first node wins when all initiate': (s) =>
          s.role.get(0) === 'won' && s.initiator.every((initiates) => initiates),
      },
      properties: {
        'somebody wins, if somebody initiates': {
          when: (s) => s.initiator.some((initiates) => initiates),
          leadsTo: (s) => s.role.some((role) => role === 'won'),
        },
      },
      fairness: [weakEach('start', 'receive')],
      ends: (s) =>
        s.initiator.every((initiates) => !initiates) ||
        (s.role.every((role) => role !== 'candidate') && s.role.some((role) => role === 'won')),
    })
  },
)
