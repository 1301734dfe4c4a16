import type { Exploration, Violation } from '../explore/index.ts'
import { itfTrace } from '../explore/itf.ts'
import { violationStory } from '../explore/violation-story.ts'
import type { AskedModel } from './explore-spec.ts'
import { traced } from './explore-spec.ts'

/** What `--json` prints: the numbers, and each violation as a story and as a trace. */
export function explorationJson(asked: AskedModel, found: Exploration): object {
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
    violations: found.violations.map((violation) => traceJson(asked, violation)),
  }
}

/** One violation as a story and as a trace. */
export function traceJson(asked: AskedModel, violation: Violation): object {
  const { kind, name } = violation
  const { faults, steps, loop } = violationStory(asked.model, violation)
  return {
    kind,
    name,
    faults,
    ...(loop === undefined ? {} : { loop }),
    steps: steps.map(({ title, changes }) => ({ title, changes })),
    trace: itfTrace(traced(asked), { ...violation, claim: violation.name }),
  }
}
