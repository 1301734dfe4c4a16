import { model, spec, weakEach } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, id, mapOf, oneOf, setOf } from '../../src/state/index.ts'

/**
 * Whoever got the message, or heard of it from so many that one of them is correct, says so to all;
 * whoever heard of it from so many that all will accepts. Faulty processes say what they like.
 */
export const byzantineBroadcast = spec(
  'bcast-byz',
  {
    about: 'reliable broadcast among processes of which some lie',
    source: 'Srikanth and Toueg, Simulating authenticated broadcasts, 1987',
    parameters: { n: 4, t: 1, f: 1, broadcast: true },
    mutants: {
      'one-is-enough': 'a process repeats what it heard from T processes, who may all be faulty',
      'silent-accept': 'a process that accepts at once does not tell the others',
    },
  },
  ({ n, t, f, broadcast }, planted) => {
    const PROCESS = id('process', n)
    const PROCESSES = setOf(PROCESS)
    const all = Array.from({ length: n }, (_, i) => i)
    const correctSets = subsetsOf(all, n - f)
    const enough = planted('one-is-enough') ? t : n - 2 * t
    const most = n - t
    const silentAccept = planted('silent-accept')
    // Who has the message at first; without a broadcast nobody has.
    const starts = broadcast ? PROCESSES : among([new Set<number>()])
    const state = {
      correct: PROCESSES,
      pc: mapOf(PROCESS, oneOf('V0', 'V1', 'SE', 'AC')),
      /** From whom each has heard. */
      rcvd: mapOf(PROCESS, PROCESSES),
      sent: PROCESSES,
    }
    type S = State<typeof state>
    const undecided = (s: S, i: number) => s.pc.get(i) === 'V0' || s.pc.get(i) === 'V1'
    /** From how many `i` has heard once it has heard of these; -1 if it cannot hear of them. */
    const hears = (s: S, i: number, heard: Iterable<number>) => {
      if (!s.correct.has(i)) return -1
      let count = s.rcvd.get(i).size
      for (const j of heard) {
        if (!s.sent.has(j) && s.correct.has(j)) return -1
        if (!s.rcvd.get(i).has(j)) count++
      }
      return count
    }
    const hear = (s: S, i: number, heard: Iterable<number>) => {
      for (const j of heard) s.rcvd.get(i).add(j)
    }
    return model({
      state,
      init: {
        someHaveIt: {
          for: [among(correctSets), starts],
          then: (s, correct, have) => {
            s.correct.assign(correct)
            for (const i of have) s.pc.set(i, 'V1')
          },
        },
      },
      actions: {
        repeatOwn: {
          for: [PROCESS, PROCESSES],
          when: (s, i, heard) => s.pc.get(i) === 'V1' && hears(s, i, heard) >= 0,
          then: (s, i, heard) => {
            hear(s, i, heard)
            s.pc.set(i, 'SE')
            s.sent.add(i)
          },
        },
        repeatHeard: {
          for: [PROCESS, PROCESSES],
          when: (s, i, heard) => {
            if (!undecided(s, i)) return false
            const count = hears(s, i, heard)
            return count >= enough && count < most
          },
          then: (s, i, heard) => {
            hear(s, i, heard)
            s.pc.set(i, 'SE')
            s.sent.add(i)
          },
        },
        acceptAtOnce: {
          for: [PROCESS, PROCESSES],
          when: (s, i, heard) => undecided(s, i) && hears(s, i, heard) >= most,
          then: (s, i, heard) => {
            hear(s, i, heard)
            s.pc.set(i, 'AC')
            if (!silentAccept) s.sent.add(i)
          },
        },
        accept: {
          for: [PROCESS, PROCESSES],
          when: (s, i, heard) => s.pc.get(i) === 'SE' && hears(s, i, heard) >= most,
          then: (s, i, heard) => {
            hear(s, i, heard)
            s.pc.set(i, 'AC')
          },
        },
        rest: { then: () => undefined },
      },
      invariants: {
        'nobody accepts what nobody has sent': (s) =>
          broadcast || s.correct.every((i) => s.pc.get(i) === 'V0'),
        'whoever has accepted has told the others': {
          for: [PROCESS],
          holds: (s, i) => !s.correct.has(i) || undecided(s, i) || s.sent.has(i),
        },
      },
      sometimes: broadcast
        ? { 'all that are correct accept': (s) => s.correct.every((i) => s.pc.get(i) === 'AC') }
        : { 'nobody has the message': (s) => s.pc.every((at) => at === 'V0') },
      properties: {
        'when one accepts, all that are correct do': {
          when: (s) => s.correct.some((i) => s.pc.get(i) === 'AC'),
          leadsTo: (s) => s.correct.every((i) => s.pc.get(i) === 'AC'),
        },
      },
      fairness: [weakEach('repeatOwn', 'repeatHeard', 'acceptAtOnce', 'accept')],
      symmetry: [PROCESS],
    })
  },
)

/** All subsets of a size, in the order of their smallest members. */
function subsetsOf(all: readonly number[], size: number): readonly ReadonlySet<number>[] {
  if (size === 0) return [new Set()]
  return all.flatMap((first, at) =>
    subsetsOf(all.slice(at + 1), size - 1).map((rest) => new Set([first, ...rest])),
  )
}
