import type { Violation } from '../explore/index.ts'
import { itfTrace } from '../explore/itf.ts'
import { violationStory } from '../explore/violation-story.ts'
import type { AskedModel } from './explore-spec.ts'
import { traced } from './explore-spec.ts'

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
