import {
  bagOf,
  id,
  int,
  mapOf,
  model,
  oneOf,
  seqOf,
  setOf,
  union,
} from '../../src/explore/index.ts'

export const Node = id('node', 3)
export const Message = union({ ping: { to: Node }, pong: { to: Node, round: int(0, 3) }, stop: {} })

/** One of each kind of variable; nothing in it has a meaning. */
export const variables = {
  phase: oneOf('idle', 'busy'),
  at: mapOf(Node, int(0, 9)),
  links: mapOf(Node, seqOf(Message, 3)),
  bag: bagOf(Message, 2),
  seen: setOf(Message),
}

/**
 * Node 0 pings, the others answer, over messages that stay for ever (`seen`) and messages that are
 * taken away (`bag`).
 */
export const pingPong = model({
  state: variables,
  actions: {
    ping: {
      for: [Node],
      when: (s, n) => n === 0 && s.phase === 'idle',
      then: (s) => {
        s.phase = 'busy'
        s.bag.add({ type: 'ping', to: 1 })
        s.seen.add({ type: 'stop' })
      },
    },
    answer: {
      for: ['bag.ping'],
      then: (s, message) => {
        s.bag.remove(message)
        s.at.set(message.to, 1)
        s.links.get(0).push({ type: 'pong', to: 0, round: 2 })
      },
    },
    receive: {
      for: [Node],
      when: (s, n) => s.links.get(n).length > 0,
      then: (s, n) => {
        s.links.get(n).shift()
        s.at.set(n, 2)
      },
    },
    halt: {
      for: [Node],
      when: (s, n) => n === 2 && s.at.get(0) === 2 && s.seen.has({ type: 'stop' }),
      then: (s, n) => {
        s.at.set(n, 3)
      },
    },
  },
  invariants: {
    'nobody halts': {
      for: [Node],
      holds: (s, n) => s.at.get(n) < 3,
    },
  },
  sometimes: { 'somebody is asked': (s) => s.bag.size > 0 },
  ends: 'anywhere',
  network: ['links', 'bag', 'seen'],
})
