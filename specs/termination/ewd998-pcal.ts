import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, oneOf, option, record } from '../../src/state/index.ts'

/**
 * EWD998 as a program for nodes that send each other messages, the token being one of them: what
 * lies in the inbox of a node is a number of payloads and perhaps the token.
 */
export const ewd998Program = spec(
  'ewd998-pcal',
  {
    about: 'termination detection on a ring as a program, where the token is a message too',
    source: 'Dijkstra, EWD998, 1987; EWD998PCal in TLA+ (tlaplus/Examples, ewd998)',
    parameters: { n: 2, limit: 3 },
    mutants: {
      'receiver-stays-white': 'whoever receives a message does not turn black',
      'token-restarts': 'a node that passes the token forgets what the others have counted',
    },
  },
  ({ n, limit }, planted) => {
    const NODE = id('node', n)
    const COLOR = oneOf('white', 'black')
    const most = limit - 1
    const token = record({ q: int(-most * (n - 1) ** 2, most * (n - 1)), color: COLOR })
    const receiverStaysWhite = planted('receiver-stays-white')
    const tokenRestarts = planted('token-restarts')
    const state = {
      inbox: mapOf(NODE, record({ payloads: int(0, most * n + 1), token: option(token) })),
      active: mapOf(NODE, bool()),
      color: mapOf(NODE, COLOR),
      /** Payloads sent less payloads received. */
      counter: mapOf(NODE, int(-most * (n - 1), limit)),
    }
    type S = State<typeof state>
    const terminated = (s: S) =>
      s.active.every((works) => !works) && s.inbox.every(({ payloads }) => payloads === 0)
    /** Node 0 holds the token, and knows that all have stopped. */
    const concluded = (s: S) => {
      const held = s.inbox.get(0).token
      return (
        held?.color === 'white' &&
        s.color.get(0) === 'white' &&
        !s.active.get(0) &&
        held.q + s.counter.get(0) === 0
      )
    }
    return model({
      state,
      init: {
        anybodyWorks: {
          for: [mapOf(NODE, bool())],
          then: (s, active) => {
            s.active.assign(active)
            s.color.fill('black')
            s.counter.fill(0)
            s.inbox.get(0).token = { q: 0, color: 'black' }
          },
        },
      },
      actions: {
        sendPayload: {
          for: [NODE, NODE],
          when: (s, i, j) => i !== j && s.active.get(i),
          then: (s, i, j) => {
            s.inbox.get(j).payloads++
            s.counter.set(i, s.counter.get(i) + 1)
          },
        },
        receivePayload: {
          for: [NODE],
          when: (s, i) => s.inbox.get(i).payloads > 0,
          then: (s, i) => {
            s.inbox.get(i).payloads--
            s.counter.set(i, s.counter.get(i) - 1)
            s.active.set(i, true)
            if (!receiverStaysWhite) s.color.set(i, 'black')
          },
        },
        deactivate: {
          for: [NODE],
          then: (s, i) => {
            s.active.set(i, false)
          },
        },
        passToken: {
          for: [NODE],
          when: (s, i) => i !== 0 && s.inbox.get(i).token !== null && !s.active.get(i),
          then: (s, i) => {
            const { q, color } = s.inbox.get(i).token ?? { q: 0, color: 'black' }
            s.inbox.get(i).token = null
            s.inbox.get(i - 1).token = {
              q: (tokenRestarts ? 0 : q) + s.counter.get(i),
              color: s.color.get(i) === 'black' ? 'black' : color,
            }
            s.color.set(i, 'white')
          },
        },
        initiateToken: {
          for: [oneOf('black token', 'black node', 'messages on their way')],
          when: (s, why) => {
            const held = s.inbox.get(0).token
            if (held === null) return false
            if (why === 'messages on their way') return held.q + s.counter.get(0) !== 0
            return (why === 'black token' ? held.color : s.color.get(0)) === 'black'
          },
          then: (s) => {
            s.inbox.get(0).token = null
            s.inbox.get(n - 1).token = { q: 0, color: 'white' }
            s.color.set(0, 'white')
          },
        },
      },
      invariants: {
        'what node 0 concludes is true': (s) => !concluded(s) || terminated(s),
        'there is one token': (s) => s.inbox.count((inbox) => inbox.token !== null) === 1,
      },
      sometimes: { 'node 0 concludes': concluded },
      properties: {
        'termination is detected in the end': { when: terminated, leadsTo: concluded },
      },
      fairness: [weak('passToken'), weak('initiateToken')],
      within: (s) => s.counter.every((sent) => sent < limit),
      network: ['inbox'],
    })
  },
)
