/** What a node shows of itself to invariants, coverage and pictures. */
export type View = Readonly<Record<string, unknown>>

/**
 * Something that is true in every state of a running cluster. It sees what the nodes show of
 * themselves, not how they are written, so one invariant serves many protocols, in the simulator,
 * in the explorer and over the traces of real processes.
 */
export interface Invariant {
  /** A claim, as one says it: `at most one leader in a term`. */
  readonly name: string
  /** The paper and section in which it is claimed. */
  readonly source?: string
  /** The parts of a view that it looks at; it is asked again only when one of them has changed. */
  readonly reads: readonly string[]
  /**
   * What is wrong, in one sentence that names the nodes (`n1 and n3 both lead in term 4`);
   * `undefined` if nothing is. A crashed node keeps the last view that it had; a node that never
   * started has none.
   *
   * `changed`: the place of the only node whose view is another one than when nothing was
   * wrong. Who likes may then leave out what is between others; whether anything is wrong must
   * come out the same.
   */
  violated(
    views: readonly (View | undefined)[],
    nodes: readonly string[],
    changed?: number,
  ): string | undefined
}
