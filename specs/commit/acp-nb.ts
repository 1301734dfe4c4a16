import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { mapOf, oneOf } from '../../src/state/index.ts'
import { simpleBroadcast } from './acp.ts'

/**
 * Atomic commitment that does not block: a participant tells all others what it heard before it
 * decides (a uniform timed reliable broadcast), so that when nobody alive heard anything from a
 * dead coordinator nobody can have decided, and all may abort.
 */
export const atomicCommitNonBlocking = spec(
  'acp-nb',
  {
    about: 'non-blocking atomic commitment: participants forward a decision before they take it',
    source: 'Babaoglu and Toueg, Understanding Non-Blocking Atomic Commitment, 1993, ACP-UTRB',
    parameters: { participant: 2 },
    mutants: {
      'forget-the-dead':
        'a participant aborts although one that is dead now forwarded to one that is alive',
      'decide-before-forwarding':
        'a participant decides as soon as it hears a decision, and forwards it afterwards',
    },
  },
  ({ participant }, planted) => {
    const { PARTICIPANT, undecided, ...common } = simpleBroadcast(participant, {})
    const HEARD = oneOf('unsent', 'commit', 'abort')
    const state = {
      ...common.state,
      /** Who forwarded what to whom; what one forwarded to itself is what it is going to decide. */
      forwarded: mapOf(PARTICIPANT, mapOf(PARTICIPANT, HEARD)),
    }
    type S = State<typeof state>
    const all = Array.from({ length: participant }, (_, i) => i)
    const isAlive = (s: S, i: number) => s.participants.get(i).alive
    return model({
      ...common,
      state,
      actions: {
        ...common.actions,
        forward: {
          for: [PARTICIPANT, PARTICIPANT],
          when: (s, i, j) =>
            i !== j &&
            isAlive(s, i) &&
            s.forwarded.get(i).get(i) !== 'unsent' &&
            s.forwarded.get(i).get(j) === 'unsent',
          then: (s, i, j) => {
            s.forwarded.get(i).set(j, s.forwarded.get(i).get(i))
          },
        },
        hearForwarded: {
          for: [PARTICIPANT, PARTICIPANT],
          when: (s, i, j) =>
            i !== j &&
            isAlive(s, i) &&
            s.forwarded.get(i).get(i) === 'unsent' &&
            s.forwarded.get(j).get(i) !== 'unsent',
          then: (s, i, j) => {
            s.forwarded.get(i).set(i, s.forwarded.get(j).get(i))
          },
        },
        hearBroadcast: {
          for: [PARTICIPANT],
          when: (s, i) =>
            isAlive(s, i) &&
            s.forwarded.get(i).get(i) === 'unsent' &&
            s.broadcast.get(i) !== 'unsent',
          then: (s, i) => {
            s.forwarded.get(i).set(i, s.broadcast.get(i))
          },
        },
        decide: {
          for: [PARTICIPANT],
          when: (s, i) =>
            isAlive(s, i) &&
            (planted('decide-before-forwarding')
              ? s.broadcast.get(i) !== 'unsent'
              : s.forwarded.get(i).every((what) => what !== 'unsent')),
          then: (s, i) => {
            const heard = planted('decide-before-forwarding')
              ? s.broadcast.get(i)
              : s.forwarded.get(i).get(i)
            if (heard !== 'unsent') s.participants.get(i).decision = heard
          },
        },
        /** Nobody alive heard anything, nor can hear anything any more. */
        abortOnTimeout: {
          for: [PARTICIPANT],
          when: (s, i) =>
            undecided(s, i) &&
            !s.alive &&
            all.every((j) => !isAlive(s, j) || s.broadcast.get(j) === 'unsent') &&
            (planted('forget-the-dead') ||
              all.every(
                (j) =>
                  isAlive(s, j) ||
                  all.every((k) => !isAlive(s, k) || s.forwarded.get(j).get(k) === 'unsent'),
              )),
          then: (s, i) => {
            s.participants.get(i).decision = 'abort'
          },
        },
      },
      ends: 'anywhere',
      symmetry: [PARTICIPANT],
    })
  },
)
