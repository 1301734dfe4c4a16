import type { AnyLayout, Layout } from '../../src/state/index.ts'

/** A variable of a state that is being worked on, reached by its name. */
export type Open = Record<string, unknown>
/** The processes of a machine, as a layout. */
export type Process = Layout<number>

/**
 * What can be asked and done, twice: on plain JSON values, and on a state that is being worked on.
 * `x` is a small number, `p` a process of `n`.
 */
export interface Test {
  plain(value: unknown, x: number, p: number): boolean
  placed(state: Open, name: string, x: number, p: number): boolean
}
export interface Effect {
  plain(value: unknown, x: number, p: number, n: number): unknown
  placed(state: Open, name: string, x: number, p: number, n: number): void
  /** It treats one process unlike another. */
  readonly biased?: boolean
}
export interface Kind {
  layout(process: Process): AnyLayout
  first(n: number): unknown
  /** Makes JSON of a value as it stands in a snapshot. */
  json(value: unknown, n: number): unknown
  readonly tests: readonly Test[]
  readonly effects: readonly Effect[]
}

export const test = (plain: Test['plain'], placed: Test['placed']): Test => ({ plain, placed })
export const effect = (plain: Effect['plain'], placed: Effect['placed']): Effect => ({
  plain,
  placed,
})
export const same = (given: unknown) => given
export const list = (given: unknown) => given as readonly number[]
export const sorted = (given: Iterable<unknown>) =>
  [...given].map((one) => JSON.stringify(one)).sort()
