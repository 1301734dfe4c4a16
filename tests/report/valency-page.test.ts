import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { twoPhaseCommit } from '../../impls/flp/two-phase-commit.ts'
import { paxos } from '../../impls/flp/paxos.ts'
import { drawValency } from '../../src/cli/valency-draw.ts'
import type { AnyAsynchronous } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'
import { valency } from '../../src/valency/valency.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'
import { hasBrowser, useBrowser } from './browser.ts'
import { HOSTILE, UNSEEN } from './hostile.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

async function pageOf(protocol: AnyAsynchronous, processes: number): Promise<string> {
  const report = valency(protocol, processes, { drawn: true })
  const asked = `synod valency ${protocol.name}`
  await drawValency(report, { html: `${folder.path}/page.html`, asked })
  return folder.read('page.html')
}

/** Whoever hears something decides it; everything that can be said is one text. */
function saying(text: string): AnyAsynchronous {
  return asynchronous('saying', { about: text, source: text }, (processes) => ({
    start: (_, input) => ({ input, told: text, tells: true, heard: false }),
    step: (local, message: string | undefined, self) => ({
      local: { ...local, tells: false, heard: local.heard || message !== undefined },
      sends: local.tells ? toOthers(processes, self, text) : [],
    }),
    decided: ({ heard, input }) => (heard ? input : undefined),
  }))
}

const SHORT = HOSTILE.filter((text) => text.length < 300)

describe('the page of a valency', () => {
  it('holds no script and nothing unseen, whatever processes say to each other', async () => {
    for (const text of SHORT) {
      const made = await pageOf(saying(text), 2)
      expect(made).not.toMatch(/<script|<img|<svg onload|onmouseover='alert/)
      expect(made.replaceAll('\n', '')).not.toMatch(UNSEEN)
    }
  })
})

describe.skipIf(!hasBrowser)('the page in a browser (skipped where there is no chromium)', () => {
  const open = useBrowser()

  it.each(['light', 'dark'] as const)('is drawn without a complaint (%s)', async (colorScheme) => {
    const { page, complaints, requests } = await open(await pageOf(paxos, 2), { colorScheme })
    // All inputs, and the graph of those that show most; then the run without decision.
    expect(await page.locator('.drawing svg').count()).toBe(2)
    expect(await page.locator('.drawing svg').first().locator('.node').count()).toBe(4)
    expect(await page.locator('svg.space-time').count()).toBeGreaterThan(0)
    expect(await page.locator('body').innerText()).toContain('synod valency paxos')
    expect([complaints, requests]).toEqual([[], []])
  })

  it('shows the critical configuration with its two fates, and may be scrolled', async () => {
    const { page, complaints } = await open(await pageOf(twoPhaseCommit, 3))
    const graphs = page.locator('.drawing')
    expect(await graphs.count()).toBeGreaterThan(0)
    await graphs.last().focus()
    await page.keyboard.press('ArrowRight')
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
    )
    expect(wide).toBe(true)
    expect(complaints).toEqual([])
  })

  it('does nothing that a message or a state asks for', async () => {
    for (const text of SHORT.slice(0, 3)) {
      const { page, complaints, requests } = await open(await pageOf(saying(text), 2))
      expect(await page.locator('script, img').count()).toBe(0)
      expect([complaints, requests]).toEqual([[], []])
      await page.context().close()
    }
  })
})
