import type { Entry } from '../../suites/entry.ts'
import type { Story } from '../core/story.ts'
import { storyText } from '../report/story-text.ts'

/** Longer stories are cut: the command that shows it again shows all of it. */
const MOST_LINES = 60

/** The story in the evidence of an entry, line by line for people, where there is one. */
export function shownOf({ type }: Entry, evidence: unknown): readonly string[] | undefined {
  const story = storyIn(type, evidence)
  if (story === undefined) return undefined
  const lines = storyText(story, { width: 100 }).trimEnd().split('\n')
  const faults = story.faults.map((fault) => `  ${fault}`)
  if (lines.length <= MOST_LINES) return [...lines, ...faults]
  return [...lines.slice(0, MOST_LINES), `  ... ${lines.length - MOST_LINES} lines more`, ...faults]
}

function storyIn(type: Entry['type'], evidence: unknown): Story | undefined {
  const found = evidence as { violations?: readonly Story[]; story?: Story }
  if (type === 'spec') return found.violations?.[0]
  return type === 'zoo' ? found.story : undefined
}
