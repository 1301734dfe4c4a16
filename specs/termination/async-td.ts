import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf } from '../../src/state/index.ts'

/** Termination detection where messages take time: nobody works and nothing is on its way. */
export const asyncTerminationDetection = spec(
  'async-td',
  {
    about: 'termination detection with messages that take time: what any algorithm must do',
    source: 'Merz, AsyncTerminationDetection in TLA+ (tlaplus/Examples, ewd998)',
    parameters: { n: 2, limit: 3 },
    mutants: {
      'messages-forgotten': 'termination is detected while messages are on their way',
      'sent-by-idle': 'a node that does not work may send',
    },
  },
  ({ n, limit }, planted) => {
    const NODE = id('node', n)
    const messagesForgotten = planted('messages-forgotten')
    const sentByIdle = planted('sent-by-idle')
    const state = {
      active: mapOf(NODE, bool()),
      pending: mapOf(NODE, int(0, limit + 1)),
      detected: bool(),
    }
    type S = State<typeof state>
    const idle = (s: S) => s.active.every((works) => !works)
    const nothingOnItsWay = (s: S) => s.pending.every((messages) => messages === 0)
    return model({
      state,
      init: {
        anybodyWorks: {
          for: [mapOf(NODE, bool()), bool()],
          when: (_, active, detected) => !detected || [...active.values()].every((works) => !works),
          then: (s, active, detected) => {
            s.active.assign(active)
            s.detected = detected
          },
        },
      },
      actions: {
        /** The last one to stop may be noticed at once. */
        terminate: {
          for: [NODE, bool()],
          when: (s, i, detected) =>
            s.active.get(i) &&
            (detected === s.detected ||
              detected === (s.active.every((works, j) => !works || j === i) && nothingOnItsWay(s))),
          then: (s, i, detected) => {
            s.active.set(i, false)
            s.detected = detected
          },
        },
        sendMsg: {
          for: [NODE, NODE],
          when: (s, i) => s.active.get(i) || sentByIdle,
          then: (s, _, j) => {
            s.pending.set(j, s.pending.get(j) + 1)
          },
        },
        rcvMsg: {
          for: [NODE],
          when: (s, i) => s.pending.get(i) > 0,
          then: (s, i) => {
            s.pending.set(i, s.pending.get(i) - 1)
            s.active.set(i, true)
          },
        },
        detect: {
          when: (s) => idle(s) && (messagesForgotten || nothingOnItsWay(s)),
          then: (s) => {
            s.detected = true
          },
        },
      },
      invariants: {
        'what is detected is true': (s) => !s.detected || (idle(s) && nothingOnItsWay(s)),
      },
      sometimes: { 'termination is detected': (s) => s.detected },
      properties: {
        'termination is detected in the end': {
          when: (s) => idle(s) && nothingOnItsWay(s),
          leadsTo: (s) => s.detected,
        },
      },
      fairness: [weak('detect')],
      within: (s) => s.pending.every((messages) => messages <= limit),
      symmetry: [NODE],
    })
  },
)
