import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, bool, int, mapOf, oneOf, option } from '../../src/state/index.ts'

/** Whoever works, or waits for an answer, hangs below the one whose message engaged it. */
const PROCESSES = ['L', 'P1', 'P2', 'P3'] as const
const EDGES = ['L-P1', 'P1-P2', 'P2-P1', 'P2-P3'] as const
type Process = (typeof PROCESSES)[number]
type Edge = (typeof EDGES)[number]

const from = (edge: Edge) => edge.split('-')[0] as Process
const to = (edge: Edge) => edge.split('-')[1] as Process
const into: Readonly<Record<Process, readonly Edge[]>> = {
  L: [],
  P1: ['L-P1', 'P2-P1'],
  P2: ['P1-P2'],
  P3: ['P2-P3'],
}
const outOf: Readonly<Record<Process, readonly Edge[]>> = {
  L: ['L-P1'],
  P1: ['P1-P2'],
  P2: ['P2-P1', 'P2-P3'],
  P3: [],
}

/** Termination of a computation that spreads from a leader `L`, detected by answers to messages. */
export const dijkstraScholten = spec(
  'ewd687a',
  {
    about: 'termination detection for computations that spread from one process, by a tree',
    source: 'Dijkstra and Scholten, Termination Detection for Diffusing Computations, 1980',
    parameters: { maxCounter: 3 },
    mutants: {
      'early-answer': 'a process answers its parent while it still waits for answers itself',
      'parent-replaced': 'every message makes its sender the parent, even of who has one',
    },
  },
  ({ maxCounter }, planted) => {
    const EDGE = among(EDGES)
    const PROCESS = oneOf(...PROCESSES)
    const count = mapOf(EDGE, int(0, maxCounter))
    const earlyAnswer = planted('early-answer')
    const parentReplaced = planted('parent-replaced')
    const state = {
      active: mapOf(PROCESS, bool()),
      msgs: count,
      acks: count,
      sentUnacked: count,
      rcvdUnacked: count,
      upEdge: mapOf(among(PROCESSES.filter((p) => p !== 'L')), option(EDGE)),
    }
    type S = State<typeof state>
    const nothingReceived = (s: S, p: Process, but?: Edge) =>
      into[p].every((edge) => edge === but || s.rcvdUnacked.get(edge) === 0)
    const nothingSent = (s: S, p: Process) =>
      outOf[p].every((edge) => s.sentUnacked.get(edge) === 0)
    /** Does not work, owes no answer, and waits for none. */
    const neutral = (s: S, p: Process) =>
      !s.active.get(p) && nothingReceived(s, p) && nothingSent(s, p)
    const terminated = (s: S) =>
      s.active.every((works) => !works) && s.msgs.every((messages) => messages === 0)
    return model({
      state,
      init: (s) => {
        s.active.set('L', true)
      },
      actions: {
        sendMsg: {
          for: [EDGE],
          when: (s, edge) => s.active.get(from(edge)),
          then: (s, edge) => {
            s.sentUnacked.set(edge, s.sentUnacked.get(edge) + 1)
            s.msgs.set(edge, s.msgs.get(edge) + 1)
          },
        },
        rcvAck: {
          for: [EDGE],
          when: (s, edge) => s.acks.get(edge) > 0,
          then: (s, edge) => {
            s.acks.set(edge, s.acks.get(edge) - 1)
            s.sentUnacked.set(edge, s.sentUnacked.get(edge) - 1)
          },
        },
        /** The last answer to the parent waits until there is nothing else left to do. */
        sendAck: {
          for: [EDGE, oneOf('not to the parent', 'not the last one', 'all is done')],
          when: (s, edge, why) => {
            const p = to(edge)
            if (s.rcvdUnacked.get(edge) === 0) return false
            const toParent = p !== 'L' && edge === s.upEdge.get(p)
            if (why === 'not to the parent') return !toParent
            if (why === 'not the last one') return toParent && s.rcvdUnacked.get(edge) > 1
            return (
              toParent &&
              !s.active.get(p) &&
              nothingReceived(s, p, edge) &&
              (earlyAnswer || nothingSent(s, p))
            )
          },
          then: (s, edge) => {
            const p = to(edge)
            s.rcvdUnacked.set(edge, s.rcvdUnacked.get(edge) - 1)
            s.acks.set(edge, s.acks.get(edge) + 1)
            if (p !== 'L' && neutral(s, p)) s.upEdge.set(p, null)
          },
        },
        rcvMsg: {
          for: [EDGE],
          when: (s, edge) => s.msgs.get(edge) > 0,
          then: (s, edge) => {
            const p = to(edge)
            if (p !== 'L' && (parentReplaced || neutral(s, p))) s.upEdge.set(p, edge)
            s.msgs.set(edge, s.msgs.get(edge) - 1)
            s.rcvdUnacked.set(edge, s.rcvdUnacked.get(edge) + 1)
            s.active.set(p, true)
          },
        },
        idle: {
          for: [PROCESS],
          then: (s, p) => {
            s.active.set(p, false)
          },
        },
      },
      invariants: {
        'every message is on its way, unanswered, or its answer is': {
          for: [EDGE],
          holds: (s, edge) =>
            s.sentUnacked.get(edge) ===
            s.rcvdUnacked.get(edge) + s.acks.get(edge) + s.msgs.get(edge),
        },
        'whoever is engaged hangs below the leader': (s) =>
          s.upEdge.every((first, p) => {
            let at: Process = p
            let edge = first
            for (let steps = 0; edge !== null && steps < PROCESSES.length; steps++) {
              at = from(edge)
              edge = at === 'L' ? null : s.upEdge.get(at)
            }
            return first === null || at === 'L'
          }),
        'the leader is done last': (s) => !neutral(s, 'L') || terminated(s),
      },
      sometimes: {
        'the leader is done': (s) => neutral(s, 'L'),
        'the tree has three levels': (s) => s.upEdge.get('P3') === 'P2-P3',
      },
      properties: {
        'the leader learns of the end': {
          when: terminated,
          leadsTo: (s) => neutral(s, 'L'),
        },
      },
      fairness: [weak()],
      ends: (s) => PROCESSES.every((p) => neutral(s, p)),
      within: (s) =>
        s.msgs.every((messages) => messages < maxCounter) &&
        s.acks.every((answers) => answers < maxCounter) &&
        s.sentUnacked.every((unanswered) => unanswered < maxCounter) &&
        s.rcvdUnacked.every((unanswered) => unanswered < maxCounter),
    })
  },
)
