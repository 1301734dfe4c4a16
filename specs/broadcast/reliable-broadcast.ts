import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, mapOf, setOf } from '../../src/state/index.ts'

/**
 * Reliable broadcast of one message: whoever has it passes it on to everybody, so that either all
 * that do not crash deliver it or none does. What a process has sent when it crashes may be lost.
 *
 * Who delivers at once may deliver and crash, and be the only one. In the uniform variant a process
 * delivers when it knows that a majority has the message, one of which does not crash.
 */
export const reliableBroadcast = spec(
  'reliable-broadcast',
  {
    about: 'reliable broadcast: whoever has the message passes it on, so all deliver it or none',
    source:
      'Hadzilacos and Toueg, A Modular Approach to Fault-Tolerant Broadcasts, 1994, section 4',
    parameters: { processes: 3, crashes: 2, uniform: false },
    mutants: {
      'no-relay': 'only the sender sends the message',
      'one-is-enough': 'a process delivers as soon as it has the message',
    },
  },
  ({ processes, crashes, uniform }, planted) => {
    const Process = id('p', processes)
    const sender = 0
    const all = Array.from({ length: processes }, (_, p) => p)
    const enough = uniform && !planted('one-is-enough') ? Math.floor(processes / 2) + 1 : 1

    return model({
      state: {
        /** Who has the message, and for whom: copies on their way. */
        has: setOf(Process),
        sent: mapOf(Process, setOf(Process)),
        underWay: mapOf(Process, setOf(Process)),
        /** From whom a process has heard it. */
        heardFrom: mapOf(Process, setOf(Process)),
        delivered: setOf(Process),
        crashed: setOf(Process),
      },
      actions: {
        broadcast: {
          when: (s) => !s.has.has(sender) && !s.crashed.has(sender),
          then: (s) => {
            s.has.add(sender)
          },
        },
        send: {
          for: [Process, Process],
          when: (s, p, q) =>
            p !== q &&
            s.has.has(p) &&
            !s.crashed.has(p) &&
            !s.sent.get(p).has(q) &&
            (p === sender || !planted('no-relay')),
          then: (s, p, q) => {
            s.sent.get(p).add(q)
            s.underWay.get(p).add(q)
          },
        },
        receive: {
          for: [Process, Process],
          when: (s, p, q) => s.underWay.get(p).has(q) && !s.crashed.has(q),
          then: (s, p, q) => {
            s.underWay.get(p).delete(q)
            s.heardFrom.get(q).add(p)
            s.has.add(q)
          },
        },
        deliver: {
          for: [Process],
          when: (s, p) =>
            s.has.has(p) &&
            !s.delivered.has(p) &&
            !s.crashed.has(p) &&
            s.heardFrom.get(p).size + 1 >= enough,
          then: (s, p) => {
            s.delivered.add(p)
          },
        },
        crash: {
          for: [Process],
          when: (s, p) => s.crashed.size < crashes && !s.crashed.has(p),
          then: (s, p) => {
            s.crashed.add(p)
          },
        },
        lose: {
          for: [Process, Process],
          when: (s, p, q) => s.crashed.has(p) && s.underWay.get(p).has(q),
          then: (s, p, q) => {
            s.underWay.get(p).delete(q)
          },
        },
      },
      invariants: {
        'only what was broadcast is delivered': (s) => s.delivered.size === 0 || s.has.has(sender),
      },
      sometimes: {
        'all deliver': (s) => s.delivered.size === processes,
        'somebody has it, and none of those that live': (s) =>
          s.has.size > 0 && all.every((p) => s.crashed.has(p) || !s.has.has(p)),
      },
      properties: {
        'validity: a sender that does not crash delivers its message': {
          when: (s) => s.has.has(sender),
          leadsTo: (s) => s.delivered.has(sender) || s.crashed.has(sender),
        },
        'all or none: what one delivers all deliver, unless they crash': {
          for: [Process, Process],
          when: (s, p) => s.delivered.has(p),
          leadsTo: (s, p, q) =>
            s.delivered.has(q) || s.crashed.has(q) || (!uniform && s.crashed.has(p)),
        },
      },
      fairness: [weakEach('send', 'receive', 'deliver')],
      ends: 'anywhere',
    })
  },
)
