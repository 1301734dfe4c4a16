/** How a number came about; stands beside every number that is told. */
export interface Obtained {
  /** `exact` is proven; `bounds` means the truth lies between two proven numbers. */
  readonly quality: 'exact' | 'bounds' | 'estimate'
  /** The way it was found: `closed form`, `recursion`, `decision diagram`, `column generation`. */
  readonly method: string
}
