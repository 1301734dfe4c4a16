import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { AnyProtocol, Options } from '../../src/node/index.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import { states, unknown } from './spec-states.ts'

/** The real code of a protocol with what may happen around it, within bounds. */
export interface Explored {
  readonly protocol: AnyProtocol
  readonly options?: Options
  readonly mutant?: string
  readonly bounds: ComposeOptions
}

/** Asks whether nothing is wrong in any state that the real code comes to within the bounds. */
export function nothingWrong(asks: string, { protocol, ...about }: Explored): Question {
  return question('exploration', asks, async (budget) => {
    const program = protocol.make(about.options, about.mutant)
    const system = compose(program, { name: protocol.name, ...about.bounds })
    const found = await explore(system, { budget })
    if (found.outcome === 'unknown') return unknown(found.stopped?.covered)
    const [violation] = found.violations
    const seen = `${states(found.distinctStates)} of the code of ${protocol.name}`
    return violation === undefined
      ? answer(true, `nothing is wrong in ${seen}`)
      : answer(false, `'${violation.name}' is false after ${violation.trace.length - 1} steps`)
  })
}
