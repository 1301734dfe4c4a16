/** What `synod hierarchy` can be told. */
export interface HierarchyFlags {
  readonly type?: string
  readonly protocol?: string
  readonly mutant?: string
  readonly lattice?: true
  readonly processes?: number
  /** Seconds. */
  readonly time: number
  readonly html?: string
  readonly json?: true
}
