import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, int, mapOf, oneOf, option, packed, seqOf, setOf } from '../../src/state/index.ts'

/**
 * Total-order broadcast out of consensus: in numbered instances, processes agree on sets of
 * messages that they have received and not delivered, and deliver each decided set in a fixed
 * order. The consensus itself is an oracle that decides one of the sets proposed.
 */
export const orderByConsensus = spec(
  'order-by-consensus',
  {
    about: 'total-order broadcast made of reliable broadcast and consensus on sets of messages',
    source: 'Chandra and Toueg, Unreliable Failure Detectors, 1996, section 7',
    parameters: { processes: 2, messages: 2, crashes: 1 },
    mutants: {
      'order-of-its-own': 'a process delivers the messages of a decided set in any order',
      'does-not-wait': 'a process proposes again before the instance it waits for is decided',
      'own-proposal': 'a process delivers what it has proposed instead of what is decided',
    },
  },
  ({ processes, messages, crashes }, planted) => {
    const Process = id('p', processes)
    const Message = id('m', messages)
    const Instance = int(0, messages - 1)
    const Batch = packed(setOf(Message))
    const senderOf = (m: number) => m % processes

    return model({
      state: {
        sent: setOf(Message),
        received: mapOf(Process, setOf(Message)),
        delivered: mapOf(Process, seqOf(Message, messages + 1)),
        /** How many instances a process has finished, and how many more it has proposed in. */
        finished: mapOf(Process, int(0, messages)),
        waiting: mapOf(Process, int(0, messages)),
        proposals: mapOf(Instance, mapOf(Process, option(Batch))),
        decided: mapOf(Instance, option(Batch)),
        crashed: setOf(Process),
      },
      actions: {
        broadcast: {
          for: [Message],
          when: (s, m) => !s.sent.has(m) && !s.crashed.has(senderOf(m)),
          then: (s, m) => {
            s.sent.add(m)
          },
        },
        receive: {
          for: [Process, Message],
          when: (s, p, m) => s.sent.has(m) && !s.received.get(p).has(m) && !s.crashed.has(p),
          then: (s, p, m) => {
            s.received.get(p).add(m)
          },
        },
        propose: {
          for: [Process],
          when: (s, p) =>
            !s.crashed.has(p) &&
            (s.waiting.get(p) === 0 || planted('does-not-wait')) &&
            s.finished.get(p) + s.waiting.get(p) < messages &&
            s.received.get(p).some((m) => !s.delivered.get(p).some((before) => before === m)),
          then: (s, p) => {
            const done = new Set(s.delivered.get(p).value())
            const batch = new Set([...s.received.get(p)].filter((m) => !done.has(m)))
            s.proposals.get(s.finished.get(p) + s.waiting.get(p)).set(p, batch)
            s.waiting.set(p, s.waiting.get(p) + 1)
          },
        },
        decide: {
          for: [Instance, Process],
          when: (s, k, p) => s.decided.get(k) === null && s.proposals.get(k).get(p) !== null,
          then: (s, k, p) => {
            s.decided.set(k, s.proposals.get(k).get(p))
          },
        },
        deliver: {
          for: [Process, planted('order-of-its-own') ? bool() : oneOf(false)],
          when: (s, p) =>
            !s.crashed.has(p) && s.waiting.get(p) > 0 && s.decided.get(s.finished.get(p)) !== null,
          then: (s, p, backwards) => {
            const instance = s.finished.get(p)
            const own = s.proposals.get(instance).get(p)
            const batch = planted('own-proposal') ? own : s.decided.get(instance)
            const inOrder = [...(batch ?? [])].sort((one, other) => one - other)
            if (backwards) inOrder.reverse()
            for (const m of inOrder) if (!s.delivered.get(p).full) s.delivered.get(p).push(m)
            s.finished.set(p, instance + 1)
            s.waiting.set(p, s.waiting.get(p) - 1)
          },
        },
        crash: {
          for: [Process],
          when: (s, p) => s.crashed.size < crashes && !s.crashed.has(p),
          then: (s, p) => {
            s.crashed.add(p)
          },
        },
      },
      invariants: {
        'integrity: delivered once, and only what was broadcast': {
          for: [Process],
          holds: (s, p) => {
            const all = s.delivered.get(p).value()
            return new Set(all).size === all.length && all.every((m) => s.sent.has(m))
          },
        },
        'total order: one sequence begins with the other': {
          for: [Process, Process],
          holds: (s, p, q) => {
            const [one, other] = [s.delivered.get(p).value(), s.delivered.get(q).value()]
            return one.every((m, position) => position >= other.length || other[position] === m)
          },
        },
      },
      sometimes: {
        'all deliver all': (s) => s.delivered.every((sequence) => sequence.length === messages),
      },
      properties: {
        'validity: a sender delivers its own message, unless it crashes': {
          for: [Message],
          when: (s, m) => s.sent.has(m),
          leadsTo: (s, m) =>
            s.crashed.has(senderOf(m)) ||
            s.delivered.get(senderOf(m)).some((delivered) => delivered === m),
        },
        'agreement: what one delivers all deliver, unless they crash': {
          for: [Process, Process, Message],
          when: (s, p, _, m) => s.delivered.get(p).some((delivered) => delivered === m),
          leadsTo: (s, _, q, m) =>
            s.crashed.has(q) || s.delivered.get(q).some((delivered) => delivered === m),
        },
      },
      fairness: [weakEach('receive', 'propose', 'decide', 'deliver')],
      ends: 'anywhere',
    })
  },
)
