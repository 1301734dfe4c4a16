/** States and the steps between them, in words: the neutral form of a small state space. */
export interface StateGraph {
  readonly title: string
  readonly nodes: readonly StateNode[]
  readonly edges: readonly StateEdge[]
}

export interface StateNode {
  /** What tells it from the others, a line each. */
  readonly lines: readonly string[]
  readonly initial: boolean
  /** A claim is false here. */
  readonly violating: boolean
  /** No step leads away; `stuck` if it may not end here. */
  readonly end: 'no' | 'may' | 'stuck'
  /** Outside of where the model is looked at. */
  readonly outside: boolean
}

export interface StateEdge {
  readonly from: number
  readonly to: number
  /** What is done; several steps between the same states are one edge with several labels. */
  readonly labels: readonly string[]
}
