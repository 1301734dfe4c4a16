import { model, spec, weakEach } from '../../src/explore/index.ts'
import { bool, id, mapOf, oneOf } from '../../src/state/index.ts'

/** Who wants to enter says so, and then lets the other one go first. */
export const peterson = spec(
  'peterson',
  {
    about: 'mutual exclusion of two processes with shared variables',
    source: 'Peterson, Myths about the mutual exclusion problem, 1981',
    parameters: {},
    mutants: {
      'turn-first': 'a process gives the turn away before it says that it wants to enter',
      'turn-kept': 'a process takes the turn instead of giving it to the other',
      'no-turn': 'a process enters only when the other does not want to',
    },
  },
  (_, planted) => {
    const PROCESS = id('process', 2)
    const turnFirst = planted('turn-first')
    const turnKept = planted('turn-kept')
    const noTurn = planted('no-turn')
    return model({
      state: {
        wants: mapOf(PROCESS, bool()),
        turn: PROCESS,
        pc: mapOf(PROCESS, oneOf('a0', 'a1', 'a2', 'a3', 'critical', 'a4')),
      },
      init: (s) => {
        s.turn = 1
      },
      actions: {
        begin: {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'a0',
          then: (s, p) => {
            s.pc.set(p, turnFirst ? 'a2' : 'a1')
          },
        },
        want: {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'a1',
          then: (s, p) => {
            s.wants.set(p, true)
            s.pc.set(p, turnFirst ? 'a3' : 'a2')
          },
        },
        giveTurn: {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'a2',
          then: (s, p) => {
            s.turn = turnKept ? p : 1 - p
            s.pc.set(p, turnFirst ? 'a1' : 'a3')
          },
        },
        enter: {
          for: [PROCESS, oneOf('the other does not want to', 'it has the turn')],
          when: (s, p, why) =>
            s.pc.get(p) === 'a3' &&
            (why === 'it has the turn' ? s.turn === p && !noTurn : !s.wants.get(1 - p)),
          then: (s, p) => {
            s.pc.set(p, 'critical')
          },
        },
        leave: {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'critical',
          then: (s, p) => {
            s.pc.set(p, 'a4')
          },
        },
        giveUp: {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'a4',
          then: (s, p) => {
            s.wants.set(p, false)
            s.pc.set(p, 'a0')
          },
        },
      },
      invariants: {
        'at most one is in the critical section': (s) => s.pc.count((at) => at === 'critical') <= 1,
      },
      sometimes: {
        'somebody is in the critical section': (s) => s.pc.some((at) => at === 'critical'),
        'both want to enter': (s) => s.pc.every((at) => at === 'a3'),
      },
      properties: {
        'whoever wants to enter does': {
          for: [PROCESS],
          when: (s, p) => s.pc.get(p) === 'a2' || s.pc.get(p) === 'a3',
          leadsTo: (s, p) => s.pc.get(p) === 'critical',
        },
      },
      fairness: [weakEach('want', 'giveTurn', 'enter', 'leave', 'giveUp')],
      symmetry: [PROCESS],
    })
  },
)
