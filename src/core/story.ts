/**
 * How something went wrong, in words: the neutral form that counterexamples are turned into and
 * that the report draws, in the terminal or as a page.
 */
export interface Story {
  /** What was claimed, or what is shown. */
  readonly claim: string
  readonly steps: readonly StoryStep[]
  /** For what goes on for ever: where the last step leads back to, as an index of `steps`. */
  readonly loop?: number
  /** What is wrong at the end, the most important first. */
  readonly faults: readonly string[]
}

export interface StoryStep {
  /** What was done: `rmPrepare(rm0)`, or `initially`. */
  readonly title: string
  readonly changes: readonly Change[]
  /** The whole state after it. */
  readonly state: readonly Part[]
}

/** A part of a state that has a name: a variable. */
export interface Part {
  readonly name: string
  readonly text: string
}

/** `before` alone was taken away, `after` alone was added, with both one became the other. */
export interface Change {
  /** Where: `rm[rm0]`. */
  readonly place: string
  readonly before?: string
  readonly after?: string
}

/** Who did what, and which message went from whom to whom: time runs downwards, a row a step. */
export interface SpaceTime {
  readonly title: string
  /** Those who act, from the left. */
  readonly lanes: readonly string[]
  readonly events: readonly SpaceTimeEvent[]
  readonly messages: readonly SpaceTimeMessage[]
  /** For what goes on for ever: the row at which it begins again. */
  readonly loop?: number
}

export interface SpaceTimeEvent {
  /** From 0, downwards. */
  readonly row: number
  readonly lane: number
  readonly label: string
  /** The event after which the claim is false. */
  readonly fault: boolean
  /** More about it, a line each. */
  readonly details: readonly string[]
}

export interface SpaceTimeMessage {
  readonly label: string
  /** Rows of the events between which it was on its way. */
  readonly from: number
  /** Absent: nobody took it. */
  readonly to?: number
  /** The lane it was meant for, where nobody took it and that is known. */
  readonly towards?: number
}
