import { beforeAll, describe, expect, it } from 'vitest'

import { compare } from '../../src/quorum/compare/compare.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { quorumNode } from '../../src/quorum/node.ts'
import { systemOf } from '../../src/quorum/system.ts'
import { quorumPage } from '../../src/report/quorum-page.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'

const NAMES = HOSTILE.slice(0, 9)

let made = ''
beforeAll(async () => {
  const texts = ['majority(n=5)', 'grid(rows=2,cols=3)', 'rowa(n=5)', 'singleton(n=1)']
  const { reads, writes, size } = parseSystem('majority(n=3)')
  const hostile = NAMES.map((name) => {
    const nodes = [name, 'b', 'c'].map((each) => quorumNode(each))
    return systemOf({ name, size, reads, writes, nodes })
  })
  const comparison = await compare([...texts.map(parseSystem), ...hostile], { series: true })
  made = await quorumPage({
    title: `compared ${NAMES.join()}`,
    facts: NAMES,
    parts: [{ title: NAMES.join(), comparison }],
  })
})

describe('the page of a comparison', () => {
  it('has a picture for each question, and the numbers behind it', () => {
    const captions = [...made.matchAll(/<figcaption>([^<]*)</g)].map(([, caption]) => caption)
    expect(captions).toEqual([
      'Load against the share of reads',
      'Probability of failure against that of a node',
      'Load and failure: down and left is better',
      'Load of each node under the best strategy',
    ])
    expect(made.match(/<svg /g)?.length).toBe(3 + 4 + NAMES.length)
    expect(made.match(/<details>/g)?.length).toBe(2)
    expect(made).toMatch(/<td class="number">3\/5<\/td>/)
  })

  it('holds no style and no script but its own, whatever the names are', () => {
    expect(made.match(/<style>/g)).toHaveLength(1)
    expect(made).not.toMatch(/<script|<img|<svg onload|style="/)
    expect(made.replaceAll('\n', '')).not.toMatch(UNSEEN)
    expect(made).toContain('&lt;script&gt;')
  })
})

describe.skipIf(!hasBrowser)('the page in a browser (skipped where there is no chromium)', () => {
  const open = useBrowser()

  it.each(['light', 'dark'] as const)('is drawn without a complaint (%s)', async (colorScheme) => {
    const { page, complaints, requests } = await open(made, { colorScheme })
    expect(await page.locator('svg.plot').count()).toBe(3 + 4 + NAMES.length)
    // Colours come from the style of the page: a line without one would not be seen.
    const strokes = await page.evaluate(`[...document.querySelectorAll('svg.plot [stroke^=var]')]
      .map((path) => getComputedStyle(path).stroke)`)
    expect(strokes).toContain(colorScheme === 'light' ? 'rgb(10, 90, 168)' : 'rgb(90, 174, 252)')
    expect(strokes).not.toContain('none')
    expect([complaints, requests]).toEqual([[], []])
  })
})
