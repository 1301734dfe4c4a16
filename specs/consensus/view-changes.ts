import { model, spec, weak, weakEach } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, bool, id, int, mapOf, option, setOf } from '../../src/state/index.ts'

/**
 * Practical Byzantine fault tolerance, for one request and seen from its views: 3f + 1 replicas, of
 * which the first f are traitors. In each view another one is the primary. A replica prepares what
 * 2f + 1 have accepted, and decides what 2f + 1 have prepared; traitors join wherever that helps
 * them. When a view ends, the next one is bound to the value that was prepared last, as far as
 * 2f + 1 replicas can show, of which traitors show nothing.
 *
 * Where time is bounded in the end (`timely`), only views with a traitor as the primary end early.
 * Otherwise any view may end at any moment. All correct replicas change views together.
 */
export const viewChanges = spec(
  'view-changes',
  {
    about: 'the views of PBFT: replicas prepare, then decide, and go on where a view has ended',
    source: 'Castro and Liskov, Practical Byzantine Fault Tolerance, 1999, section 4',
    parameters: { f: 1, values: 2, timely: true },
    mutants: {
      'new-view-is-free': 'a new view is not bound to what was prepared before',
      'oldest-certificate': 'a new view is bound to what was prepared first, not last',
      'decides-when-prepared': 'a replica decides as soon as it has prepared',
      'too-few-prepare': 'a replica prepares what 2f replicas have accepted',
    },
  },
  ({ f, values, timely }, planted) => {
    const replicas = 3 * f + 1
    const correct = 2 * f + 1
    const Replica = id('replica', correct)
    const Value = id('value', values)
    const quorum = 2 * f + 1
    const all = Array.from({ length: correct }, (_, r) => r)
    /** Of 2f + 1 replicas that report, traitors may be f. */
    const Reporters = among(subsets(all, f + 1))
    const state = {
      view: int(0, replicas - 1),
      /** What a new view is bound to, and what its primary proposes. */
      bound: option(Value),
      proposal: option(Value),
      accepted: mapOf(Replica, option(Value)),
      prepared: setOf(Replica),
      /** What a replica has prepared last, and how long ago others did: later is higher. */
      certificate: mapOf(Replica, option(Value)),
      rank: mapOf(Replica, int(0, correct + 1)),
      decided: mapOf(Replica, option(Value)),
      changed: bool(),
    }
    type S = State<typeof state>
    const isTraitor = (view: number): boolean => view < f
    /** With the traitors. */
    const accepting = (s: S, value: number | null): number =>
      f + all.filter((r) => s.accepted.get(r) === value).length
    const preparing = (s: S, value: number | null): number =>
      f + all.filter((r) => s.prepared.has(r) && s.accepted.get(r) === value).length

    return model({
      state,
      actions: {
        propose: {
          for: [Value],
          when: (s, value) =>
            !isTraitor(s.view) && s.proposal === null && (s.bound === null || s.bound === value),
          then: (s, value) => {
            s.proposal = value
          },
        },
        /** A traitor proposes to each what it likes, but not against what binds the view. */
        accept: {
          for: [Replica, Value],
          when: (s, r, value) =>
            s.accepted.get(r) === null &&
            (isTraitor(s.view) ? s.bound === null || s.bound === value : s.proposal === value),
          then: (s, r, value) => {
            s.accepted.set(r, value)
          },
        },
        prepare: {
          for: [Replica],
          when: (s, r) =>
            s.accepted.get(r) !== null &&
            !s.prepared.has(r) &&
            accepting(s, s.accepted.get(r)) >= quorum - (planted('too-few-prepare') ? 1 : 0),
          then: (s, r) => {
            s.prepared.add(r)
            s.certificate.set(r, s.accepted.get(r))
            s.rank.set(r, correct + 1)
          },
        },
        decide: {
          for: [Replica],
          when: (s, r) =>
            s.prepared.has(r) &&
            s.decided.get(r) === null &&
            (planted('decides-when-prepared') || preparing(s, s.accepted.get(r)) >= quorum),
          then: (s, r) => {
            s.decided.set(r, s.accepted.get(r))
          },
        },
        changeView: {
          for: [Reporters],
          when: (s) => !timely || isTraitor(s.view),
          then: (s, reporters) => {
            const known = reporters.filter((r) => s.certificate.get(r) !== null)
            const later = (one: number, other: number): boolean =>
              planted('oldest-certificate')
                ? s.rank.get(one) < s.rank.get(other)
                : s.rank.get(one) > s.rank.get(other)
            const [first] = known.filter((r) => !known.some((other) => later(other, r)))
            const isFree = first === undefined || planted('new-view-is-free')
            s.bound = isFree ? null : s.certificate.get(first)
            // Ranks are numbered anew, so that they stay small.
            const ranks = [...new Set(all.map((r) => s.rank.get(r)))].sort((a, b) => a - b)
            const lowest = ranks[0] === 0 ? 0 : 1
            for (const r of all) s.rank.set(r, lowest + ranks.indexOf(s.rank.get(r)))
            s.view = (s.view + 1) % replicas
            s.proposal = null
            s.accepted.fill(null)
            s.prepared.clear()
            s.changed = true
          },
        },
      },
      invariants: {
        'no two correct replicas decide differently': {
          for: [Replica, Replica],
          holds: (s, r, q) =>
            s.decided.get(r) === null ||
            s.decided.get(q) === null ||
            s.decided.get(r) === s.decided.get(q),
        },
      },
      sometimes: {
        'all decide after a change of views': (s) =>
          s.changed && all.every((r) => s.decided.get(r) !== null),
        'some prepare before a view ends, and not all': (s) =>
          s.changed && s.bound !== null && all.some((r) => s.certificate.get(r) === null),
      },
      properties: {
        'every correct replica decides': {
          for: [Replica],
          eventually: (s, r) => s.decided.get(r) !== null,
        },
      },
      fairness: [
        weakEach('propose', 'accept', 'prepare', 'decide'),
        ...(timely ? [weak('changeView')] : []),
      ],
      ends: 'anywhere',
    })
  },
)

/** All subsets of a size, each ascending. */
function subsets(items: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  )
}
