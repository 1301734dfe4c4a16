import { describe, expect, it } from 'vitest'

import { runStory } from '../../src/cli/simulate-story.ts'

describe('the story of a run', () => {
  it('says of how many options which one was picked', () => {
    const schedule = {
      operations: [],
      faults: [],
      deviations: [{ type: 'pick', node: 'n2', nth: 3, index: 1 }] as const,
    }
    const picked = { type: 'pick', node: 'n2', nth: 3, time: 5000, options: 4 } as const
    const [line] = runStory(schedule, { history: [], chances: [picked] })
    expect(line).toMatchObject({ time: 5000, who: 'n2', text: 'picks option 2 of 4' })
  })
})
