import { model, spec, weak } from '../../src/explore/index.ts'
import { id, int, mapOf } from '../../src/state/index.ts'

/**
 * From whatever state, a ring of counters comes to have one privilege, and then keeps one: node 0
 * has it when its counter is that of the last node, others when theirs differs from the one before.
 */
export const tokenRing = spec(
  'token-ring-426',
  {
    about: 'a ring of counters that repairs itself until one node is privileged',
    source: 'Dijkstra, EWD426, Self-stabilizing systems in spite of distributed control, 1974',
    parameters: { n: 4, m: 4 },
    mutants: {
      'bottom-copies': 'node 0 copies as all others do',
      'two-values': 'counters have two values only, which is too few for the ring',
      'top-waits': 'the last node never moves',
    },
  },
  ({ n, m }, planted) => {
    const NODE = id('node', n)
    const bottomCopies = planted('bottom-copies')
    const topWaits = planted('top-waits')
    const values = planted('two-values') ? 2 : m
    const c = mapOf(NODE, int(0, values - 1))
    return model({
      state: { c },
      init: {
        anyhow: {
          for: [c],
          then: (s, counters) => {
            s.c.assign(counters)
          },
        },
      },
      actions: {
        createToken: {
          when: (s) =>
            bottomCopies ? s.c.get(0) !== s.c.get(n - 1) : s.c.get(0) === s.c.get(n - 1),
          then: (s) => {
            s.c.set(0, bottomCopies ? s.c.get(n - 1) : (s.c.get(n - 1) + 1) % values)
          },
        },
        passToken: {
          for: [NODE],
          when: (s, i) => i !== 0 && s.c.get(i) !== s.c.get(i - 1) && !(topWaits && i === n - 1),
          then: (s, i) => {
            s.c.set(i, s.c.get(i - 1))
          },
        },
      },
      invariants: {
        'somebody is privileged': (s) =>
          s.c.get(0) === s.c.get(n - 1) || s.c.some((own, i) => i > 0 && own !== s.c.get(i - 1)),
      },
      sometimes: {
        'all are privileged but node 0': (s) =>
          s.c.every((own, i) => i === 0 || own !== s.c.get(i - 1)),
      },
      properties: {
        'in the end one node is privileged': {
          eventuallyAlways: (s) =>
            s.c.count((own, i) => (i === 0 ? own === s.c.get(n - 1) : own !== s.c.get(i - 1))) ===
            1,
        },
      },
      fairness: [weak()],
    })
  },
)
