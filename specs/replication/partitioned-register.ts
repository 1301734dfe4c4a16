import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf } from '../../src/state/index.ts'

/**
 * The smallest system of the CAP theorem: two nodes with a copy each, a writer at the first, a
 * reader at the second, and a link between them that may be cut. A node that waits answers once
 * it has spoken with the other one, and a node that does not answers from its own copy at once.
 */
export const partitionedRegister = spec(
  'partitioned-register',
  {
    about: 'a register at two nodes whose link may be cut: they wait for each other, or do not',
    source:
      'Gilbert and Lynch, Brewer’s Conjecture and the Feasibility of Consistent, Available, ' +
      'Partition-tolerant Web Services, 2002',
    parameters: { waits: true, cuts: 1, heals: true, writes: 2 },
    mutants: {
      'gives-up-waiting': 'whoever waits is answered at once where the link is cut',
    },
  },
  ({ waits, cuts, heals, writes }, planted) => {
    const Node = id('node', 2)
    const Value = int(0, writes)
    const [first, second] = [0, 1]

    return model({
      state: {
        copy: mapOf(Node, Value),
        isCut: bool(),
        cuts: int(0, cuts),
        begun: Value,
        acknowledged: Value,
        reading: oneOf('no', 'asked', 'answered'),
        /** Whether the nodes have spoken since the read began. */
        spoken: bool(),
        /** What was acknowledged when the read began. */
        expected: Value,
        got: Value,
      },
      actions: {
        beginWrite: {
          when: (s) => s.begun === s.acknowledged && s.begun < writes,
          then: (s) => {
            s.begun++
            s.copy.set(first, s.begun)
          },
        },
        endWrite: {
          when: (s) => s.begun > s.acknowledged && (isAlone(s) || s.copy.get(second) === s.begun),
          then: (s) => {
            s.acknowledged = s.begun
          },
        },
        beginRead: {
          when: (s) => s.reading !== 'asked',
          then: (s) => {
            s.reading = 'asked'
            s.spoken = false
            s.expected = s.acknowledged
            s.got = 0
          },
        },
        endRead: {
          when: (s) => s.reading === 'asked' && (isAlone(s) || s.spoken),
          then: (s) => {
            s.reading = 'answered'
            s.got = s.copy.get(second)
          },
        },
        speak: {
          when: (s) => !s.isCut,
          then: (s) => {
            const newer = Math.max(s.copy.get(first), s.copy.get(second))
            s.copy.fill(newer)
            s.spoken = true
          },
        },
        cut: {
          when: (s) => !s.isCut && s.cuts < cuts,
          then: (s) => {
            s.isCut = true
            s.cuts++
          },
        },
        heal: {
          when: (s) => s.isCut && heals,
          then: (s) => {
            s.isCut = false
          },
        },
      },
      invariants: {
        'a read returns what was acknowledged before it': (s) =>
          s.reading !== 'answered' || s.got >= s.expected,
      },
      sometimes: {
        'a read returns the last value': (s) => s.reading === 'answered' && s.got === writes,
        ...(cuts > 0 ? { 'the link is cut': (s: { isCut: boolean }) => s.isCut } : {}),
      },
      properties: {
        'each read is answered': {
          when: (s) => s.reading === 'asked',
          leadsTo: (s) => s.reading === 'answered',
        },
        'each write is answered': {
          when: (s) => s.begun > s.acknowledged,
          leadsTo: (s) => s.begun === s.acknowledged,
        },
      },
      fairness: [weakEach('endWrite', 'endRead', 'speak', 'heal')],
      ends: 'anywhere',
    })

    /** Whether nobody waits for the other node. */
    function isAlone({ isCut }: { readonly isCut: boolean }): boolean {
      return !waits || (planted('gives-up-waiting') && isCut)
    }
  },
)
