/**
 * A monotone formula over nodes that are numbers: which sets of live nodes are enough. It says
 * what a quorum is, and every faster way is compared with it.
 */
export type Formula = number | Gate

/** Holds when inputs of enough weight hold. */
export interface Gate {
  /** At least 1, at most the sum of the weights. */
  readonly need: number
  readonly inputs: readonly Formula[]
  /** One positive integer for each input. Absent: 1 each. */
  readonly weights?: readonly number[]
}

export function allOf(inputs: readonly Formula[]): Gate {
  return { need: inputs.length, inputs }
}

export function anyOf(inputs: readonly Formula[]): Gate {
  return { need: 1, inputs }
}
