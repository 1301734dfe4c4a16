import { describe, expect, it } from 'vitest'

import { reportMarkdown } from '../../src/report/report/report-markdown.ts'
import { reportPage } from '../../src/report/report/report-page.ts'
import { headline, standingOf, tallyOf } from '../../src/report/report/tally.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'
import { entryOf, reportWith, story } from './report-content.ts'

/** The text between a heading and the next one of its level. */
function sectionOf(page: string, anchor: string): string {
  const from = page.indexOf(`<h2 id="${anchor}"`)
  const to = page.indexOf('<h2 ', from + 1)
  return from < 0 ? '' : page.slice(from, to < 0 ? undefined : to)
}

describe('the tally of a report', () => {
  const holds = entryOf('a')
  const caught = entryOf('b', { outcome: 'fail' })
  const told = entryOf('c', { outcome: 'unknown' })
  const wrong = entryOf('d', { outcome: 'fail', asExpected: false })
  const open = entryOf('e', { outcome: 'unknown', asExpected: false })

  it('tells what holds, what is caught, what is wrong and what hit a bound apart', () => {
    const tally = tallyOf([holds, caught, told, wrong, wrong, open])
    expect(tally).toEqual({ all: 6, good: 3, wrong: 2, open: 1, holds: 1, caught: 1, untold: 1 })
  })

  it('counts what is wrong before what is open, and both before what is good', () => {
    expect(standingOf(tallyOf([holds, open, wrong]), true)).toBe('wrong')
    expect(standingOf(tallyOf([holds, open]), true)).toBe('open')
    expect(standingOf(tallyOf([holds]), true)).toBe('good')
    expect(standingOf(tallyOf([]), true)).toBe('not run')
    expect(standingOf(tallyOf([]), false)).toBe('none')
  })

  it('answers in one sentence', () => {
    const of = (...entries: readonly ReturnType<typeof entryOf>[]) =>
      headline({
        families: [
          {
            key: 'a',
            name: 'A',
            kind: 'protocol',
            groups: [{ column: 'specs', title: '', entries }],
          },
        ],
      })
    expect(of()).toBe('Nothing has been run yet.')
    expect(of(holds, caught)).toBe('2 of 2 checks came out as expected.')
    expect(of(holds, wrong)).toBe('1 of 2 checks came out as expected: 1 did not.')
    expect(of(holds, wrong, open)).toBe(
      '1 of 3 checks came out as expected: 1 did not, 1 hit a bound.',
    )
  })
})

describe('the page of a report', () => {
  const page = reportPage(reportWith('plain words'))

  it('says first what is not as expected, with the command and what shows it', () => {
    const first = sectionOf(page, 'differences')
    expect(first).toContain('protocols/raft/claims')
    expect(first).toContain('expected: it holds')
    expect(first).toContain('synod simulate raft --seed 7')
    expect(first).toContain('class="picture"')
    expect(page.indexOf('id="differences"')).toBeLessThan(page.indexOf('id="overview"'))
  })

  it('has a red cell with the command, green ones, and cells that were not run', () => {
    const overview = sectionOf(page, 'overview')
    expect(overview).toMatch(/<td class="wrong">[^]*?1 of 2[^]*?synod simulate raft --seed 7/)
    expect(overview).toMatch(/<td class="good">[^]*?#all-raft-specs/)
    expect(overview).toMatch(/<td class="not-run"[^>]*--host processes[^>]*>\s*not run/)
  })

  it('has whatever is linked to', () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor)
    const anchors = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))
    expect(links.filter((anchor) => !anchors.has(anchor ?? ''))).toEqual([])
    expect([...page.matchAll(/\sid="([^"]+)"/g)]).toHaveLength(anchors.size)
  })

  it('shows ratios against the bar and against the run before', () => {
    expect(sectionOf(page, 'bench')).toMatch(/5 ×[^]*1\.25 ×/)
  })

  it('is as small as it is asked to be, and says what is left out', () => {
    const long = { ...story.steps[1]!, title: 'x'.repeat(150) }
    const large = { ...story, steps: Array.from({ length: 150 }, () => long) }
    const entries = Array.from({ length: 40 }, (_, at) =>
      entryOf(`specs/large/${at}`, { evidence: [{ type: 'story', story: large }] }),
    )
    const groups = [{ column: 'specs', title: 'spec explored', entries }]
    const families = [{ key: 'a', name: 'A', kind: 'protocol', groups }] as const
    const whole = reportPage(reportWith('', { families }))
    const less = reportPage(reportWith('', { families }), 500_000)
    expect(Buffer.byteLength(whole)).toBeGreaterThan(1_000_000)
    expect(Buffer.byteLength(less)).toBeLessThanOrEqual(500_000)
    expect(whole).not.toContain('is left out, so that the page stays small')
    expect(less).toMatch(/Evidence of \d+ checks\s+is left out/)
    expect(less).toContain('There is no room for what shows it')
    for (const { again } of entries) expect(less).toContain(again)
  })

  it('lets no text out of a file be markup, in the page and in Markdown', () => {
    for (const text of HOSTILE.filter(({ length }) => length < 1000)) {
      const made = reportPage(reportWith(text))
      const scripts = [...made.matchAll(/<script/g)]
      expect(scripts).toHaveLength(1)
      expect(made).not.toMatch(/<img|<svg onload|onmouseover='/)
      expect(made.replace(/[\n\t]/g, '')).not.toMatch(UNSEEN)
      const short = reportMarkdown(reportWith(text))
      expect(short).not.toMatch(/(?<!\\)<(?:script|img|svg)/)
      expect(short.replace(/[\n\t]/g, '')).not.toMatch(UNSEEN)
    }
  })
})

describe('the report as Markdown', () => {
  it('is the answer, what differs, the dashboard and what was not run', () => {
    const text = reportMarkdown(reportWith('plain words', { warnings: [] }))
    expect(text).toMatchInlineSnapshot(`
      "# Synod: 3 of 4 checks came out as expected: 1 did not.

      ## Not as expected

      - **protocols/raft/claims**: fail; expected: it holds. two leaders plain words  
        \`synod simulate raft --seed 7\`

      ## At a glance

      | protocol | spec explored | code simulated | real processes |
      | --- | --- | --- | --- |
      | Raft | ✓ 1 | ✗ 1 of 2 | not run |

      | beside the protocols | checks |
      | --- | --- |
      | Quorum systems | ✓ 1 |

      ## The claims book

      | group | claims |
      | --- | --- |
      | Raft | 1 claim: 1 is refuted as worded |

      ## Benchmarks

      | work | measured | times as good as the bar | as the run before |
      | --- | --: | --: | --: |
      | plain words | 2 s | 5 | 1.25 |
      | none |  |  |  |

      ## What was run

      | command | begun (UTC) | as expected | synod |
      | --- | --- | --- | --- |
      | check | 2026-01-02 03:04:05 | 2 of 3 | 0.1.0 |

      ## Not run

      - Raft: \`npm run regress -- --host processes\`
      "
    `)
  })
})

describe.skipIf(!hasBrowser)('the report in a browser (skipped where there is none)', () => {
  const open = useBrowser()

  it('steps by keys, filters, unfolds what is linked to, and is quiet', async () => {
    const { page, complaints, requests } = await open(reportPage(reportWith('plain words')))
    const steps = page.locator('.chapter .steps')
    const state = steps.locator('.state-now')
    await steps.scrollIntoViewIfNeeded()
    const scroller = steps.locator('.step-view .scroller')
    await scroller.focus()
    expect(await steps.locator('output').textContent()).toBe('step 2 of 2')
    await page.keyboard.press('ArrowLeft')
    expect(await steps.locator('output').textContent()).toBe('step 1 of 2')
    expect(await state.locator('dd').allTextContents()).toEqual(['1', '{}'])
    expect(await state.locator('dd.changed').allTextContents()).toEqual(['1'])
    await page.keyboard.press('ArrowRight')
    expect(await state.locator('dd').allTextContents()).toEqual(['2', '{b}'])
    await page.keyboard.press('Home')
    expect(await state.locator('dd').allTextContents()).toEqual(['0', '{}'])

    await page.fill('.filters input', 'calm')
    expect(await page.locator('.everything .entry:visible').count()).toBe(1)
    await page.fill('.filters input', '')
    await page.selectOption('.filters select', 'bad')
    expect(await page.locator('.everything .entry:visible .name').allTextContents()).toEqual([
      'protocols/raft/claims',
    ])
    await page.selectOption('.filters select', '')
    await page.evaluate("document.getElementById('all-raft-specs').open = false")
    await page.click('.dashboard td.good a')
    await page.locator('#all-raft-specs[open]').waitFor({ timeout: 10_000 })
    expect([complaints, requests]).toEqual([[], []])
  })

  it('can be read without a script, in the dark and on a narrow window', async () => {
    const { page, complaints } = await open(reportPage(reportWith('plain words')), {
      javaScriptEnabled: false,
      colorScheme: 'dark',
      viewport: { width: 400, height: 800 },
    })
    expect(await page.locator('.chapter .story tbody tr:visible').count()).toBe(3)
    expect(await page.locator('.filters').isVisible()).toBe(false)
    expect(await page.locator('.step-bar').first().isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })
})
