import { describe, expect, it } from 'vitest'
import { timelinePage } from '../../src/report/timeline-page.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { small } from './small-timeline.ts'

// One look; everything else about the page in a browser takes longer and is among the long tests.
describe.skipIf(!hasBrowser)('the page in a browser (skipped where there is no chromium)', () => {
  const open = useBrowser()

  it('is drawn, zooms, shows details, asks for nothing and complains about nothing', async () => {
    const made = timelinePage({
      title: 'a.jsonl',
      verdict: 'Not linearizable.',
      timelines: [small],
    })
    const { page, complaints, requests } = await open(made)
    const picture = page.locator('#t0 .scroller .timeline')
    const before = Number(await picture.getAttribute('width'))
    await page.click('#t0 [data-do=in]')
    expect(Number(await picture.getAttribute('width'))).toBeGreaterThan(before * 1.3)
    await page.hover('#t0-bar-0')
    expect(await page.locator('#tip').textContent()).toBe('client 2: write 812\noperation 0')
    expect([complaints, requests]).toEqual([[], []])
  })
})
