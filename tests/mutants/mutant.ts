/** A mistake that tests must notice: one text of a file is replaced by another. */
export interface Mutant {
  /** From the top of the repository. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly search: string
  readonly replacement: string
  /** What goes wrong, as a sentence. */
  readonly mistake: string
}

/** Mutants, and the test files of which at least one has to fail for each of them. */
export interface MutantArea {
  readonly tests: readonly string[]
  readonly mutants: readonly Mutant[]
}

/** `mutantsIn('src/core/')('json')` makes mutants of `src/core/json.ts`. */
export const mutantsIn =
  (folder: string) =>
  (file: string) =>
  (search: string, replacement: string, mistake: string): Mutant => ({
    file: `${folder}${file}.ts`,
    search,
    replacement,
    mistake,
  })
