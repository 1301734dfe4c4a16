import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, mapOf } from '../../src/state/index.ts'

/** Termination detection where a message arrives at the moment at which it is sent. */
export const syncTerminationDetection = spec(
  'sync-td',
  {
    about: 'termination detection with messages that take no time: what any algorithm must do',
    source: 'Merz, SyncTerminationDetection in TLA+ (tlaplus/Examples, ewd840)',
    parameters: { n: 3 },
    mutants: {
      'all-but-one': 'termination is detected although one node works',
      'woken-by-idle': 'a node that does not work may wake others',
    },
  },
  ({ n }, planted) => {
    const NODE = id('node', n)
    const allButOne = planted('all-but-one')
    const wokenByIdle = planted('woken-by-idle')
    const state = { active: mapOf(NODE, bool()), detected: bool() }
    const terminated = (s: State<typeof state>) => s.active.every((works) => !works)
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
              detected === s.active.every((works, j) => !works || j === i)),
          then: (s, i, detected) => {
            s.active.set(i, false)
            s.detected = detected
          },
        },
        wakeUp: {
          for: [NODE, NODE],
          when: (s, i) => s.active.get(i) || wokenByIdle,
          then: (s, _, j) => {
            s.active.set(j, true)
          },
        },
        detect: {
          when: (s) => s.active.count((works) => works) <= (allButOne ? 1 : 0),
          then: (s) => {
            s.detected = true
          },
        },
      },
      invariants: {
        'what is detected is true': (s) => !s.detected || terminated(s),
      },
      sometimes: { 'termination is detected': (s) => s.detected },
      properties: {
        'termination is detected in the end': {
          when: terminated,
          leadsTo: (s) => s.detected,
        },
      },
      fairness: [weak('detect')],
      symmetry: [NODE],
    })
  },
)
