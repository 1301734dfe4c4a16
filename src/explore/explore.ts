import { breadthFirst } from './breadth-first.ts'
import type { Bounds } from './bounds.ts'
import type { Exploration, ExplorationProgress } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { modelSystem } from './model-system.ts'
import type { System } from './system.ts'

export interface ExploreOptions {
  /** What the model is called in the result and in errors. Default: `model`. */
  readonly name?: string
  /** Default: breadth-first, whose traces are the shortest. */
  readonly strategy?: 'breadth-first' | 'depth-first'
  /** Whether code may be generated for the model. Default: true, where the platform allows it. */
  readonly generated?: boolean
  /** Tell states apart by 64 bits each instead of by all of them: less memory, tiny odds of a miss. */
  readonly fingerprints?: boolean
  readonly symmetry?: boolean
  readonly partialOrder?: boolean
  readonly sleepSets?: boolean
  /** Whether properties are checked, or which. Default: all. */
  readonly properties?: boolean | readonly string[]
  /** Whether refinements are checked. Default: true. */
  readonly refinements?: boolean
  readonly budget?: Bounds
  /** Where and how often the search is written down, so that it can be resumed. */
  readonly checkpoint?: { readonly file: string; readonly everySeconds?: number }
  /** The file of a checkpoint from which to go on. */
  readonly resume?: string
  /** What a checkpoint is of, besides the name: the parameters and the planted bug, for example. */
  readonly identity?: string
  /** Go on after a violation, and report the first of each name. */
  readonly keepGoing?: boolean
  readonly onProgress?: (progress: ExplorationProgress) => void
  /** Stops the search early, with what is known until then. */
  readonly signal?: AbortSignal
}

/**
 * Looks at all states that a model can reach, and says whether what it claims is true of them.
 * Throws a `UserError` where the model itself is wrong.
 */
export async function explore(
  model: AnyModel | System,
  options: ExploreOptions = {},
): Promise<Exploration> {
  const system = isSystem(model) ? model : modelSystem(options.name ?? 'model', model)
  return Promise.resolve(breadthFirst(system))
}

export function isSystem(model: AnyModel | System): model is System {
  return 'runner' in model
}
