import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, setOf, tuple } from '../../src/state/index.ts'

/**
 * A register with a copy at every replica, and no coordination at all: a write is done at one
 * replica and told to the others, which may not hear it. Now and then a replica tells another one
 * everything it knows. Of two values the one with the greater stamp stays: a number greater than
 * all that the replica knew, then the replica itself. When writes stop all copies become equal
 * (Demers and others 1987), and at any time replicas that know the same writes hold the same value
 * (Shapiro and others 2011).
 */
export const gossip = spec(
  'gossip',
  {
    about: 'a register whose replicas tell each other what was written: they become equal',
    source:
      'Demers and others, Epidemic Algorithms for Replicated Database Maintenance, 1987; ' +
      'Shapiro and others, Conflict-free Replicated Data Types, 2011',
    parameters: { replicas: 2, writes: 2, losses: 1 },
    mutants: {
      'told-once': 'a replica tells each write to each other one once, and never again',
      'last-arrived-stays': 'a replica stores whatever it hears last, even if its stamp is smaller',
    },
  },
  ({ replicas, writes, losses }, planted) => {
    const Replica = id('replica', replicas)
    /** `replicas` times the number, and the replica: 0 is what was there before. */
    const Stamp = int(0, replicas * (writes + 1))
    const all = Array.from({ length: replicas }, (_, replica) => replica)
    const stored = (own: number, heard: number): number =>
      planted('last-arrived-stays') ? heard : Math.max(own, heard)

    return model({
      state: {
        copy: mapOf(Replica, Stamp),
        /** The writes that a replica knows of. */
        knows: mapOf(Replica, setOf(Stamp)),
        /** What is on its way, and to whom. */
        messages: setOf(tuple(Replica, Stamp)),
        written: int(0, writes),
        lost: int(0, losses),
      },
      actions: {
        write: {
          for: [Replica],
          when: (s) => s.written < writes,
          then: (s, replica) => {
            const number = Math.floor(Math.max(s.copy.get(replica) - 1, -1) / replicas) + 1
            const stamp = number * replicas + replica + 1
            s.written++
            s.copy.set(replica, stamp)
            s.knows.get(replica).add(stamp)
            for (const other of all) if (other !== replica) s.messages.add([other, stamp])
          },
        },
        deliver: {
          for: ['messages'],
          then: (s, [replica, stamp]) => {
            s.messages.delete([replica, stamp])
            s.copy.set(replica, stored(s.copy.get(replica), stamp))
            s.knows.get(replica).add(stamp)
          },
        },
        lose: {
          for: ['messages'],
          when: (s) => s.lost < losses,
          then: (s, message) => {
            s.lost++
            s.messages.delete(message)
          },
        },
        tellAll: {
          for: [Replica, Replica],
          when: (s, from, to) => !planted('told-once') && from !== to,
          then: (s, from, to) => {
            s.copy.set(to, stored(s.copy.get(to), s.copy.get(from)))
            for (const stamp of s.knows.get(from)) s.knows.get(to).add(stamp)
          },
        },
      },
      invariants: {
        'replicas that know the same writes hold the same value': {
          for: [Replica, Replica],
          holds: (s, a, b) =>
            s.copy.get(a) === s.copy.get(b) ||
            s.knows.get(a).size !== s.knows.get(b).size ||
            !s.knows.get(a).hasAll(s.knows.get(b)),
        },
      },
      sometimes: {
        'copies differ': (s) => s.copy.get(0) !== s.copy.get(1),
        'two values were written independently': (s) =>
          s.knows.get(0).size === 1 && s.knows.get(1).size === 1 && s.copy.get(0) !== s.copy.get(1),
      },
      properties: {
        'all copies become equal and stay so': {
          eventuallyAlways: (s) => s.copy.every((copy) => copy === s.copy.get(0)),
        },
      },
      fairness: [weakEach('deliver', 'tellAll')],
      ends: 'anywhere',
      network: ['messages'],
    })
  },
)
