import { model, spec } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Writes that are tentative at first and get their place later, as in Bayou: each replica takes
 * writes, and replicas tell each other what they know whenever they meet. One of them, the primary,
 * settles the order. A replica shows the settled writes in their order, and then its tentative
 * ones, which may still be moved. What clients were shown as settled never changes: it grows, and
 * all replicas agree on it.
 */
export const agreedPast = spec(
  'agreed-past',
  {
    about: 'tentative writes whose order is settled by a primary: the settled past only grows',
    source:
      'Terry and others, Managing Update Conflicts in Bayou, a Weakly Connected Replicated ' +
      'Storage System, 1995',
    parameters: { replicas: 3, writes: 2 },
    mutants: {
      'everybody-settles': 'a replica settles the order of what it knows without the primary',
      'last-heard-stays': 'a replica takes over whatever past it is told, even a shorter one',
    },
  },
  ({ replicas, writes }, planted) => {
    const Replica = id('replica', replicas)
    const Write = id('write', writes)
    const primary = 0

    return model({
      state: {
        begun: int(0, writes),
        /** In the order of their numbers, which is not the order that is settled. */
        tentative: mapOf(Replica, setOf(Write)),
        settled: mapOf(Replica, seqOf(Write, writes)),
        /** What a client at a replica was shown as settled last. */
        shown: mapOf(Replica, seqOf(Write, writes)),
        /** Whether a tentative write was moved behind another one. */
        moved: bool(),
      },
      actions: {
        write: {
          for: [Replica],
          when: (s) => s.begun < writes,
          then: (s, replica) => {
            s.tentative.get(replica).add(s.begun)
            s.begun++
          },
        },
        settle: {
          for: [Replica, Write],
          when: (s, replica, write) =>
            (replica === primary || planted('everybody-settles')) &&
            s.tentative.get(replica).has(write),
          then: (s, replica, write) => {
            // Smaller ones that are still tentative had been shown before it.
            if (s.tentative.get(replica).some((other) => other < write)) s.moved = true
            s.tentative.get(replica).delete(write)
            s.settled.get(replica).push(write)
          },
        },
        meet: {
          for: [Replica, Replica],
          when: (s, from, to) => from !== to,
          then: (s, from, to) => {
            const told = s.settled.get(from)
            if (told.length > s.settled.get(to).length || planted('last-heard-stays'))
              s.settled.get(to).assign(told)
            const known = s.settled.get(to)
            for (const write of s.tentative.get(from)) s.tentative.get(to).add(write)
            for (const write of known) s.tentative.get(to).delete(write)
          },
        },
        show: {
          for: [Replica],
          then: (s, replica) => {
            s.shown.get(replica).assign(s.settled.get(replica))
          },
        },
      },
      invariants: {
        'of two pasts one begins with the other': {
          for: [Replica, Replica],
          holds: (s, a, b) => {
            const [one, other] = [s.settled.get(a), s.settled.get(b)]
            return one.length > other.length || one.every((write, at) => other.at(at) === write)
          },
        },
        'what was shown stays': {
          for: [Replica],
          holds: (s, replica) => {
            const settled = s.settled.get(replica)
            const shown = s.shown.get(replica)
            return (
              shown.length <= settled.length && shown.every((write, at) => settled.at(at) === write)
            )
          },
        },
      },
      sometimes: {
        'everybody has settled everything': (s) =>
          s.settled.every((settled) => settled.length === writes),
        'a tentative write is moved': (s) => s.moved,
        'tentative writes differ': (s) => s.tentative.get(1).has(0) !== s.tentative.get(2).has(0),
      },
      ends: 'anywhere',
    })
  },
)
