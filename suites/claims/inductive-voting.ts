/**
 * Voting (Lamport 2019, module Voting) once more, by hand and without the explorer: three
 * acceptors, two values. Here not the states that can be reached are looked at, but all states in
 * which the inductive invariant of the proof holds, reachable or not. If no step leads out of them,
 * it is an invariant for this size, however the machine is started in one of them.
 */
export interface VotingState {
  /** Of each acceptor the ballot that it has got to; -1: none. */
  readonly at: readonly number[]
  /** Of each acceptor its vote in each ballot, 0 or 1; -1: none. */
  readonly votes: readonly (readonly number[])[]
}

const QUORUMS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const
const ACCEPTORS = [0, 1, 2] as const
const VALUES = [0, 1] as const

/**
 * A value is safe in a ballot if a majority has left the lower ballots behind and, from the highest
 * of these in which one of it has voted, the vote was for this value.
 */
export function isSafe({ at, votes }: VotingState, ballot: number, value: number): boolean {
  return QUORUMS.some((quorum) => {
    if (quorum.some((a) => (at[a] ?? -1) < ballot)) return false
    for (let lower = ballot - 1; lower >= 0; lower--) {
      const cast = quorum.map((a) => votes[a]?.[lower] ?? -1).filter((vote) => vote >= 0)
      if (cast.length > 0) return cast.every((vote) => vote === value)
    }
    return true
  })
}

/**
 * The inductive invariant: nobody has voted above where he has got to, in a ballot there are votes
 * for one value only, and whatever was voted for is safe.
 */
export function isInductive(state: VotingState, ballots: number): boolean {
  const { at, votes } = state
  for (let ballot = 0; ballot < ballots; ballot++) {
    const cast = ACCEPTORS.flatMap((a) => {
      const vote = votes[a]?.[ballot] ?? -1
      return vote < 0 ? [] : [{ a, vote }]
    })
    if (cast.some(({ a }) => (at[a] ?? -1) < ballot)) return false
    if (cast.some(({ vote }) => vote !== cast[0]?.vote)) return false
    const value = cast[0]?.vote
    if (value !== undefined && ballot > 0 && !isSafe(state, ballot, value)) return false
  }
  return true
}

/** How many values a majority has voted for in some ballot. */
export function chosenIn({ votes }: VotingState, ballots: number): number {
  const chosen = new Set<number>()
  for (let ballot = 0; ballot < ballots; ballot++) {
    for (const [a, b] of QUORUMS) {
      const vote = votes[a]?.[ballot] ?? -1
      if (vote >= 0 && vote === votes[b]?.[ballot]) chosen.add(vote)
    }
  }
  return chosen.size
}

/** All states with so many ballots in which nobody has voted above where he has got to. */
export function* allStates(ballots: number): Generator<VotingState> {
  const each = acceptorStates(ballots)
  for (const one of each)
    for (const two of each)
      for (const three of each) {
        yield { at: [one.at, two.at, three.at], votes: [one.votes, two.votes, three.votes] }
      }
}

interface AcceptorState {
  readonly at: number
  readonly votes: readonly number[]
}

function acceptorStates(ballots: number): readonly AcceptorState[] {
  const states: AcceptorState[] = []
  for (let at = -1; at < ballots; at++) {
    for (const votes of ballotVotes(at + 1)) {
      states.push({ at, votes: [...votes, ...Array<number>(ballots - at - 1).fill(-1)] })
    }
  }
  return states
}

function ballotVotes(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return ballotVotes(length - 1).flatMap((votes) => [-1, 0, 1].map((vote) => [...votes, vote]))
}

/** Steps of an acceptor: it goes on to a higher ballot, or votes for what is safe. */
export function* stepsFrom(
  state: VotingState,
  ballots: number,
  mindsSafety: boolean,
): Generator<VotingState> {
  const { at, votes } = state
  for (const a of ACCEPTORS) {
    for (let ballot = 0; ballot < ballots; ballot++) {
      if (ballot > (at[a] ?? -1)) yield { at: at.with(a, ballot), votes }
      if (ballot < (at[a] ?? -1) || (votes[a]?.[ballot] ?? -1) >= 0) continue
      for (const value of VALUES) {
        const others = ACCEPTORS.map((other) => votes[other]?.[ballot] ?? -1)
        if (others.some((vote) => vote >= 0 && vote !== value)) continue
        if (mindsSafety && ballot > 0 && !isSafe(state, ballot, value)) continue
        const own = (votes[a] ?? []).with(ballot, value)
        yield { at: at.with(a, ballot), votes: votes.with(a, own) }
      }
    }
  }
}
