import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'
import { run } from '../cli/run.ts'
import { hasBrowser, useBrowser } from '../report/browser.ts'

const STRANGE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'abc\u202etxt.exe',
  '\u001b[31mred',
  '漢字 😀👩‍👩‍👧 العربية',
]

/** A register that forgets a write in the end, after thousands of operations on strange values. */
function strangeHistory(operations: number): string {
  const lines: object[] = []
  for (let at = 0; at < operations / 2; at++) {
    const value = `${STRANGE[at % STRANGE.length] ?? ''} ${at}`
    const write = { process: 'a', f: 'write', value }
    const seen = at === operations / 2 - 1 ? `${STRANGE[0] ?? ''} 0` : value
    lines.push({ ...write, type: 'invoke' }, { ...write, type: 'ok' })
    lines.push({ process: STRANGE[at % 2], type: 'invoke', f: 'read', value: null })
    lines.push({ process: STRANGE[at % 2], type: 'ok', f: 'read', value: seen })
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

let folder: Folder
let page = ''

beforeAll(async () => {
  folder = newFolder()
  const runs = join(folder.path, 'runs')
  const history = folder.write('strange.jsonl', strangeHistory(10_000))
  await run(['judge', history, '--model', 'register', '--save', runs])
  await run(['check', 'histories', 'quorums', 'commit', 'abd', '--save', runs])
  const files = ['report.html', 'report.md'].map((name) => join(folder.path, name))
  const [out = '', markdown = ''] = files
  const told = await run(['report', '--runs', runs, '--out', out, '--markdown', markdown])
  expect(told.exitCode).toBe(0)
  page = folder.read('report.html')
}, 300_000)
afterAll(() => {
  folder.remove()
})

describe('a whole report', () => {
  it('is under 5 MB and has all its chapters', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000)
    for (const key of ['recordings', 'counterexamples', 'flp', 'quorums']) {
      expect(page).toContain(`id="chapter-${key}"`)
    }
    expect([...page.matchAll(/<script/g)]).toHaveLength(1)
  })

  it('draws what is computed for the page: a lasso, valencies, a chain of runs, plots', () => {
    expect(page).toContain('a run without decision')
    expect(page).toContain('[bivalent]')
    expect(page).toContain('aria-label="chain of runs"')
    expect(page).toMatch(/<svg[^>]*class="plot"/)
    expect(page).toContain('41/81')
  })
})

describe.skipIf(!hasBrowser)('a whole report in a browser (skipped where there is none)', () => {
  const open = useBrowser()

  it.each(['light', 'dark'] as const)(
    'is clicked through without a complaint (%s)',
    async (scheme) => {
      const { page: seen, complaints, requests } = await open(page, { colorScheme: scheme })
      const links = await seen.locator('nav a').all()
      expect(links.length).toBeGreaterThan(5)
      for (const link of links) {
        await link.click()
        const anchor = (await link.getAttribute('href')) ?? ''
        expect(await seen.locator(anchor).isVisible()).toBe(true)
      }
      await seen.click('.filters button')
      await seen.evaluate(
        'for (const each of document.querySelectorAll("details")) each.open = true',
      )
      await seen.evaluate('scrollTo(0, document.body.scrollHeight)')
      await seen.waitForTimeout(300)
      const wide = await seen.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(wide).toBeLessThanOrEqual(0)
      expect([complaints, requests]).toEqual([[], []])
    },
  )

  it('shows the history of strange values as text, with the operation at fault', async () => {
    const { page: seen, complaints } = await open(page)
    await seen.locator('.difference summary').first().click()
    const text = await seen.locator('.differences').textContent()
    expect(text).toContain('<script>alert(1)</script>')
    expect(text).not.toContain('\u202e')
    expect(await seen.locator('.differences .plot .bar.fault').count()).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })
})
