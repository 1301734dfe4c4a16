import { traceOf } from '../../suites/zoo/hunt.ts'
import type { ZooRow } from '../../suites/zoo/ways.ts'
import type { ComposedTrace } from '../compose/index.ts'
import type { Story } from '../core/story.ts'
import { composedStory } from '../report/composed-story.ts'

/** The shortest way to a bug: what the nodes did, and the same in words. */
export interface BugStory {
  readonly trace: ComposedTrace
  readonly story: Story
}

/** `undefined` where it was not found. */
export function storyOf({ bug, found, explorer }: ZooRow): BugStory | undefined {
  const trace = traceOf(bug, found)
  if (trace === undefined) return undefined
  const story = composedStory({
    claim: bug.violated,
    faults: [`${bug.violated}: ${explorer.sentence}`],
    steps: trace.steps,
  })
  return { trace, story }
}
