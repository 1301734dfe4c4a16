import { describe, expect, it } from 'vitest'

import type { SpaceTime, Story } from '../../src/core/story.ts'
import { explore } from '../../src/explore/index.ts'
import { spaceTimeOf } from '../../src/explore/space-time.ts'
import { violationStory } from '../../src/explore/violation-story.ts'
import { spaceTimeSvg } from '../../src/report/space-time-svg.ts'
import type { StoryPage } from '../../src/report/story-page.ts'
import { explorationPage } from '../../src/report/story-page.ts'
import { pingPong } from '../explore/story-model.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { HOSTILE, UNSEEN, whyNotWellFormed } from './hostile.ts'

async function pingPongPage(): Promise<StoryPage> {
  const { violations, coverage } = await explore(pingPong)
  const stories = violations.map((violation) => {
    const story = violationStory(pingPong, violation)
    const picture = spaceTimeOf(pingPong, violation.trace, story)
    return { story, ...(picture === undefined ? {} : { picture }) }
  })
  return pageOf({ stories, coverage, title: 'ping-pong' })
}

function pageOf(parts: Partial<StoryPage>): StoryPage {
  return {
    title: '',
    about: [],
    outcome: 'fail',
    verdict: 'nobody halts',
    facts: [],
    stories: [],
    coverage: [],
    replay: 'synod explore',
    ...parts,
  }
}

/** Everything that can be said is one text. */
function hostilePage(text: string): StoryPage {
  const changes = [{ place: text, before: text, after: text }]
  const state = [{ name: text, text }]
  const story: Story = {
    claim: text,
    faults: [text],
    steps: [
      { title: text, changes, state },
      { title: text, changes, state },
    ],
    loop: 0,
  }
  const picture: SpaceTime = {
    title: text,
    lanes: [text, text],
    events: [
      { row: 1, lane: 0, label: text, fault: true, details: [text] },
      { row: 2, lane: 1, label: text, fault: false, details: [] },
    ],
    messages: [
      { label: text, from: 1, to: 2 },
      { label: text, from: 2 },
    ],
    loop: 1,
  }
  return pageOf({
    title: text,
    about: [text],
    verdict: text,
    facts: [text],
    stories: [{ story, picture }],
    coverage: [{ action: text, taken: 0, found: 0, idle: 0 }],
    replay: text,
  })
}

describe('the page of an exploration', () => {
  it('has the verdict, the story with folded states, the picture and the coverage', async () => {
    const made = explorationPage(await pingPongPage())
    expect(made).toMatch(/<strong>Violated\.<\/strong> nobody halts/)
    expect(made).toContain('&#39;nobody halts&#39; is false for node2')
    expect(made.match(/<details /g)).toHaveLength(4)
    expect(made.match(/<svg /g)).toHaveLength(1)
    expect(made).toMatch(/>receive<\/td>\s*<td class="number">\d/)
  })

  it('says of a step that it changes nothing, and not of the beginning', () => {
    const step = { title: 'step', changes: [], state: [] }
    const story = { claim: '', faults: [], steps: [step, step, step] }
    const made = explorationPage(pageOf({ stories: [{ story }] }))
    expect(made.match(/changes nothing/g)).toHaveLength(2)
  })

  it('holds no style and no script but its own, whatever the spec is called', () => {
    for (const text of HOSTILE) {
      const made = explorationPage(hostilePage(text))
      expect(made.match(/<style>/g)).toHaveLength(1)
      expect(made).not.toMatch(/<script|<img|<svg onload|style="/)
      expect(made.replaceAll('\n', '')).not.toMatch(UNSEEN)
    }
  })

  it('has a picture that is well-formed, whatever the processes are called', () => {
    for (const text of HOSTILE) {
      const picture = hostilePage(text).stories[0]?.picture
      if (picture === undefined) throw new Error('there is a picture')
      expect(whyNotWellFormed(spaceTimeSvg(picture).toString())).toBeUndefined()
    }
  })
})

describe.skipIf(!hasBrowser)('the page in a browser (skipped where there is no chromium)', () => {
  const open = useBrowser()

  it.each(['light', 'dark'] as const)('is drawn without a complaint (%s)', async (colorScheme) => {
    const { page, complaints, requests } = await open(explorationPage(await pingPongPage()), {
      colorScheme,
    })
    expect(await page.locator('svg.space-time .event').count()).toBe(4)
    // Messages: three arrows with a head each.
    expect(await page.locator('svg.space-time .message .head').count()).toBe(3)
    const stroke = await page.evaluate(
      `getComputedStyle(document.querySelector('.space-time .message line')).stroke`,
    )
    expect(stroke).toBe(colorScheme === 'light' ? 'rgb(10, 90, 168)' : 'rgb(90, 174, 252)')
    expect([complaints, requests]).toEqual([[], []])
  })

  it('unfolds the whole state after a step', async () => {
    const { page } = await open(explorationPage(await pingPongPage()))
    const states = page.locator('table.story details dl')
    expect(await states.first().isVisible()).toBe(false)
    await page.locator('table.story summary').first().click()
    expect(await states.first().isVisible()).toBe(true)
    expect(await states.first().innerText()).toContain('{ping(node1)}')
  })

  it('has no names of steps that are cut off by the edge of the picture', async () => {
    const { page } = await open(explorationPage(await pingPongPage()))
    const outside = await page.evaluate(`(() => {
      const { left, right } = document.querySelector('svg.space-time').getBoundingClientRect()
      return [...document.querySelectorAll('svg.space-time text')]
        .filter((text) => {
          const box = text.getBoundingClientRect()
          return box.left < left - 1 || box.right > right + 1
        })
        .map((text) => text.textContent)
    })()`)
    expect(outside).toEqual([])
  })
})
