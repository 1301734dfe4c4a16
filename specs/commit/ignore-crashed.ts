import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, int, mapOf, oneOf, record } from '../../src/state/index.ts'

/**
 * Two-phase commit that goes on without participants that have crashed before they voted. Who has
 * not voted may abort by himself. That is sound while a crash is for ever (`returns: false`); who
 * comes back has not voted, aborts, and learns too late that the others have committed.
 */
export const commitIgnoringCrashed = spec(
  'ignore-crashed',
  {
    about: 'two-phase commit that ignores participants that crash before they vote',
    source:
      'after Bernstein, Hadzilacos and Goodman, Concurrency Control and Recovery in Database ' +
      'Systems, 1987, section 7.4',
    parameters: { participant: 3, crashes: 1, returns: false },
    mutants: {
      'ignore-silent': 'the coordinator also goes on without who is up and has not voted yet',
      'commit-on-no': 'the coordinator does not mind who voted no',
    },
  },
  ({ participant, crashes, returns }, planted) => {
    const PARTICIPANT = id('participant', participant)
    const state = {
      participants: mapOf(
        PARTICIPANT,
        record({ up: bool(), is: oneOf('working', 'yes', 'committed', 'aborted') }),
      ),
      coordinator: oneOf('collecting', 'committing', 'aborting'),
      crashes: int(0, crashes),
    }
    type S = State<typeof state>
    const get = (s: S, i: number) => s.participants.get(i)
    const isIgnored = (s: S, i: number) =>
      (get(s, i).is === 'working' && (!get(s, i).up || planted('ignore-silent'))) ||
      (get(s, i).is === 'aborted' && planted('commit-on-no'))
    const all = Array.from({ length: participant }, (_, i) => i)

    return model({
      state,
      init: (s) => {
        s.participants.fill({ up: true, is: 'working' })
      },
      actions: {
        voteYes: {
          for: [PARTICIPANT],
          when: (s, i) =>
            get(s, i).up && get(s, i).is === 'working' && s.coordinator === 'collecting',
          then: (s, i) => {
            get(s, i).is = 'yes'
          },
        },
        /** Votes no, or loses patience before it has voted. */
        abort: {
          for: [PARTICIPANT],
          when: (s, i) => get(s, i).up && get(s, i).is === 'working',
          then: (s, i) => {
            get(s, i).is = 'aborted'
          },
        },
        decideToCommit: {
          when: (s) =>
            s.coordinator === 'collecting' &&
            all.some((i) => get(s, i).is === 'yes') &&
            all.every((i) => get(s, i).is === 'yes' || isIgnored(s, i)),
          then: (s) => {
            s.coordinator = 'committing'
          },
        },
        decideToAbort: {
          when: (s) =>
            s.coordinator === 'collecting' && all.some((i) => get(s, i).is === 'aborted'),
          then: (s) => {
            s.coordinator = 'aborting'
          },
        },
        tell: {
          for: [PARTICIPANT],
          when: (s, i) => s.coordinator !== 'collecting' && get(s, i).up && get(s, i).is === 'yes',
          then: (s, i) => {
            get(s, i).is = s.coordinator === 'committing' ? 'committed' : 'aborted'
          },
        },
        crash: {
          for: [PARTICIPANT],
          when: (s, i) => get(s, i).up && s.crashes < crashes,
          then: (s, i) => {
            s.crashes++
            get(s, i).up = false
          },
        },
        /** With what it had on its disk. */
        comeBack: {
          for: [PARTICIPANT],
          when: (s, i) => returns && !get(s, i).up,
          then: (s, i) => {
            get(s, i).up = true
          },
        },
      },
      invariants: {
        'no two participants decide differently': {
          for: [PARTICIPANT, PARTICIPANT],
          holds: (s, one, other) =>
            !(get(s, one).is === 'committed' && get(s, other).is === 'aborted'),
        },
      },
      sometimes: {
        'all commit': (s) => s.participants.every((one) => one.is === 'committed'),
        'all abort': (s) => s.participants.every((one) => one.is === 'aborted'),
        'the others commit without one that crashed': (s) =>
          s.participants.every((one) => one.is === (one.up ? 'committed' : 'working')) &&
          s.participants.some((one) => !one.up),
      },
      ends: 'anywhere',
      symmetry: [PARTICIPANT],
    })
  },
)
