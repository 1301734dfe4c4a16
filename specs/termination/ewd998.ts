import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, oneOf, record } from '../../src/state/index.ts'
import { asyncTerminationDetection } from './async-td.ts'

/**
 * As EWD840, with messages that take time: each node counts what it sent less what it received,
 * the token adds these up, and receiving makes black.
 */
export const ewd998 = spec(
  'ewd998',
  {
    about: 'termination detection on a ring, with messages that take time',
    source: 'Dijkstra, EWD998 (Safra’s algorithm), 1987',
    parameters: { n: 2, limit: 3 },
    mutants: {
      'receiver-stays-white': 'whoever receives a message does not turn black',
      'sum-ignored': 'node 0 concludes without looking at the sum of the counters',
      'token-not-stained': 'a black node passes the token on as it is',
    },
  },
  ({ n, limit }, planted) => {
    const NODE = id('node', n)
    const COLOR = oneOf('white', 'black')
    // The counters add up to what is on its way, so that one is low only where others are high.
    const lowest = -limit * (n - 1)
    const receiverStaysWhite = planted('receiver-stays-white')
    const sumIgnored = planted('sum-ignored')
    const tokenNotStained = planted('token-not-stained')
    const state = {
      active: mapOf(NODE, bool()),
      color: mapOf(NODE, COLOR),
      /** Messages sent less messages received. */
      counter: mapOf(NODE, int(lowest, limit + 1)),
      pending: mapOf(NODE, int(0, limit + 1)),
      token: record({ at: NODE, q: int(lowest * (n - 1), limit * n + limit), color: COLOR }),
    }
    type S = State<typeof state>
    const terminated = (s: S) =>
      s.active.every((works) => !works) && s.pending.every((messages) => messages === 0)
    /** Node 0 holds the token, and knows that all have stopped. */
    const concluded = (s: S) =>
      s.token.at === 0 &&
      s.token.color === 'white' &&
      s.color.get(0) === 'white' &&
      !s.active.get(0) &&
      (sumIgnored || s.token.q + s.counter.get(0) === 0)
    /** The nodes that the token has passed are idle, and it has added up their counters. */
    const tokenIsRight = (s: S) => {
      let passed = 0
      for (let i = s.token.at + 1; i < n; i++) {
        if (s.active.get(i)) return false
        passed += s.counter.get(i)
      }
      return s.token.q === passed
    }
    const sumWouldBePositive = (s: S) => {
      let sum = s.token.q
      for (let i = 0; i <= s.token.at; i++) sum += s.counter.get(i)
      return sum > 0
    }
    return model({
      state,
      init: {
        anywhere: {
          for: [mapOf(NODE, bool()), mapOf(NODE, COLOR), NODE],
          then: (s, active, color, at) => {
            s.active.assign(active)
            s.color.assign(color)
            s.counter.fill(0)
            s.token.at = at
            s.token.q = 0
            s.token.color = 'black'
          },
        },
      },
      actions: {
        initiateProbe: {
          for: [oneOf('black token', 'black node', 'messages on their way')],
          when: (s, why) => {
            if (s.token.at !== 0) return false
            if (why === 'messages on their way')
              return !sumIgnored && s.counter.get(0) + s.token.q > 0
            return (why === 'black token' ? s.token.color : s.color.get(0)) === 'black'
          },
          then: (s) => {
            s.token.at = n - 1
            s.token.q = 0
            s.token.color = 'white'
            s.color.set(0, 'white')
          },
        },
        passToken: {
          for: [NODE],
          when: (s, i) => i !== 0 && s.token.at === i && !s.active.get(i),
          then: (s, i) => {
            s.token.at = i - 1
            s.token.q += s.counter.get(i)
            if (s.color.get(i) === 'black' && !tokenNotStained) s.token.color = 'black'
            s.color.set(i, 'white')
          },
        },
        sendMsg: {
          for: [NODE, NODE],
          when: (s, i, j) => i !== j && s.active.get(i),
          then: (s, i, j) => {
            s.counter.set(i, s.counter.get(i) + 1)
            s.pending.set(j, s.pending.get(j) + 1)
          },
        },
        rcvMsg: {
          for: [NODE],
          when: (s, i) => s.pending.get(i) > 0,
          then: (s, i) => {
            s.pending.set(i, s.pending.get(i) - 1)
            s.counter.set(i, s.counter.get(i) - 1)
            s.active.set(i, true)
            if (!receiverStaysWhite) s.color.set(i, 'black')
          },
        },
        deactivate: {
          for: [NODE],
          when: (s, i) => s.active.get(i),
          then: (s, i) => {
            s.active.set(i, false)
          },
        },
      },
      invariants: {
        'what node 0 concludes is true': (s) => !concluded(s) || terminated(s),
        'the counters add up to the messages on their way': (s) => {
          let sum = 0
          for (let i = 0; i < n; i++) sum += s.counter.get(i) - s.pending.get(i)
          return sum === 0
        },
        'if the token does not tell the truth, its sum or a colour will show it': (s) =>
          s.token.color === 'black' ||
          tokenIsRight(s) ||
          sumWouldBePositive(s) ||
          s.color.some((color, i) => color === 'black' && i <= s.token.at),
      },
      sometimes: { 'node 0 concludes': concluded },
      properties: {
        'termination is detected in the end': { when: terminated, leadsTo: concluded },
      },
      fairness: [weak('initiateProbe', 'passToken')],
      // Nothing more can happen when all have stopped and node 0 knows it.
      ends: (s) => concluded(s) && terminated(s),
      within: (s) =>
        s.counter.every((sent) => sent <= limit) &&
        s.pending.every((messages) => messages <= limit) &&
        s.token.q <= limit * n,
      refines: {
        'async-td': {
          model: asyncTerminationDetection.make({ n, limit }),
          map: (s, abstract) => {
            abstract.active.assign(s.active)
            abstract.pending.assign(s.pending)
            abstract.detected = concluded(s)
          },
        },
      },
    })
  },
)
