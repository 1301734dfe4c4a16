import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { exploreDirectly, TooManyStates } from './direct.ts'

interface Counted {
  readonly states: number
  readonly depth: number
  readonly outcome: string
}

export interface Compared {
  readonly outcome: 'pass' | 'fail' | 'too many states'
  readonly states: number
  /** These two must be equal. */
  readonly composed: Counted | undefined
  readonly direct: Counted | undefined
}

/** Explores a program composed and directly. */
export async function compareCase(
  program: Program,
  options: ComposeOptions,
  most?: number,
): Promise<Compared> {
  try {
    const { states, depth, wrong } = exploreDirectly(program, options, most)
    const found = await explore(compose(program, options), { keepGoing: false })
    const [violation] = found.violations
    const outcome = wrong.length === 0 ? 'pass' : 'fail'
    // Of several wrong things in one level the first that is met is told.
    const named = violation === undefined || wrong.includes(violation.name)
    const { distinctStates } = found
    return {
      outcome,
      states,
      composed: {
        states: distinctStates,
        depth: found.depth,
        outcome: named ? found.outcome : `${found.outcome}: ${violation.name}`,
      },
      direct: { states, depth, outcome },
    }
  } catch (error) {
    if (!(error instanceof TooManyStates)) throw error
    return { outcome: 'too many states', states: 0, composed: undefined, direct: undefined }
  }
}
