import { model, spec, weak } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { bool, id, mapOf, oneOf, option, record, setOf } from '../../src/state/index.ts'

/**
 * Three-phase commit: between the votes and the commit everybody is told that all voted yes, so
 * that nobody commits while somebody who is up is uncertain. When the coordinator is gone, the
 * first participant that is up takes over, looks at the others, and ends it for all of them. A step
 * of the coordinator is a message that arrives at once; who crashes in the middle has told some.
 *
 * `partition: true` lets the network fall apart once, into those who still reach the coordinator
 * and those who do not; each side takes the other for crashed. Then the protocol is not safe.
 */
export const threePhaseCommit = spec(
  'threepc',
  {
    about: 'three-phase commit with its termination protocol, which does not block under crashes',
    source:
      'Skeen, Nonblocking Commit Protocols, 1981; Bernstein, Hadzilacos and Goodman, ' +
      'Concurrency Control and Recovery in Database Systems, 1987, section 7.5',
    parameters: { participant: 3, crashes: 2, partition: false },
    mutants: {
      'uncertain-wait': 'who takes over and finds all uncertain waits, as in two-phase commit',
      'commit-unprepared': 'who takes over and finds one prepared commits before all are prepared',
      'commit-after-votes': 'the coordinator commits without the phase between',
    },
  },
  ({ participant, crashes, partition }, planted) => {
    const PARTICIPANT = id('participant', participant)
    /** The sides of a partition, the coordinator being on side 0. Without one there is one side. */
    const SIDE = id('side', partition ? 2 : 1)
    const GROUP = setOf(PARTICIPANT)
    const state = {
      participants: mapOf(
        PARTICIPANT,
        record({
          up: bool(),
          is: oneOf('working', 'uncertain', 'prepared', 'committed', 'aborted'),
          side: SIDE,
        }),
      ),
      coordinator: record({
        up: bool(),
        is: oneOf('collecting', 'preparing', 'committing', 'aborting'),
      }),
      parted: bool(),
      /** On each side: who took over, and what it is doing. */
      successor: mapOf(
        SIDE,
        record({
          who: option(PARTICIPANT),
          is: oneOf('idle', 'preparing', 'committing', 'aborting'),
        }),
      ),
    }
    type S = State<typeof state>
    const all = Array.from({ length: participant }, (_, i) => i)
    const get = (s: S, i: number) => s.participants.get(i)
    const crashed = (s: S) => all.filter((i) => !get(s, i).up).length + (s.coordinator.up ? 0 : 1)
    const reached = (s: S, i: number) => s.coordinator.up && get(s, i).up && get(s, i).side === 0
    const onSide = (s: S, side: number) =>
      all.filter((i) => get(s, i).up && get(s, i).side === side)
    const finished = (s: S, i: number) => get(s, i).is === 'committed' || get(s, i).is === 'aborted'
    const follows = (s: S, i: number) =>
      get(s, i).up && s.successor.get(get(s, i).side).who !== null

    /** What the termination protocol does with what the participants of a side say. */
    const rule = (s: S, members: readonly number[]) => {
      const some = (is: string) => members.some((i) => get(s, i).is === is)
      if (some('aborted') || some('working')) return 'aborting'
      if (some('committed')) return 'committing'
      if (!some('prepared')) return planted('uncertain-wait') ? 'idle' : 'aborting'
      return planted('commit-unprepared') ? 'committing' : 'preparing'
    }

    return model({
      state,
      init: (s) => {
        s.participants.fill({ up: true, is: 'working', side: 0 })
        s.coordinator.up = true
      },
      actions: {
        voteYes: {
          for: [PARTICIPANT],
          when: (s, i) =>
            reached(s, i) && s.coordinator.is === 'collecting' && get(s, i).is === 'working',
          then: (s, i) => {
            get(s, i).is = 'uncertain'
          },
        },
        voteNo: {
          for: [PARTICIPANT],
          when: (s, i) =>
            reached(s, i) && s.coordinator.is === 'collecting' && get(s, i).is === 'working',
          then: (s, i) => {
            get(s, i).is = 'aborted'
          },
        },
        decideToPrepare: {
          when: (s) =>
            s.coordinator.up &&
            s.coordinator.is === 'collecting' &&
            all.every((i) => get(s, i).is === 'uncertain'),
          then: (s) => {
            s.coordinator.is = planted('commit-after-votes') ? 'committing' : 'preparing'
          },
        },
        /** Because of a participant that voted no, or whose vote will not come. */
        decideToAbort: {
          when: (s) =>
            s.coordinator.up &&
            s.coordinator.is === 'collecting' &&
            all.some(
              (i) => get(s, i).is === 'aborted' || (get(s, i).is === 'working' && !reached(s, i)),
            ),
          then: (s) => {
            s.coordinator.is = 'aborting'
          },
        },
        prepare: {
          for: [PARTICIPANT],
          when: (s, i) =>
            reached(s, i) && s.coordinator.is === 'preparing' && get(s, i).is === 'uncertain',
          then: (s, i) => {
            get(s, i).is = 'prepared'
          },
        },
        decideToCommit: {
          when: (s) =>
            s.coordinator.up &&
            s.coordinator.is === 'preparing' &&
            all.every((i) => !reached(s, i) || get(s, i).is === 'prepared'),
          then: (s) => {
            s.coordinator.is = 'committing'
          },
        },
        tell: {
          for: [PARTICIPANT],
          when: (s, i) =>
            reached(s, i) &&
            !finished(s, i) &&
            (s.coordinator.is === 'committing' || s.coordinator.is === 'aborting'),
          then: (s, i) => {
            get(s, i).is = s.coordinator.is === 'committing' ? 'committed' : 'aborted'
          },
        },
        takeOver: {
          for: [SIDE],
          when: (s, side) => {
            const members = onSide(s, side)
            return (
              (side === 1 ? s.parted : !s.coordinator.up) &&
              s.successor.get(side).is === 'idle' &&
              members.some((i) => !finished(s, i)) &&
              rule(s, members) !== 'idle'
            )
          },
          then: (s, side) => {
            const members = onSide(s, side)
            const successor = s.successor.get(side)
            successor.who = members[0] ?? null
            successor.is = rule(s, members)
          },
        },
        successorPrepares: {
          for: [PARTICIPANT],
          when: (s, i) =>
            follows(s, i) &&
            s.successor.get(get(s, i).side).is === 'preparing' &&
            get(s, i).is === 'uncertain',
          then: (s, i) => {
            get(s, i).is = 'prepared'
          },
        },
        successorDecides: {
          for: [SIDE],
          when: (s, side) =>
            s.successor.get(side).is === 'preparing' &&
            onSide(s, side).every((i) => get(s, i).is === 'prepared'),
          then: (s, side) => {
            s.successor.get(side).is = 'committing'
          },
        },
        successorTells: {
          for: [PARTICIPANT],
          when: (s, i) => {
            if (!follows(s, i) || finished(s, i)) return false
            const { is } = s.successor.get(get(s, i).side)
            return is === 'committing' || is === 'aborting'
          },
          then: (s, i) => {
            const { is } = s.successor.get(get(s, i).side)
            get(s, i).is = is === 'committing' ? 'committed' : 'aborted'
          },
        },
        coordinatorCrashes: {
          when: (s) => s.coordinator.up && crashed(s) < crashes,
          then: (s) => {
            s.coordinator.up = false
          },
        },
        participantCrashes: {
          for: [PARTICIPANT],
          when: (s, i) => get(s, i).up && crashed(s) < crashes,
          then: (s, i) => {
            get(s, i).up = false
            const successor = s.successor.get(get(s, i).side)
            if (successor.who === i) {
              successor.who = null
              successor.is = 'idle'
            }
          },
        },
        fallApart: {
          for: [GROUP],
          when: (s, away: ReadonlySet<number>) => partition && !s.parted && away.size > 0,
          then: (s, away: ReadonlySet<number>) => {
            s.parted = true
            for (const i of away) get(s, i).side = 1
          },
        },
      },
      invariants: {
        'no two participants decide differently': {
          for: [PARTICIPANT, PARTICIPANT],
          holds: (s, one, other) =>
            !(get(s, one).is === 'committed' && get(s, other).is === 'aborted'),
        },
        'nobody commits while somebody within reach is uncertain': {
          for: [PARTICIPANT, PARTICIPANT],
          holds: (s, one, other) =>
            !(get(s, one).is === 'committed' && get(s, other).is === 'uncertain') ||
            !get(s, other).up ||
            get(s, one).side !== get(s, other).side,
        },
      },
      sometimes: {
        'all commit': (s) => s.participants.every((one) => one.is === 'committed'),
        'all abort': (s) => s.participants.every((one) => one.is === 'aborted'),
        'a successor commits': (s) => s.successor.some((one) => one.is === 'committing'),
        'a successor aborts': (s) => s.successor.some((one) => one.is === 'aborting'),
      },
      properties: {
        'who stays up decides': {
          for: [PARTICIPANT],
          eventually: (s, i) => !get(s, i).up || finished(s, i),
        },
      },
      fairness: [
        weak('voteYes', 'voteNo', 'decideToPrepare', 'decideToAbort', 'prepare', 'decideToCommit'),
        weak('tell', 'takeOver', 'successorPrepares', 'successorDecides', 'successorTells'),
      ],
      ends: (s) => all.every((i) => !get(s, i).up || finished(s, i)),
    })
  },
)
