import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, seqOf, setOf } from '../../src/state/index.ts'

/** What total-order broadcast must do: all deliver the same messages in the same order. */
export const totalOrderBroadcast = spec(
  'total-order-broadcast',
  {
    about:
      'total-order broadcast: one order of the messages, of which each process delivers a prefix',
    source: 'Hadzilacos and Toueg, A Modular Approach to Fault-Tolerant Broadcasts, 1994',
    parameters: { processes: 2, messages: 2 },
  },
  ({ processes, messages }) => {
    const Process = id('p', processes)
    const Message = id('m', messages)
    return model({
      state: {
        sent: setOf(Message),
        order: seqOf(Message, messages),
        delivered: mapOf(Process, int(0, messages)),
      },
      actions: {
        broadcast: {
          for: [Message],
          when: (s, m) => !s.sent.has(m),
          then: (s, m) => {
            s.sent.add(m)
          },
        },
        order: {
          for: [Message],
          when: (s, m) => s.sent.has(m) && !s.order.some((before) => before === m),
          then: (s, m) => {
            s.order.push(m)
          },
        },
        deliver: {
          for: [Process],
          when: (s, p) => s.delivered.get(p) < s.order.length,
          then: (s, p) => {
            s.delivered.set(p, s.delivered.get(p) + 1)
          },
        },
      },
      invariants: {
        'only what was broadcast is ordered': (s) => s.order.every((m) => s.sent.has(m)),
      },
      sometimes: {
        'all deliver all': (s) => s.delivered.every((count) => count === messages),
      },
      properties: {
        'what is broadcast is delivered by all': {
          for: [Process, Message],
          when: (s, _, m) => s.sent.has(m),
          leadsTo: (s, p, m) => s.order.value().slice(0, s.delivered.get(p)).includes(m),
        },
      },
      fairness: [weakEach('order', 'deliver')],
      ends: (s) => s.delivered.every((count) => count === messages),
      symmetry: [Process, Message],
    })
  },
)
