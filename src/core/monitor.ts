/** What a client of a composed system did or saw, in the order in which it happened. */
export interface HistoryMoment {
  readonly type: 'invoke' | 'ok' | 'fail' | 'info'
  /** Names the operation: no two that are made anew share it. */
  readonly operation: number
  readonly process: string
  readonly f: string
  readonly key?: unknown
  readonly value: unknown
  /** Of `ok`: what was answered. */
  readonly result?: unknown
}

/**
 * Judges a history while it grows: a deterministic machine that reads what clients do and see. Its
 * states are plain data, and two histories that can be told apart by nothing that comes later must
 * lead to the same state, as every state of it multiplies the states of the system.
 */
export interface Monitor<State = unknown> {
  /** What is claimed: `linearizable`. */
  readonly name: string
  readonly initial: State
  /** The state after a moment of the history. */
  next(state: State, moment: HistoryMoment): State
  /** What is wrong with every history that leads to this state; `undefined` if nothing is. */
  violated(state: State): string | undefined
  /**
   * The state after the same history by others: `operation` and `data` say who takes whose place.
   * Absent: nothing is known of that.
   */
  renamed?(
    state: State,
    operation: (operation: number) => number,
    data: (data: unknown) => unknown,
  ): State
}
