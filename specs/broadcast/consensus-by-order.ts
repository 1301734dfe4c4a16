import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, option, seqOf, setOf } from '../../src/state/index.ts'

/** Consensus out of total-order broadcast: broadcast the proposal, decide the first delivered. */
export const consensusByOrder = spec(
  'consensus-by-order',
  {
    about: 'consensus made of total-order broadcast: the first message delivered is the decision',
    source: 'Chandra and Toueg, Unreliable Failure Detectors, 1996, section 7',
    parameters: { processes: 3, crashes: 1 },
    mutants: {
      'own-message-first': 'a process decides the first message delivered that is its own',
      'decides-at-once': 'a process decides its own proposal when it broadcasts it',
    },
  },
  ({ processes, crashes }, planted) => {
    const Process = id('p', processes)
    return model({
      state: {
        // The proposal of a process is its own name.
        proposed: setOf(Process),
        order: seqOf(Process, processes),
        delivered: mapOf(Process, int(0, processes)),
        decided: mapOf(Process, option(Process)),
        crashed: setOf(Process),
      },
      actions: {
        propose: {
          for: [Process],
          when: (s, p) => !s.proposed.has(p) && !s.crashed.has(p),
          then: (s, p) => {
            s.proposed.add(p)
            if (planted('decides-at-once')) s.decided.set(p, p)
          },
        },
        order: {
          for: [Process],
          when: (s, m) => s.proposed.has(m) && !s.order.some((before) => before === m),
          then: (s, m) => {
            s.order.push(m)
          },
        },
        deliver: {
          for: [Process],
          when: (s, p) => !s.crashed.has(p) && s.delivered.get(p) < s.order.length,
          then: (s, p) => {
            const message = s.order.at(s.delivered.get(p))
            s.delivered.set(p, s.delivered.get(p) + 1)
            const counts = !planted('own-message-first') || message === p
            if (s.decided.get(p) === null && counts) s.decided.set(p, message)
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
        'agreement: no two decide differently': {
          for: [Process, Process],
          holds: (s, p, q) =>
            s.decided.get(p) === null ||
            s.decided.get(q) === null ||
            s.decided.get(p) === s.decided.get(q),
        },
        'validity: a decision was proposed': (s) =>
          s.decided.every((value) => value === null || s.proposed.has(value)),
      },
      sometimes: { 'all decide': (s) => s.decided.every((value) => value !== null) },
      properties: {
        'termination: who proposes decides, unless it crashes': {
          for: [Process],
          when: (s, p) => s.proposed.has(p),
          leadsTo: (s, p) => s.decided.get(p) !== null || s.crashed.has(p),
        },
      },
      fairness: [weakEach('order', 'deliver')],
      ends: 'anywhere',
      symmetry: [Process],
    })
  },
)
