import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Timeline } from '../../src/core/timeline.ts'
import { seeded } from '../../src/core/random.ts'
import { timelinePage } from '../../src/report/timeline-page.ts'
import { timelineSvg } from '../../src/report/timeline-svg.ts'
import { hasBrowser, useBrowser } from '../report/browser.ts'
import { HOSTILE } from '../report/hostile.ts'
import { randomTimeline } from '../report/random-timeline.ts'
import { small } from '../report/small-timeline.ts'

/** The same again and again, later and later: wider than a window. */
const long: Timeline = {
  ...small,
  title: 'a.jsonl, key y',
  lanes: small.lanes.map(({ label, bars }) => ({
    label,
    bars: Array.from({ length: 12 }, (_, round) =>
      bars.map((bar) => ({
        ...bar,
        id: bar.id + 10 * round,
        from: bar.from + 1e10 * round,
        to: bar.to + 1e10 * round,
        ...(bar.point === undefined ? {} : { point: bar.point + 1e10 * round }),
      })),
    ).flat(),
  })),
}

const parts = { title: 'a.jsonl', verdict: 'Not linearizable.', outcome: 'fail' as const }
const both = timelinePage({ ...parts, facts: ['a fact'], timelines: [small, long] })

/** Texts that stand on other texts or reach out of their bars, as the browser sees them. */
async function faultsIn(page: Page, figure: string): Promise<string[]> {
  return await page.evaluate(`(() => {
    const faults = []
    const svg = document.querySelector(${JSON.stringify(`${figure} .scroller .timeline`)})
    const box = (e) => e.getBoundingClientRect()
    const isSeen = (e) => getComputedStyle(e).visibility !== 'hidden' && box(e).width > 0
    const cross = (a, b) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3
    const texts = [...svg.querySelectorAll('.plot text')]
      .filter((e) => e.textContent !== '' && isSeen(e))
    texts.forEach((a, i) => {
      for (const b of texts.slice(0, i))
        if (cross(box(a), box(b))) faults.push(b.textContent + ' | ' + a.textContent)
    })
    for (const bar of svg.querySelectorAll('.bar')) {
      const text = bar.querySelector('.label'), body = bar.querySelector('rect:not(.halo)')
      if (text.textContent === '') continue
      const t = box(text), b = box(body)
      const isIn = t.left >= b.left - 1 && t.right <= b.right + 1
      const isBeside = text.classList.contains('outside') && t.left >= b.right - 1
      if (!isIn && !isBeside) faults.push('overflow: ' + text.textContent)
    }
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push('page too wide')
    return faults
  })()`)
}

describe.skipIf(!hasBrowser)('the page in a browser (skipped where there is no chromium)', () => {
  const open = useBrowser()

  it('shows everything, asks for nothing, and complains about nothing', async () => {
    const { page, complaints, requests } = await open(both)
    expect(await page.title()).toBe('a.jsonl')
    expect(await page.locator('.scroller .bar').count()).toBe(5 + 60)
    expect(await page.locator('tbody tr').count()).toBe(5 + 60)
    expect(await page.locator('.tools').first().isVisible()).toBe(true)
    expect(await faultsIn(page, '#t0')).toEqual([])
    expect(await faultsIn(page, '#t1')).toEqual([])
    expect([complaints, requests]).toEqual([[], []])
  })

  it('zooms by button, key and wheel, and labels stay in their places', async () => {
    const { page, complaints } = await open(both)
    const width = async () =>
      Number(await page.locator('#t1 .scroller .timeline').getAttribute('width'))
    const before = await width()
    await page.click('#t1 [data-do=in]')
    const closer = await width()
    expect(closer).toBeGreaterThan(before * 1.3)
    expect(await faultsIn(page, '#t1')).toEqual([])
    await page.focus('#t1 .scroller')
    await page.keyboard.press('0')
    expect(await width()).toBeCloseTo(before)
    await page.click('#t1 [data-do=fit]')
    const whole = Number(await page.evaluate(`document.querySelector("#t1 .scroller").clientWidth`))
    expect(await width()).toBeLessThanOrEqual(whole + 1)
    expect(await faultsIn(page, '#t1')).toEqual([])
    await page.hover('#t1 .scroller')
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -400)
    await page.keyboard.up('Control')
    await expect.poll(width).toBeGreaterThan(whole * 1.5)
    expect(complaints).toEqual([])
  })

  it('shows the details of what is pointed at, and keeps the names in sight', async () => {
    const { page } = await open(both)
    await page.hover('#t0-bar-4')
    const tip = page.locator('#tip')
    expect(await tip.textContent()).toBe('client 5: read -> 812\noperation 4')
    expect(await page.locator('#t0-bar-4').getAttribute('class')).toContain('chosen')
    await page.mouse.move(1, 1)
    expect(await tip.isVisible()).toBe(false)
    await page.click('#t1 [data-do=fault]')
    await page.evaluate(`document.querySelector("#t1 .scroller").scrollLeft = 700`)
    const left = async (what: string) => (await page.locator(what).first().boundingBox())?.x ?? -1
    await expect.poll(() => left('#t1 .names')).toBeCloseTo(await left('#t1 .scroller'), -1)
  })

  it('is used by keyboard alone, and from the table', async () => {
    const { page } = await open(both)
    await page.focus('#t0 .scroller')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('#tip').textContent()).toContain('write 813')
    await page.keyboard.press('Escape')
    expect(await page.locator('#tip').isVisible()).toBe(false)
    await page.click('#t0 + details tr.fault a')
    expect(await page.locator('#t0 .chosen').getAttribute('data-id')).toBe('4')
  })

  it('can be read with JavaScript off', async () => {
    const { page, complaints } = await open(both, { javaScriptEnabled: false })
    expect(await page.locator('h1').textContent()).toBe('a.jsonl')
    expect(await page.locator('#t0-bar-4 title').textContent()).toContain('read -> 812')
    expect(await page.locator('.tools').first().isVisible()).toBe(false)
    expect(await page.locator('#t0 .label').first().isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  it('can be printed, and read in the dark and on a telephone', async () => {
    const phone = { colorScheme: 'dark', viewport: { width: 380, height: 800 } } as const
    const { page } = await open(both, phone)
    const colour = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await colour()).toBe('rgb(15, 20, 25)')
    expect(await faultsIn(page, '#t0')).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await colour()).toBe('rgb(255, 255, 255)')
  })

  it('keeps hostile texts inert', async () => {
    const timelines = HOSTILE.map((text) => {
      const bar = { id: 0, label: text, role: 'fault' as const, from: 0, to: 10, details: [text] }
      const lanes = [{ label: text, bars: [bar] }]
      return {
        ...small,
        title: text,
        lanes,
        notes: [text],
        windows: [{ label: text, from: 5, to: 15 }],
      }
    })
    const made = timelinePage({ title: HOSTILE[0] ?? '', verdict: '', facts: HOSTILE, timelines })
    const { page, complaints, requests } = await open(made)
    for (const at of [0, 2, 6, 15]) await page.hover(`#t${at}-bar-0`)
    expect(await page.locator('script, img, iframe, a[href^="javascript"]').count()).toBe(1)
    expect([complaints, requests]).toEqual([[], []])
  })

  it('draws any picture without texts that overlap, well-formed for an XML parser', async () => {
    const random = seeded(9)
    const timelines = Array.from({ length: 12 }, () => randomTimeline(random))
    const { page } = await open(timelinePage({ ...parts, timelines }))
    const blank = await open('<p></p>')
    for (const [index, timeline] of timelines.entries()) {
      if (timeline.lanes.every(({ bars }) => bars.length === 0)) continue
      expect(await faultsIn(page, `#t${index}`)).toEqual([])
      await page.click(`#t${index} [data-do=in]`)
      expect(await faultsIn(page, `#t${index}`)).toEqual([])
      const xml = JSON.stringify(timelineSvg(timeline).toString())
      const tag = `new DOMParser().parseFromString(${xml}, 'image/svg+xml').documentElement.tagName`
      expect(await blank.page.evaluate(tag)).toBe('svg')
    }
  })
})
