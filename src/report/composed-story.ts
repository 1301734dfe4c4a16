import type { Story } from '../core/story.ts'
import type { TraceStep } from '../core/trace.ts'
import { brief, eventText, messageText } from './trace-words.ts'

/** What is told of an explored path of real nodes. */
export interface ToldPath {
  readonly claim: string
  readonly faults: readonly string[]
  readonly steps: readonly TraceStep[]
}

/**
 * The steps of real nodes as a story: who dealt with what, and how that changed what it shows and
 * what it said. The first starts of all nodes are left out.
 */
export function composedStory({ claim, faults, steps }: ToldPath): Story {
  const views = new Map<string, Readonly<Record<string, unknown>>>()
  const told = steps.flatMap((step, at) => {
    const { node, event, effects } = step
    const before = node === undefined ? {} : (views.get(node) ?? {})
    const after = (step.view ?? {}) as Readonly<Record<string, unknown>>
    if (node !== undefined && event.type !== 'crash') views.set(node, after)
    const first = event.type === 'boot' && steps.findIndex((each) => each.node === node) === at
    if (first) return []
    const shown = event.type === 'crash' ? [] : changedParts(before, after)
    const said = effects.flatMap((effect) => {
      if (effect.type === 'send') return [`${messageText(effect.message)} to ${effect.to}`]
      if (effect.type === 'reply') return [`answers ${brief(effect.result)}`]
      return effect.type === 'fail' ? [`refuses: ${effect.error}`] : []
    })
    return [
      {
        title: node === undefined ? eventText(event) : `${node}: ${eventText(event)}`,
        changes: [
          ...shown.map(([part, was, is]) => ({
            place: part,
            ...(was === undefined ? {} : { before: brief(was) }),
            ...(is === undefined ? {} : { after: brief(is) }),
          })),
          ...said.map((each) => ({ place: 'says', after: each })),
        ],
        state: [...views].flatMap(([name, view]) =>
          Object.entries(view).map(([part, value]) => ({
            name: `${name}.${part}`,
            text: brief(value),
          })),
        ),
      },
    ]
  })
  return { claim, faults, steps: [{ title: 'initially', changes: [], state: [] }, ...told] }
}

function changedParts(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly (readonly [part: string, was: unknown, is: unknown])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) => [part, before[part], after[part]] as const)
}
