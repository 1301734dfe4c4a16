import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readRun } from '../../src/core/results.ts'
import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'
import { run } from '../cli/run.ts'
import { hasBrowser, useBrowser } from '../report/browser.ts'

let folder: Folder
let path = ''
beforeAll(async () => {
  folder = newFolder()
  const { exitCode, out, err } = await run(['quorum', 'overview', '--save', `${folder.path}/runs`])
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/\n(\d+) of \1 claims came out/)])
  path = /^saved in (.*)\/run\.json\n$/.exec(err)?.[1] ?? ''
})
afterAll(() => {
  folder.remove()
})

describe('the whole overview', () => {
  it('has systems of the same size side by side, with the values of the literature', async () => {
    const markdown = readFileSync(`${path}/quorums.md`, 'utf8')
    const rows = [
      ['majority(n=81)', '81', '41', '41/81', '0.5062', '0.111', '40', '3.51e-20'],
      ['grid(rows=9,cols=9)', '81', '17', '17/81', '0.2099', '0.111', '8', '0.0231'],
      ['bgrid(d=9,h=3,r=3)', '81', '17', '17/81', '0.2099', '0.111', '8', '2.44e-5'],
      ['hqc(3,3,3,3)', '81', '16', '16/81', '0.1975', '0.111', '15', '7.64e-10'],
    ]
    for (const row of rows) expect(markdown).toContain(`| ${row.join(' | ')} |`)
    expect((await readRun(`${path}/run.json`)).rows.length).toBeGreaterThan(30)
  })

  const open = useBrowser()
  it.skipIf(!hasBrowser)('is a page without a complaint (skipped without chromium)', async () => {
    const html = readFileSync(`${path}/quorums.html`, 'utf8')
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints, requests } = await open(html, { colorScheme })
      expect(await page.locator('svg.plot').count()).toBeGreaterThan(30)
      // Nothing is wider than the window: tables and pictures scroll by themselves.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280)
      expect([complaints, requests]).toEqual([[], []])
    }
  })
})
