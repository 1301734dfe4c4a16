/** Configurations and the steps between them by what can still be decided: a neutral picture. */
export interface ValencyGraph {
  readonly title: string
  readonly nodes: readonly ValencyNode[]
  readonly edges: readonly ValencyEdge[]
  /** What was left out, as a sentence; absent where nothing was. */
  readonly cut?: string
}

/** A configuration, for pictures. */
export interface ValencyNode {
  /** A few lines of text. */
  readonly lines: readonly string[]
  /** What can be decided: nothing, only the first or the second value, or more than one. */
  readonly valency: 'none' | 'first' | 'second' | 'both'
  readonly initial: boolean
  /** What comes next decides. */
  readonly critical: boolean
  /** Something is decided. */
  readonly decided: boolean
}

/** A step from one configuration to another, for pictures. */
export interface ValencyEdge {
  readonly from: number
  readonly to: number
  readonly label: string
  /** Neighbours, between which nothing happens. */
  readonly between?: boolean
  /** Part of what is repeated for ever. */
  readonly again?: boolean
}
