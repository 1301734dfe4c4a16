import { model, spec } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf, setOf } from '../../src/state/index.ts'

/**
 * Dynamo's partial quorums for one key: a put is stored at `w` of the first `n` nodes, a get asks
 * `r` of them, and `r + w > n` makes it see the put. Nodes become unreachable and come back. A
 * sloppy quorum takes the first nodes that can be reached instead, spare ones too.
 */
export const dynamo = spec(
  'dynamo',
  {
    about: 'puts to w and gets from r of n nodes, of which some cannot be reached for a while',
    source:
      "DeCandia and others, Dynamo: Amazon's Highly Available Key-value Store, 2007, section 4",
    parameters: { n: 3, r: 2, w: 2, spare: 2, changes: 2, puts: 1 },
    mutants: {
      sloppy: 'spare nodes stand in for nodes that cannot be reached',
      'no-version': 'a get returns the first answer instead of the newest',
    },
  },
  ({ n, r, w, spare, changes, puts }, planted) => {
    const Node = id('node', n + spare)
    const Version = int(0, puts)
    const all = Array.from({ length: n + spare }, (_, node) => node)

    return model({
      state: {
        version: mapOf(Node, Version),
        unreachable: setOf(Node),
        changes: int(0, changes),
        begun: Version,
        acknowledged: Version,
        put: setOf(Node),
        getting: oneOf('no', 'yes', 'done'),
        /** What was acknowledged when the get began. */
        expected: Version,
        asked: setOf(Node),
        got: Version,
        answered: bool(),
      },
      actions: {
        beginPut: {
          when: (s) => s.begun === s.acknowledged && s.begun < puts,
          then: (s) => {
            s.begun++
            s.put.clear()
          },
        },
        store: {
          for: [Node],
          when: (s, node) =>
            s.begun > s.acknowledged && !s.put.has(node) && mayServe(s.unreachable, node),
          then: (s, node) => {
            s.put.add(node)
            s.version.set(node, s.begun)
          },
        },
        acknowledge: {
          when: (s) => s.begun > s.acknowledged && s.put.size >= w,
          then: (s) => {
            s.acknowledged = s.begun
          },
        },
        beginGet: {
          when: (s) => s.getting === 'no',
          then: (s) => {
            s.getting = 'yes'
            s.expected = s.acknowledged
          },
        },
        ask: {
          for: [Node],
          when: (s, node) =>
            s.getting === 'yes' &&
            s.asked.size < r &&
            !s.asked.has(node) &&
            mayServe(s.unreachable, node),
          then: (s, node) => {
            const version = s.version.get(node)
            s.got = planted('no-version') && s.answered ? s.got : Math.max(s.got, version)
            s.asked.add(node)
            s.answered = true
          },
        },
        endGet: {
          when: (s) => s.getting === 'yes' && s.asked.size === r,
          then: (s) => {
            s.getting = 'done'
          },
        },
        change: {
          for: [Node],
          when: (s) => s.changes < changes,
          then: (s, node) => {
            s.changes++
            if (s.unreachable.has(node)) s.unreachable.delete(node)
            else s.unreachable.add(node)
          },
        },
      },
      invariants: {
        'a get sees what was acknowledged before it': (s) =>
          s.getting !== 'done' || s.got >= s.expected,
      },
      sometimes: {
        'a get returns a put': (s) => s.getting === 'done' && s.got > 0,
      },
      ends: 'anywhere',
    })

    /** Whether a node is one of those that a put or get goes to now. */
    function mayServe(unreachable: { has(node: number): boolean }, node: number): boolean {
      if (unreachable.has(node)) return false
      if (!planted('sloppy')) return node < n
      const before = all.slice(0, node).filter((other) => !unreachable.has(other)).length
      return before < n
    }
  },
)
