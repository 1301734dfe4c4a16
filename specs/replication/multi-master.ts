import { model, spec, weakEach } from '../../src/explore/index.ts'
import { id, int, mapOf, setOf } from '../../src/state/index.ts'

/**
 * Several masters take writes to one register and tell each other afterwards. Each write has a
 * stamp, a clock and its master; whoever hears of a write with a later stamp than its own takes it
 * over, so the last writer wins at all of them, in whatever order writes arrive.
 */
export const multiMaster = spec(
  'multi-master',
  {
    about: 'several masters write to one register and tell each other: the last writer wins',
    source: 'Thomas, A Majority Consensus Approach to Concurrency Control, 1979; Lamport, 1978',
    parameters: { masters: 2, writes: 2 },
    mutants: {
      'arrival-order': 'a master takes over whatever arrives, in the order of arrival',
      'no-tie-break': 'of two writes with the same clock each master keeps its own',
      'clock-not-advanced': 'a master that hears of a write leaves its clock as it is',
    },
  },
  ({ masters, writes }, planted) => {
    const Master = id('master', masters)
    const lastClock = masters * writes
    /** 0 is the stamp of what was there before. */
    const Stamp = int(0, (lastClock + 1) * masters - 1)
    const all = Array.from({ length: masters }, (_, master) => master)
    const clockOf = (stamp: number): number => Math.floor(stamp / masters)
    const wins = (stamp: number, held: number): boolean =>
      planted('arrival-order') ||
      (planted('no-tie-break') ? clockOf(stamp) > clockOf(held) : stamp > held)

    return model({
      state: {
        clock: mapOf(Master, int(0, lastClock)),
        held: mapOf(Master, Stamp),
        written: mapOf(Master, int(0, writes)),
        /** What a master is told and has not heard yet. */
        underWay: mapOf(Master, setOf(Stamp)),
      },
      actions: {
        write: {
          for: [Master],
          when: (s, m) => s.written.get(m) < writes,
          then: (s, m) => {
            const clock = s.clock.get(m) + 1
            const stamp = clock * masters + m
            s.clock.set(m, clock)
            s.held.set(m, stamp)
            s.written.set(m, s.written.get(m) + 1)
            for (const other of all) if (other !== m) s.underWay.get(other).add(stamp)
          },
        },
        hear: {
          for: [Master, Stamp],
          when: (s, m, stamp) => s.underWay.get(m).has(stamp),
          then: (s, m, stamp) => {
            s.underWay.get(m).delete(stamp)
            if (wins(stamp, s.held.get(m))) s.held.set(m, stamp)
            if (!planted('clock-not-advanced'))
              s.clock.set(m, Math.max(s.clock.get(m), clockOf(stamp)))
          },
        },
      },
      invariants: {
        'when nothing is under way all hold the same': (s) =>
          all.some((m) => s.underWay.get(m).size > 0) ||
          all.every((m) => s.held.get(m) === s.held.get(0)),
      },
      sometimes: {
        'two masters write without knowing of each other': (s) =>
          s.held.get(0) > 0 &&
          s.held.get(1) > 0 &&
          clockOf(s.held.get(0)) === clockOf(s.held.get(1)),
        'they hold different values': (s) => s.held.get(0) !== s.held.get(1),
      },
      properties: {
        'in the end all hold the same for ever': {
          eventuallyAlways: (s) => all.every((m) => s.held.get(m) === s.held.get(0)),
        },
      },
      fairness: [weakEach('hear')],
      ends: 'anywhere',
    })
  },
)
