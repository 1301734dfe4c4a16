import { model, spec } from '../../src/explore/index.ts'
import { id, int, mapOf, oneOf, option, record, seqOf, union } from '../../src/state/index.ts'

/**
 * Election in a ring in which messages go one way and links keep their order, with O(n log n)
 * messages. Every node that is still active speaks for a number, at first its own. In each round it
 * learns the numbers of the two active nodes before it, and goes on, for the number of its
 * neighbour, only if that is the largest of the three; otherwise it only passes on what it hears.
 * Nodes take turns at any point: to receive, to think and to send are steps of their own.
 */
export const dolevKlaweRodeh = spec(
  'dkr',
  {
    about: 'election in a one-way ring whose links keep the order',
    source: 'Dolev, Klawe and Rodeh, An O(n log n) Unidirectional Distributed Algorithm, 1982',
    parameters: { nodes: 3 },
    mutants: {
      'looks-for-itself': 'a node waits for its own number, not for the one that it speaks for',
      'finder-wins': 'the node that finds the largest number takes itself for the leader',
    },
  },
  ({ nodes }, planted) => {
    const Node = id('node', nodes)
    const number = int(0, nodes)
    const Message = union({ one: { number }, two: { number }, winner: { number } })
    const next = (n: number) => (n + 1) % nodes
    const before = (n: number) => (n + nodes - 1) % nodes
    /** The numbers round the ring: the largest is somewhere in the middle. */
    const numberOf = (n: number) => ((n + Math.ceil(nodes / 2)) % nodes) + 1
    return model({
      state: {
        node: mapOf(
          Node,
          record({
            is: oneOf('asleep', 'active', 'passive', 'leaving', 'done'),
            speaksFor: number,
            neighbour: number,
            heard: option(Message),
            says: option(Message),
          }),
        ),
        verdict: mapOf(Node, oneOf('unknown', 'lost', 'won')),
        /** What was sent to a node by the one before it in the ring. */
        link: mapOf(Node, seqOf(Message, 2)),
      },
      actions: {
        wake: {
          for: [Node],
          when: (s, n) => s.node.get(n).is === 'asleep',
          then: (s, n) => {
            const node = s.node.get(n)
            node.is = 'active'
            node.speaksFor = numberOf(n)
            node.says = { type: 'one', number: numberOf(n) }
          },
        },
        send: {
          for: [Node],
          when: (s, n) => s.node.get(n).says !== null && !s.link.get(next(n)).full,
          then: (s, n) => {
            const node = s.node.get(n)
            if (node.says !== null) s.link.get(next(n)).push(node.says)
            node.says = null
            if (node.is === 'leaving') node.is = 'done'
          },
        },
        receive: {
          for: [Node],
          when: (s, n) => {
            const { is, heard, says } = s.node.get(n)
            if (is === 'asleep' || is === 'done') return false
            return heard === null && says === null && s.link.get(n).length > 0
          },
          then: (s, n) => {
            s.node.get(n).heard = s.link.get(n).shift()
          },
        },
        hearOne: {
          for: [Node],
          when: (s, n) => s.node.get(n).heard?.type === 'one',
          then: (s, n) => {
            const node = s.node.get(n)
            const heard = node.heard?.number ?? 0
            const mine = planted('looks-for-itself') ? numberOf(n) : node.speaksFor
            node.heard = null
            if (node.is === 'passive') {
              node.says = { type: 'one', number: heard }
            } else if (heard !== mine) {
              node.neighbour = heard
              node.says = { type: 'two', number: heard }
            } else {
              // The number went round, so nobody else is active: it is the largest.
              if (planted('finder-wins')) s.verdict.set(n, 'won')
              node.says = { type: 'winner', number: heard }
            }
          },
        },
        hearTwo: {
          for: [Node],
          when: (s, n) => s.node.get(n).heard?.type === 'two',
          then: (s, n) => {
            const node = s.node.get(n)
            const heard = node.heard?.number ?? 0
            node.heard = null
            if (node.is === 'passive') {
              node.says = { type: 'two', number: heard }
            } else if (node.neighbour > heard && node.neighbour > node.speaksFor) {
              node.speaksFor = node.neighbour
              node.says = { type: 'one', number: node.neighbour }
            } else {
              node.is = 'passive'
            }
            node.neighbour = 0
          },
        },
        hearWinner: {
          for: [Node],
          when: (s, n) => s.node.get(n).heard?.type === 'winner',
          then: (s, n) => {
            const node = s.node.get(n)
            const heard = node.heard?.number ?? 0
            node.heard = null
            if (s.verdict.get(n) === 'unknown')
              s.verdict.set(n, heard === numberOf(n) ? 'won' : 'lost')
            // It goes round once, and ends where it began: at the one node that is still active.
            if (node.is === 'passive') {
              node.is = 'leaving'
              node.says = { type: 'winner', number: heard }
            } else {
              node.is = 'done'
            }
          },
        },
      },
      invariants: {
        'only the node of the largest number wins': {
          for: [Node],
          holds: (s, n) => s.verdict.get(n) !== 'won' || numberOf(n) === nodes,
        },
        'at most one node wins': (s) => s.verdict.count((verdict) => verdict === 'won') <= 1,
      },
      sometimes: {
        'one node wins and all others lose': (s) =>
          s.verdict.count((verdict) => verdict === 'won') === 1 &&
          s.verdict.count((verdict) => verdict === 'lost') === nodes - 1,
      },
      ends: (s) => s.verdict.every((verdict) => verdict !== 'unknown'),
      network: ['link'],
      processes: { kind: Node, links: { link: (n) => [before(n), n] } },
    })
  },
)
