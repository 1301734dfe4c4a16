import type { Exploration } from '../explore/index.ts'
import type { AskedModel } from './explore-spec.ts'

/** What `--json` prints: the numbers, and each violation as a story and as a trace. */
export async function explorationJson(asked: AskedModel, found: Exploration): Promise<object> {
  const { spec, parameters, mutant } = asked
  const { outcome, distinctStates, generatedStates, depth, seconds, workers, ...rest } = found
  return {
    spec: spec.name,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    outcome,
    distinctStates,
    generatedStates,
    depth,
    seconds,
    workers,
    ...rest,
    violations: await tracesOf(asked, found),
  }
}

/** Stories are told by much code, which is loaded only where there is one to tell. */
async function tracesOf(asked: AskedModel, { violations }: Exploration): Promise<object[]> {
  if (violations.length === 0) return []
  const { traceJson } = await import('./trace-json.ts')
  return violations.map((violation) => traceJson(asked, violation))
}
