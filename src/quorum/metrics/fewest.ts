import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { decisionDiagram } from './decision-diagram.ts'
import type { Diagram } from './diagram.ts'
import { TO_FAILED } from './diagram.ts'

const MOST_VERTICES = 2_000_000

/** How few nodes are a quorum, and the way that found it. */
export interface Fewest {
  readonly count: number
  readonly method: string
}

/**
 * The smallest quorum by the structure's own way; by a diagram of the opposite question where that
 * would take too long. @throws UserError where neither is possible.
 */
export function fewest(set: QuorumSet, budget: Budget = {}): Fewest {
  try {
    const ones = new Uint8Array(set.size).fill(1)
    return { count: set.cheapest(ones).price, method: `smallest set of the ${set.structure}` }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // A quorum of this is what stops the dual, which often is the shorter formula.
    const meter = new Meter({ seconds: 20, ...budget })
    const found = decisionDiagram([set.dual()], [], MOST_VERTICES, meter)
    if (found === undefined) throw error
    return { count: fewestDown(found.diagram), method: 'decision diagram' }
  }
}

/** How few variables have to be down for a function to fail. */
export function fewestDown({ root, vertices, dead, live }: Diagram): number {
  if (root < 0) return root === TO_FAILED ? 0 : Infinity
  const down = new Float64Array(vertices).fill(Infinity)
  down[0] = 0
  let best = Infinity
  const put = (target: number, count: number) => {
    if (target === TO_FAILED) best = Math.min(best, count)
    else if (target >= 0) down[target] = Math.min(down[target]!, count)
  }
  for (let vertex = 0; vertex < vertices; vertex++) {
    put(dead[vertex]!, down[vertex]! + 1)
    put(live[vertex]!, down[vertex]!)
  }
  return best
}
