import type { Window } from '../../src/explore/validate/index.ts'

interface Vote {
  readonly ballot: number
  readonly value: number
}

interface Cells<T> {
  get(at: number): T
  set(at: number, to: T): void
}

interface Of<T> {
  get(at: number): T
}

interface Members {
  value(): ReadonlySet<number>
  assign(members: Iterable<number>): void
}

interface MultiPaxosState {
  readonly begun: Cells<boolean>
  readonly promised: Cells<number>
  readonly vote: Of<Cells<Vote | null>>
  readonly promisedIn: Of<Members>
  readonly reported: Of<Of<Cells<Vote | null>>>
  readonly proposal: Of<Cells<number | null>>
  readonly accepted: Of<Of<Members>>
  readonly applied: Cells<number>
}

/**
 * Forgets slots that all nodes have applied, and ballots that are lower than what all acceptors
 * have promised: nobody votes in them any more. A ballot in which somebody has voted for a slot
 * that is kept is kept as well.
 */
export function multiPaxosWindow(size: number, ballot: number, slot: number): Window {
  const acceptors = Array.from({ length: size }, (_, a) => a)
  const worthwhile = Math.max(1, Math.floor(slot / 4))

  function slotsToSpare(s: MultiPaxosState): number {
    const least = acceptors.reduce((one, a) => Math.min(one, s.applied.get(a)), slot)
    return least < worthwhile ? 0 : least
  }

  function ballotsToSpare(s: MultiPaxosState, slots: number): number {
    let least = acceptors.reduce((one, a) => Math.min(one, s.promised.get(a)), ballot)
    const look = (vote: Vote | null) => {
      if (vote !== null) least = Math.min(least, vote.ballot)
    }
    for (let k = slots; k < slot; k++) {
      for (const a of acceptors) {
        look(s.vote.get(a).get(k))
        for (let b = 1; b <= ballot; b++) look(s.reported.get(b).get(a).get(k))
      }
      for (let b = 1; b < least; b++)
        if (s.accepted.get(b).get(k).value().size > 0) least = Math.min(least, b)
    }
    return Math.max(0, least - 1)
  }

  return {
    spare: (state) => {
      const s = state as MultiPaxosState
      const slots = slotsToSpare(s)
      if (slots > 0) return [slots, ballotsToSpare(s, slots)]
      // Looking at all votes takes long: only where ballots get short.
      const highest = acceptors.reduce((one, a) => Math.max(one, s.promised.get(a)), 0)
      return [0, highest * 4 < ballot * 3 ? 0 : ballotsToSpare(s, 0)]
    },
    move: (state, by) => {
      const s = state as MultiPaxosState
      const [slots, ballots] = by as [number, number]
      const moved = (vote: Vote | null) =>
        vote === null ? null : { ballot: vote.ballot - ballots, value: vote.value }
      const shiftVotes = (to: Cells<Vote | null>, from: Cells<Vote | null> | undefined) => {
        for (let k = 0; k < slot; k++)
          to.set(k, from === undefined || k + slots >= slot ? null : moved(from.get(k + slots)))
      }
      for (const a of acceptors) {
        s.promised.set(a, Math.max(0, s.promised.get(a) - ballots))
        s.applied.set(a, Math.max(0, s.applied.get(a) - slots))
        shiftVotes(s.vote.get(a), s.vote.get(a))
      }
      for (let b = 1; b <= ballot; b++) {
        const old = b + ballots
        const isKept = old <= ballot
        s.begun.set(b, isKept && s.begun.get(old))
        s.promisedIn.get(b).assign(isKept ? s.promisedIn.get(old).value() : [])
        for (const a of acceptors)
          shiftVotes(s.reported.get(b).get(a), isKept ? s.reported.get(old).get(a) : undefined)
        for (let k = 0; k < slot; k++) {
          const here = isKept && k + slots < slot
          s.proposal.get(b).set(k, here ? s.proposal.get(old).get(k + slots) : null)
          s.accepted
            .get(b)
            .get(k)
            .assign(
              here
                ? s.accepted
                    .get(old)
                    .get(k + slots)
                    .value()
                : [],
            )
        }
      }
    },
  }
}
