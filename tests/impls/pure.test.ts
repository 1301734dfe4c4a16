import { ESLint, Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { drawSimulation, simulate } from '../../src/simulate/index.ts'
import { protocolEntries } from '../../suites/protocols.ts'

const FILE = 'impls/mine/mine.ts'

/** The rules for `impls/` that need no types. */
async function restrictions(): Promise<Linter.RulesRecord> {
  const { rules } = (await new ESLint().calculateConfigForFile(FILE)) as Linter.Config
  const own = Object.entries(rules ?? {}).filter(([name]) => name.startsWith('no-restricted-'))
  return Object.fromEntries(own) as Linter.RulesRecord
}

function findings(text: string, rules: Linter.RulesRecord): string[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules,
  }
  const messages = new Linter().verify(text, config, { filename: FILE })
  return messages.map(({ ruleId, message }) => ruleId ?? message)
}

describe('the lint rule for protocols', () => {
  it.each([
    ['the clock', 'export const f = () => Date.now()'],
    ['the clock of the process', 'export const f = () => performance.now()'],
    ['randomness', 'export const f = () => Math.random()'],
    ['timers', 'export const f = () => setTimeout(() => undefined, 1)'],
    ['promises', 'export const f = () => Promise.resolve(1)'],
    ['asynchronous functions', 'export const f = async () => 1'],
    ['files', "import { readFileSync } from 'node:fs'\nexport { readFileSync }"],
    ['modules by name', "export const f = () => import('./other.ts')"],
    ['the process', 'export const f = () => process.env'],
    ['the console', 'export const f = () => console.log(1)'],
    ['all globals', "export const f = () => globalThis['Date']"],
    ['variables of a module', 'let calls = 0\nexport const f = () => ++calls'],
    ['collections of a module', 'const seen = new Map()\nexport const f = () => seen'],
    ['exported variables', 'export let calls = 0'],
    ['generators', 'export function* f() { yield 1 }'],
    ['deep copies by the host', 'export const f = (x: unknown) => structuredClone(x)'],
  ])('bans %s', async (_what, text) => {
    expect(findings(text, await restrictions())).not.toEqual([])
  })

  it('lets through what a protocol needs', async () => {
    const text = `
      import type { Fx } from '../../src/node/index.ts'
      export const mine = (fx: Fx) => {
        const seen = new Set(fx.nodes)
        fx.setTimer('retry', [Math.floor(seen.size / 2), 10])
        return fx.pick([1, 2])
      }`
    expect(findings(text, await restrictions())).toEqual([])
  })
})

describe('every protocol of the suites', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  /** Whatever a handler could ask instead of `fx` throws. */
  function forbidTheWorld(): void {
    const forbidden = (name: string) => () => {
      throw new Error(`a handler uses ${name}`)
    }
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']) {
      vi.stubGlobal(name, forbidden(name))
    }
    vi.stubGlobal('structuredClone', forbidden('structuredClone'))
    vi.stubGlobal('Date', forbidden('Date'))
    vi.spyOn(Math, 'random').mockImplementation(forbidden('Math.random'))
    vi.spyOn(crypto, 'getRandomValues').mockImplementation(forbidden('crypto'))
    vi.spyOn(crypto, 'randomUUID').mockImplementation(forbidden('crypto'))
  }

  // One entry for each way in which a protocol is run, without bugs.
  const correct = protocolEntries.filter(({ mutant }) => mutant === undefined)

  it.each(correct.map((entry) => [entry.name, entry] as const))(
    '%s asks nobody but fx, changes nothing that it is given and says only what JSON can hold',
    (_name, entry) => {
      const given = { strict: true, wire: true, forMs: 1000, operations: 15 }
      const simulation = drawSimulation(entry, 7, given)
      forbidTheWorld()
      // Deadlines of the simulation itself need no clock as long as nobody sets a bound in seconds.
      const run = simulate(simulation)
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
      expect(run.failure?.kind === 'exception' ? run.failure.sentence : undefined).toBeUndefined()
      expect(run.stats.events).toBeGreaterThan(50)
    },
  )

  it('would be found out if it asked somebody else', () => {
    const [entry] = correct
    if (entry === undefined) throw new Error('there are no entries')
    const { protocol } = entry
    const cheating = {
      ...entry,
      protocol: {
        ...protocol,
        make: () => ({
          ...protocol.make(),
          onRequest: (state: unknown) => ({ ...(state as object), at: Date.now() }),
        }),
      },
    }
    const simulation = drawSimulation(cheating, 7, { forMs: 2000 })
    forbidTheWorld()
    const run = simulate(simulation)
    vi.unstubAllGlobals()
    expect(run.failure?.kind).toBe('exception')
    expect(run.failure?.sentence).toMatch(/Date/)
  })
})
