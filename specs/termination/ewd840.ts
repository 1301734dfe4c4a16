import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, mapOf, oneOf, record } from '../../src/state/index.ts'
import { syncTerminationDetection } from './sync-td.ts'

/**
 * A token goes round a ring from node n-1 down to node 0, and turns black on its way when it may
 * have missed work. Messages take no time.
 */
export const ewd840 = spec(
  'ewd840',
  {
    about: 'termination detection on a ring, with messages that take no time',
    source: 'Dijkstra, Feijen and van Gasteren, EWD840, 1983',
    parameters: { n: 3 },
    mutants: {
      'sender-stays-white': 'whoever sends to a node that the token has passed does not say so',
      'token-not-stained': 'a black node passes the token on as it is',
      'node-not-whitened': 'a node stays black for ever, and so does every token',
    },
  },
  ({ n }, planted) => {
    const NODE = id('node', n)
    const COLOR = oneOf('white', 'black')
    const senderStaysWhite = planted('sender-stays-white')
    const tokenNotStained = planted('token-not-stained')
    const nodeNotWhitened = planted('node-not-whitened')
    const state = {
      active: mapOf(NODE, bool()),
      color: mapOf(NODE, COLOR),
      token: record({ at: NODE, color: COLOR }),
    }
    type S = State<typeof state>
    const idle = (s: S) => s.active.every((works) => !works)
    /** Node 0 holds the token, and knows that all have stopped. */
    const concluded = (s: S) =>
      s.token.at === 0 &&
      s.token.color === 'white' &&
      s.color.get(0) === 'white' &&
      !s.active.get(0)
    return model({
      state,
      init: {
        anywhere: {
          for: [mapOf(NODE, bool()), mapOf(NODE, COLOR), NODE],
          then: (s, active, color, at) => {
            s.active.assign(active)
            s.color.assign(color)
            s.token.at = at
            s.token.color = 'black'
          },
        },
      },
      actions: {
        initiateProbe: {
          for: [oneOf('black token', 'black node')],
          when: (s, why) =>
            s.token.at === 0 &&
            (why === 'black token' ? s.token.color : s.color.get(0)) === 'black',
          then: (s) => {
            s.token.at = n - 1
            s.token.color = 'white'
            s.color.set(0, 'white')
          },
        },
        passToken: {
          for: [NODE, oneOf('idle', 'black node', 'black token')],
          when: (s, i, why) => {
            if (i === 0 || s.token.at !== i) return false
            if (why === 'idle') return !s.active.get(i)
            return (why === 'black token' ? s.token.color : s.color.get(i)) === 'black'
          },
          then: (s, i) => {
            s.token.at = i - 1
            if (s.color.get(i) === 'black' && !tokenNotStained) s.token.color = 'black'
            if (!nodeNotWhitened) s.color.set(i, 'white')
          },
        },
        sendMsg: {
          for: [NODE, NODE],
          when: (s, i, j) => i !== j && s.active.get(i),
          then: (s, i, j) => {
            s.active.set(j, true)
            if (j > i && !senderStaysWhite) s.color.set(i, 'black')
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
        'what node 0 concludes is true': (s) => !concluded(s) || idle(s),
        'a white token was passed by idle nodes, or somebody before it is black': (s) =>
          s.token.color === 'black' ||
          s.active.every((works, i) => !works || i <= s.token.at) ||
          s.color.some((color, i) => color === 'black' && i <= s.token.at),
      },
      sometimes: {
        'node 0 concludes': concluded,
      },
      properties: {
        'termination is detected in the end': {
          when: idle,
          leadsTo: concluded,
        },
      },
      fairness: [weak('initiateProbe', 'passToken')],
      // Nothing more can happen when all have stopped and node 0 knows it.
      ends: (s) => concluded(s) && idle(s),
      refines: {
        'sync-td': {
          model: syncTerminationDetection.make({ n }),
          map: (s, abstract) => {
            abstract.active.assign(s.active)
            abstract.detected = concluded(s)
          },
        },
      },
    })
  },
)
