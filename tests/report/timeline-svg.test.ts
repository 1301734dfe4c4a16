import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { Timeline } from '../../src/core/timeline.ts'
import { timelinePage } from '../../src/report/timeline-page.ts'
import { timelineSvg } from '../../src/report/timeline-svg.ts'
import { timelineText } from '../../src/report/timeline-text.ts'
import { HOSTILE, UNSEEN, whyNotWellFormed } from './hostile.ts'
import { randomTimeline } from './random-timeline.ts'
import { small } from './small-timeline.ts'

function hostileTimeline(text: string): Timeline {
  const bar = { id: 0, label: text, role: 'fault' as const, from: 0, to: 10, details: [text] }
  return {
    title: text,
    unit: 'events',
    lanes: [{ label: text, bars: [bar, { ...bar, id: 1, from: 20, to: Infinity, role: 'core' }] }],
    windows: [{ label: text, from: 5, to: 15 }],
    notes: [text],
  }
}

describe('the drawing of a timeline', () => {
  it('is drawn like this', async () => {
    await expect(timelineSvg(small).toString()).toMatchFileSnapshot('snapshots/small.svg')
  })

  it('is well-formed and the same each time', () => {
    const random = seeded(5)
    for (let round = 0; round < 30; round++) {
      const timeline = randomTimeline(random)
      const drawn = timelineSvg(timeline).toString()
      expect(whyNotWellFormed(drawn)).toBeUndefined()
      expect(drawn).not.toMatch(/NaN|Infinity|undefined/)
      expect(timelineSvg(structuredClone(timeline)).toString()).toBe(drawn)
    }
  })

  it('keeps hostile texts inert wherever they stand', () => {
    for (const text of HOSTILE) {
      const drawn = timelineSvg(hostileTimeline(text)).toString()
      expect(whyNotWellFormed(drawn)).toBeUndefined()
      expect(drawn).not.toMatch(/<(?:script|img|foreignObject|a|image|use)\b/)
      expect(drawn.replaceAll('\n', '')).not.toMatch(UNSEEN)
    }
  })

  it('is not longer than its bars deserve, however long the texts are', () => {
    expect(timelineSvg(hostileTimeline('y'.repeat(1_000_000))).toString().length).toBeLessThan(
      30_000,
    )
    const bars = Array.from({ length: 20_000 }, (_, id) => ({
      ...{ id, label: 'write 1', role: 'context' as const, from: 4 * id, to: 4 * id + 2 },
      details: [],
    }))
    const many = { ...small, lanes: [{ label: 'a', bars }] }
    const drawn = timelineSvg(many).toString()
    expect(drawn.length).toBeLessThan(5000 * 800)
    expect(drawn).toContain('15,000 further operations are not drawn')
  })

  it('draws an empty timeline', () => {
    const empty = { ...small, lanes: [], windows: [], notes: [] }
    expect(whyNotWellFormed(timelineSvg(empty).toString())).toBeUndefined()
    expect(timelineText(empty)).toBe('')
  })
})

describe('the page of timelines', () => {
  const parts = { title: 'a.jsonl', verdict: 'not linearizable', outcome: 'fail' as const }

  it('asks for nothing and allows only its own script and style', () => {
    const made = timelinePage({ ...parts, timelines: [small, small] })
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(made)?.[1] ?? ''
    expect(policy).toMatch(/^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;;/)
    expect(policy).not.toContain('unsafe')
    expect(made).not.toMatch(/\b(?:src|href)="(?!#)/)
    expect(made).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(made.match(/<script/g)).toHaveLength(1)
  })

  it('has no name twice', () => {
    const made = timelinePage({ ...parts, timelines: [small, small, small] })
    const ids = [...made.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps hostile texts inert wherever they stand', () => {
    for (const text of HOSTILE) {
      const made = timelinePage({
        title: text,
        verdict: text,
        facts: [text],
        timelines: [hostileTimeline(text)],
      })
      expect(made.match(/<(?:script|style)\b/g)).toHaveLength(2)
      expect(made.replace(/[\n\t]/g, '')).not.toMatch(UNSEEN)
      expect(made).not.toMatch(/<img|<svg on|<b>/)
    }
  })
})
