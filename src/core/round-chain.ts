/**
 * Runs in rounds beside each other, each of which some process cannot tell from the next: the
 * neutral form of a proof that something cannot be decided.
 */
export interface RoundChain {
  readonly title: string
  readonly processes: readonly string[]
  readonly runs: readonly RoundPicture[]
  /** Runs that are left out after the first half. */
  readonly left: number
}

/** One run: time goes down, a line for each process. */
export interface RoundPicture {
  /** `run 3`. */
  readonly name: string
  /** Under the name of each process: its input, or that it is a traitor. */
  readonly starts: readonly string[]
  /** Who does not say what it should. */
  readonly traitors: readonly number[]
  readonly rounds: readonly RoundArrows[]
  /** What must be decided in it, if anything must. */
  readonly demand?: 0 | 1
  /** Who cannot tell it from the next run. */
  readonly blind?: number
}

export interface RoundArrows {
  readonly arrows: readonly RoundArrow[]
  /** Who is there no more after this round. */
  readonly crashed: readonly number[]
}

export interface RoundArrow {
  readonly from: number
  readonly to: number
  readonly kind: 'arrives' | 'lost' | 'lie'
  /** What a lie says. */
  readonly label?: string
}
