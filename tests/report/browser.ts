import { existsSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

export const NO_BROWSER = 'no chromium here: set CHROMIUM to its path'

const path = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium'].find((file) => existsSync(file))

export const hasBrowser = path !== undefined

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Visit {
  readonly page: Page
  /** Messages of the console, uncaught errors and violations of the page's own policy. */
  readonly complaints: readonly string[]
  /** Everything that was asked for over a network. */
  readonly requests: readonly string[]
}

export type Open = (html: string, options?: BrowserContextOptions) => Promise<Visit>

/**
 * One browser for all tests of a file, started before the first and ended after the last, whatever
 * happens between. Answers a function that opens a document in a window of its own.
 */
export function useBrowser(): Open {
  let browser: Browser | undefined
  beforeAll(async () => {
    if (path === undefined) return
    browser = await chromium.launch({ executablePath: path, headless: true, args: FLAGS })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
  })

  return async (html, options = {}) => {
    if (browser === undefined) throw new Error(NO_BROWSER)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    const requests: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => requests.push(request.url()))
    await page.setContent(html, { waitUntil: 'load' })
    return { page, complaints, requests }
  }
}
