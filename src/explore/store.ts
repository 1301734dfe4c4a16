import type { VisitedOptions } from './visited.ts'
import { Fingerprints } from './fingerprints.ts'
import { visitedFor } from './visited-source.ts'

/** The states that a search has found, numbered in the order in which it found them. */
export interface Store {
  readonly words: number
  readonly count: number
  readonly bytes: number
  /** States by number, of `first` and later. Another array after something was added. */
  readonly states: Int32Array
  /** Earlier states are not kept. */
  readonly first: number
  readonly parents: Int32Array
  /** See `Visited.add`. */
  add(state: Int32Array, parent: number): number
  /** The number of a state, -1 if it is not there. */
  find(state: Int32Array, offset?: number): number
  /** States before this one will not be gone on from any more. */
  forget(before: number): void
}

export function storeFor(
  words: number,
  fingerprints: boolean,
  options: VisitedOptions = {},
): Store {
  return fingerprints ? new Fingerprints(words, options) : visitedFor(words, options)
}
