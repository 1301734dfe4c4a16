import type { ZooCheck } from '../../suites/entry.ts'
import { rowAsClaimed, storyLength, zooRow } from '../../suites/zoo/ways.ts'
import type { Budget } from '../core/budget.ts'
import type { RunRow } from '../core/results.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { storyOf } from './zoo-story.ts'

/** A bug of the zoo as a row of the table of expected verdicts: it fails, as its twin does not. */
export async function checkBug(
  { name, bug, expected, because }: ZooCheck,
  budget: Budget,
): Promise<{ readonly row: RunRow; readonly evidence: object }> {
  const found = await zooRow(bug, { explore: { budget } })
  const { explorer, history, validation, twin } = found
  const seconds = found.found.seconds + (twin?.seconds ?? 0)
  const [violation] = found.found.violations
  const row: RunRow = {
    name,
    outcome: outcomeOf(found.found.outcome, twin?.outcome),
    expected,
    sentence: `${explorer.sentence}; repaired: ${twin?.outcome ?? 'not looked at'}`,
    engine: 'real code',
    seconds: Number(seconds.toFixed(6)),
    ...(violation === undefined ? {} : { violated: violation.name }),
    expectedViolated: bug.violated,
    counts: { depth: storyLength(found.found), twinViolations: twin?.violations.length ?? 0 },
    expectedCounts: { depth: bug.depth, twinViolations: 0 },
  }
  const told = storyOf(found)
  const story = told?.story
  const picture =
    told === undefined
      ? undefined
      : traceSpaceTime(told.trace.header, told.trace.steps, {
          title: bug.violated,
          fault: told.trace.steps.length - 1,
        })
  const asClaimed = rowAsClaimed(found)
  return {
    row,
    evidence: { about: bug.about, asClaimed, history, validation, story, picture, because },
  }
}

/** A twin of which not everything was seen says nothing. */
function outcomeOf(bug: RunRow['outcome'], twin: RunRow['outcome'] | undefined) {
  return bug === 'fail' && twin === 'unknown' ? 'unknown' : bug
}
