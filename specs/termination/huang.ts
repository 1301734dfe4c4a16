import { model, spec, weak, weakEach } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, seqOf } from '../../src/state/index.ts'

/**
 * All weight is with process 0 at first, which has 1. A message takes half of the weight of its
 * sender with it, and who stops sends the rest home. Weights are counted in sixteenths.
 */
const ALL = 16

export const huang = spec(
  'huang',
  {
    about: 'termination detection by weights that come back to the one who gave them out',
    source: 'Huang, Detecting termination of distributed computations by external agents, 1989',
    parameters: { n: 3 },
    mutants: {
      'weight-dropped': 'a process that stops does not send its weight home',
      'weight-not-added': 'a process that gets a message forgets the weight that it had before',
    },
  },
  ({ n }, planted) => {
    const PROCESS = id('process', n)
    const POSITION = int(0, ALL / 2 - 1)
    const weightDropped = planted('weight-dropped')
    const weightNotAdded = planted('weight-not-added')
    const state = {
      active: mapOf(PROCESS, bool()),
      weight: mapOf(PROCESS, int(0, ALL)),
      msgs: mapOf(PROCESS, seqOf(int(1, ALL), ALL / 2)),
    }
    /** Nobody works but the leader, and nobody else will. */
    const othersAreDone = (s: State<typeof state>) =>
      s.active.every((works, p) => p === 0 || (!works && s.msgs.get(p).length === 0))
    return model({
      state,
      init: (s) => {
        s.active.set(0, true)
        s.weight.set(0, ALL)
      },
      actions: {
        sendMsg: {
          for: [PROCESS, PROCESS],
          when: (s, p) => s.active.get(p),
          then: (s, p, q) => {
            const half = s.weight.get(p) / 2
            s.weight.set(p, half)
            s.msgs.get(q).push(half)
          },
        },
        rcvMsg: {
          for: [PROCESS, POSITION],
          when: (s, p, position) => p !== 0 && position < s.msgs.get(p).length,
          then: (s, p, position) => {
            const before = weightNotAdded ? 0 : s.weight.get(p)
            s.weight.set(p, before + s.msgs.get(p).at(position))
            s.msgs.get(p).remove(position)
            s.active.set(p, true)
          },
        },
        idle: {
          for: [PROCESS],
          when: (s, p) => p !== 0 && s.active.get(p),
          then: (s, p) => {
            s.active.set(p, false)
            if (!weightDropped) s.msgs.get(0).push(s.weight.get(p))
            s.weight.set(p, 0)
          },
        },
        rcvLeader: {
          for: [POSITION],
          when: (s, position) => position < s.msgs.get(0).length,
          then: (s, position) => {
            s.weight.set(0, s.weight.get(0) + s.msgs.get(0).at(position))
            s.msgs.get(0).remove(position)
          },
        },
        idleLeader: {
          when: (s) => s.active.get(0),
          then: (s) => {
            s.active.set(0, false)
          },
        },
      },
      invariants: {
        'no weight is lost or made': (s) => {
          let sum = 0
          for (const p of s.weight.keys) {
            sum += s.weight.get(p)
            for (const weight of s.msgs.get(p)) sum += weight
          }
          return sum === ALL
        },
        'all weight is home only when nobody else works': (s) =>
          s.weight.get(0) !== ALL || othersAreDone(s),
      },
      sometimes: {
        'all weight is home, and the leader has stopped': (s) =>
          s.weight.get(0) === ALL && !s.active.get(0),
        'everybody works': (s) => s.active.every((works) => works),
      },
      properties: {
        'all weight comes home in the end': {
          when: othersAreDone,
          leadsTo: (s) => s.weight.get(0) === ALL,
        },
      },
      fairness: [weak('rcvLeader'), weak('idleLeader'), weakEach('rcvMsg', 'idle')],
      ends: (s) => s.weight.get(0) === ALL,
      // Weights smaller than an eighth are not halved once more.
      within: (s) => s.weight.every((weight) => weight % 2 === 0),
      network: ['msgs'],
    })
  },
)
