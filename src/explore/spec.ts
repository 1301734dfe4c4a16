import type { Given, Parameters } from '../core/parameters.ts'
import type { AnyModel } from './model.ts'

export type { Given, Parameter, Parameters } from '../core/parameters.ts'

/** What is said of a spec besides its name and what it does. */
export interface SpecHeader<P extends Parameters, M extends string> {
  /** One sentence: what the machine is. */
  readonly about: string
  /** The paper or file that it follows. */
  readonly source?: string
  /** Each parameter with its default, which is a small size. */
  readonly parameters: P
  /** Named bugs: each breaks some claim, and the suite must notice. */
  readonly mutants?: Readonly<Record<M, string>>
}

/** A state machine with parameters, and named bugs that can be planted in it. */
export interface Spec<
  P extends Parameters = Parameters,
  M extends string = string,
  Made extends AnyModel = AnyModel,
> extends SpecHeader<P, M> {
  readonly name: string
  /** The model for these parameters, the others being at their defaults, perhaps with a bug. */
  make(parameters?: Partial<Given<P>>, mutant?: M): Made
}

/**
 * Declares a spec. `define` makes the model for given parameters; `planted` says whether a named
 * bug is wanted.
 */
export function spec<P extends Parameters, Made extends AnyModel, const M extends string = never>(
  name: string,
  header: SpecHeader<P, M>,
  define: (parameters: Given<P>, planted: (mutant: M) => boolean) => Made,
): Spec<P, M, Made> {
  return {
    ...header,
    name,
    make: (parameters = {}, mutant) =>
      define(
        { ...(header.parameters as unknown as Given<P>), ...parameters },
        (asked) => asked === mutant,
      ),
  }
}
