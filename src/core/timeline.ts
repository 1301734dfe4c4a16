/**
 * A picture in words: lanes with bars on them, over a common axis. The neutral form that checkers'
 * evidence is turned into and that the report draws, in the terminal, as SVG or as HTML.
 */
export interface Timeline {
  readonly title: string
  /** The unit of every position below. */
  readonly unit: 'ns' | 'events'
  readonly lanes: readonly Lane[]
  /** Spans over all lanes: faults. */
  readonly windows: readonly Window[]
  /** Sentences under the picture, the most important first. */
  readonly notes: readonly string[]
}

export interface Lane {
  /** Who: `client 5`. */
  readonly label: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  /** Names the bar among all bars of the timeline. */
  readonly id: number
  /** Short: `write 835`. */
  readonly label: string
  /**
   * `fault`: the operation at fault; `core`: one of the minimal failing part; `context`: the rest.
   */
  readonly role: 'fault' | 'core' | 'context'
  readonly from: number
  /** `Infinity`: never returned. */
  readonly to: number
  /** Where it takes effect in the order that was found; absent if it takes none. */
  readonly point?: number
  /** The rank in that order, from 1; absent with `point`. */
  readonly rank?: number
  /** More about it, a line each, for those who point at it. */
  readonly details: readonly string[]
}

export interface Window {
  readonly label: string
  readonly from: number
  /** `Infinity`: it never ended. */
  readonly to: number
}
