import { writeFile } from 'node:fs/promises'

import { UserError } from '../core/user-error.ts'
import type { Exploration, Simulation, Violation } from '../explore/index.ts'
import { itfTrace } from '../explore/itf.ts'
import { spaceTimeOf } from '../explore/space-time.ts'
import { violationStory } from '../explore/violation-story.ts'
import { explorationPage } from '../report/story-page.ts'
import { commandOf } from './explore-again.ts'
import type { AskedModel } from './explore-spec.ts'
import { traced } from './explore-spec.ts'
import { explorationLine } from './explore-text.ts'

/** Draws what was found as a page. @throws UserError if it cannot be written. */
export async function drawExploration(
  asked: AskedModel,
  found: Exploration,
  file: string,
): Promise<void> {
  const facts = [
    ...(found.stopped === undefined ? [] : [`stopped: ${found.stopped.covered}`]),
    ...found.warnings.map((warning) => `mind: ${warning}`),
  ]
  const verdict = explorationLine({ title: '' }, found, { colour: false })
  await written(file, pageOf(asked, found, verdict, facts), EXAMPLE)
}

/** Draws what random walks met. @throws UserError if it cannot be written. */
export async function drawSimulation(
  asked: AskedModel,
  found: Simulation,
  verdict: string,
  file: string,
): Promise<void> {
  await written(file, pageOf(asked, found, verdict, []), EXAMPLE)
}

const EXAMPLE = '--html story.html'

function pageOf(
  asked: AskedModel,
  found: Pick<Exploration | Simulation, 'outcome' | 'violations' | 'coverage'>,
  verdict: string,
  facts: readonly string[],
): string {
  const { spec, model, title } = asked
  return explorationPage({
    title,
    about: [spec.about, ...(spec.source === undefined ? [] : [spec.source])],
    outcome: found.outcome,
    // The title stands above it, and the outcome before it.
    verdict: verdict.replace(/^: \S+ ?/, '').trimEnd(),
    facts,
    stories: found.violations.map((violation) => {
      const story = violationStory(model, violation)
      const picture = spaceTimeOf(model, violation.trace, story)
      return { story, ...(picture === undefined ? {} : { picture }) }
    }),
    coverage: found.coverage,
    replay: commandOf(asked, {}),
  })
}

/** Writes the first trace there is. Answers what was done. @throws UserError */
export async function writeTrace(
  asked: AskedModel,
  violations: readonly Violation[],
  file: string,
): Promise<string> {
  const told = violations.find(({ trace }) => trace.length > 0)
  if (told === undefined) return 'there is no trace to be written'
  const trace = itfTrace(traced(asked), { ...told, claim: told.name })
  const content = `${JSON.stringify(trace, null, 1)}\n`
  await written(file, content, '--itf trace.itf.json')
  return `trace written to ${file}`
}

async function written(file: string, content: string, example: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`this cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: `name a file in a folder that exists: ${example}`,
      cause,
    })
  }
}
