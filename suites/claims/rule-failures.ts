import { analyse } from '../../src/valency/analysis.ts'
import { Graph } from '../../src/valency/graph.ts'
import type { Successors } from '../../src/valency/successors.ts'

/** Which promises of consensus rules break for some inputs. */
export interface RuleFailures {
  readonly agreement: boolean
  readonly validity: boolean
  /** Some process that is silent keeps the others from deciding. */
  readonly blocks: boolean
  /** A fair run without decision. */
  readonly lasso: boolean
}

/**
 * Looks at all configurations for one choice of inputs. `given` is what the processes are started
 * with, `inputs` what they propose.
 */
export function ruleFailures(
  successors: Successors,
  given: readonly number[],
  inputs: readonly number[],
): RuleFailures {
  const graph = new Graph(successors, given)
  const rules = { coins: 'adversary', helps: [undefined], agree: 1, lemmas: 0 } as const
  const { disagreement, blocks, run } = analyse(graph, rules)
  const { elements } = successors
  let proposed = 0
  for (const input of inputs) proposed |= 1 << elements.valueId(input)
  let validity = false
  for (const decided of graph.decided.data.subarray(0, graph.count))
    if ((decided & ~proposed) !== 0) validity = true
  return { agreement: disagreement >= 0, validity, blocks: blocks > 0, lasso: run !== undefined }
}

export function isGood({ agreement, validity, blocks, lasso }: RuleFailures): boolean {
  return !agreement && !validity && !blocks && !lasso
}
