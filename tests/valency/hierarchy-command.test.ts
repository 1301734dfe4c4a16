import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { load } from '../../src/core/load.ts'
import { packageFolder } from '../../src/core/package.ts'
import { sharedMemory } from '../../src/node/index.ts'
import type { SharedProtocol } from '../../src/node/index.ts'
import { sharedConsensus } from '../../src/valency/shared-memory/shared-consensus.ts'
import { newFolder } from '../cli/files.ts'
import type { Folder } from '../cli/files.ts'
import { run } from '../cli/run.ts'
import { refreshed, transcripts } from '../transcripts.ts'

let folder: Folder
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { out, err } = await run(['hierarchy', ...args, '--json'])
  expect(err).toBe('')
  return JSON.parse(out)
}

const file = (name: string, text: string): string => {
  writeFileSync(`${folder.path}/${name}`, text)
  return `${folder.path}/${name}`
}

describe('synod hierarchy', () => {
  it('lists the types with what is found, as known', async () => {
    const { exitCode, out } = await run(['hierarchy', '--processes', '3'])
    expect(out).toMatch(/^Wait-free consensus by shared objects and registers, asked for up to 3/)
    expect(out).toMatch(/\n {2}register +1 +1 {2}1 +1 {2}not for 2\n/)
    expect(out).toMatch(/\n {2}test-and-set +2 +2 {2}\+ 2 +2 {2}agrees for 2; not for 3\n/)
    expect(out).toMatch(/\n {2}queue +at least 2 +2 {2}\+ at least 3 +agrees for 2; not for 3\n/)
    expect(out).toMatch(/\n {2}compare-and-set +at least 3 +any {2}at least 3 +agrees for 2, 3\n/)
    expect(out).toMatch(/\n21 of 21 as known\n$/)
    expect(exitCode).toBe(0)
  })

  it('prints a type as JSON, with teams that are told apart', async () => {
    expect(await json('--type', 'sticky-bit', '--processes', '2')).toMatchObject({
      type: 'sticky-bit',
      outcome: 'pass',
      processes: 2,
      consensusNumber: { atLeast: 2, atMost: null },
      known: 'any',
      readable: true,
      refused: null,
      discerning: {
        answers: [
          { processes: 2, outcome: 'yes', operations: ['write(0)', 'write(1)'], teams: [0, 1] },
        ],
      },
      protocol: [{ protocol: 'sticky-bit', processes: 2, outcome: 'pass', configurations: 44 }],
    })
    expect(await json('--type', 'queue', '--processes', '2')).toMatchObject({
      readable: false,
      refused: 'not readable',
      discerning: null,
      steps: { seen: 3, atMost: null },
    })
  })

  it('says why the criterion is not asked', async () => {
    const { out } = await run(['hierarchy', '--type', 'queue', '--processes', '3'])
    expect(out).toContain('no: dequeue changes ["a"]; enqueue("a") changes []')
    expect(out).toContain('The criterion is about types that can be read')
    expect(out).toContain('the order of enqueue("a") and enqueue("b") is seen in []')
  })

  it('runs a protocol, and shows the shortest way to a disagreement', async () => {
    const good = await run(['hierarchy', '--protocol', 'compare-and-set', '--processes', '3'])
    expect(good.out).toMatch(/^compare-and-set \(3 processes\): pass \(all 8 choices of inputs; /)
    expect(good.out).toContain('6 at cell')
    expect(good.exitCode).toBe(0)
    const bad = await run(['hierarchy', '--protocol', 'test-and-set', '--processes', '3'])
    expect(bad.out).toContain('process 0 decides 0 and process 2 decides 1')
    expect(bad.out).toMatch(/\n {2}6 {2}process 0 {2}proposed\[1\]\.read +-> 0 {2}decides 0\n/)
    expect(bad.exitCode).toBe(1)
    const late = await run(['hierarchy', '--protocol', 'waiting-registers'])
    expect(late.out).toMatch(/\n {2}2 {2}process 0 .*\n {2}and again from 2, for ever\n/)
    expect(await json('--protocol', 'swap', '--mutant', 'announces-nothing')).toMatchObject({
      protocol: 'swap',
      mutant: 'announces-nothing',
      outcome: 'fail',
      validity: 'violated',
    })
  })

  it('draws the lattice of stores, and a trace, as pages', async () => {
    const { out, exitCode } = await run([
      ...['hierarchy', '--lattice', '--processes', '2'],
      ...['--html', `${folder.path}/lattice.html`],
    ])
    expect([out, exitCode]).toEqual([
      expect.stringMatching(/\n {2}version in get +at least 2\n/),
      0,
    ])
    const page = readFileSync(`${folder.path}/lattice.html`, 'utf8')
    expect(page.match(/class="node"/g)).toHaveLength(12)
    expect(page.match(/class="edge"/g)).toHaveLength(20)
    const args = ['--protocol', 'registers', '--html', `${folder.path}/trace.html`]
    await run(['hierarchy', ...args])
    const drawn = readFileSync(`${folder.path}/trace.html`, 'utf8')
    expect(drawn).toContain('<strong>decides 1</strong>')
    const missing = await run(['hierarchy', ...args.slice(0, 3), `${folder.path}/none/a.html`])
    expect(missing.err).toContain('the page cannot be written')
    expect(missing.exitCode).toBe(254)
  })

  it('prints the lattice as JSON', async () => {
    const lattice = (await json('--lattice', '--processes', '2')) as { points: unknown[] }
    expect(lattice.points[0]).toEqual({
      features: [],
      consensusNumber: { atLeast: 1, atMost: 1 },
    })
  })

  it('takes types and protocols of a reader', async () => {
    const mine = file(
      'mine.mjs',
      `
      export const flag = {
        name: 'flag <b>', about: 'raised once', initial: [false],
        operations: [['raise'], ['look']],
        apply: (state, [name]) =>
          name === 'look' ? { state, response: state } : { state: true, response: null },
      }
      const sides = (state) => [0, 1].map((response) => ({ state, response }))
      export const coin = { ...flag, apply: sides }
      export const stubborn = {
        name: 'stubborn', about: 'decides its own', mutants: {},
        make: () => ({
          objects: {}, start: (self, input) => input, after: () => 0,
          next: (local) => ({ decide: local }),
        }),
      }
      export const wrong = { name: 'wrong', about: 'no operations', initial: [0] }
      const any = () => ({ decide: Math.random() })
      export const moody = { ...stubborn, make: () => ({ ...stubborn.make(), next: any }) }
      `,
    )
    expect(await json('--type', `${mine}#flag`)).toMatchObject({
      outcome: 'pass',
      known: null,
      consensusNumber: { atLeast: 1, atMost: 1 },
    })
    const coin = await run(['hierarchy', '--type', `${mine}#coin`])
    expect(coin.out).toContain('no: raise in false has 2 outcomes')
    expect(coin.out).toContain('The criterion is about deterministic types')
    expect(coin.exitCode).toBe(2)
    const stubborn = await run(['hierarchy', '--protocol', `${mine}#stubborn`])
    expect(stubborn.out).toContain('process 0 decides 0 and process 1 decides 1 (inputs 0, 1, 0 ')
    const wrong = await run(['hierarchy', '--type', `${mine}#wrong`])
    expect(wrong.err).toContain('this is not a type of objects: operations: ')
    const swapped = await run(['hierarchy', '--protocol', `${mine}#flag`])
    expect(swapped.err).toContain('this is not a protocol: mutants: ')
    const moody = await run(['hierarchy', '--protocol', `${mine}#moody`])
    expect(moody.err).toMatch(
      /moody|stubborn, process 0, next in 0: one step comes out in two ways/,
    )
    expect([wrong.exitCode, swapped.exitCode, moody.exitCode]).toEqual([254, 254, 254])
  })

  it('tells what it cannot do', async () => {
    const told = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, err } = await run(['hierarchy', ...args])
      expect(exitCode).toBe(254)
      return err
    }
    expect(await told('--type', 'registr')).toContain('did you mean register?')
    expect(await told('--protocol', 'test-and-sett')).toContain('did you mean test-and-set?')
    expect(await told('--type', 'zzzzzzzz')).toContain('there is register, max-register')
    expect(await told('--type', 'queue', '--lattice')).toContain('these are different questions')
    expect(await told('--mutant', 'x')).toContain('a bug is planted in a protocol')
    expect(await told('--processes', '1')).toContain('is not a whole number from 2 to 7')
    expect(await told('--protocol', 'assignment', '--processes', '3')).toContain('cannot be made')
    expect(await told('--protocol', 'queue', '--mutant', 'x')).toContain("has no bug called 'x'")
  })

  it('is unknown when time is up', async () => {
    const args = ['--protocol', 'load-linked', '--processes', '5', '--time', '1ms']
    const { exitCode, out } = await run(['hierarchy', ...args])
    expect(out).toMatch(/: unknown \(.*\n\n[^]*stopped: \d+ of 32 choices of inputs complete/)
    expect(exitCode).toBe(2)
  })
})

describe('docs/hierarchy.md', () => {
  it('shows what its commands print (up to date with -u at the end)', async () => {
    const document = readFileSync(join(packageFolder(), 'docs/hierarchy.md'), 'utf8')
    expect(transcripts(document).length).toBeGreaterThanOrEqual(5)
    const current = await refreshed(document, run)
    await expect(current).toMatchFileSnapshot('../../docs/hierarchy.md')
  })

  it('shows a protocol that agrees', async () => {
    const document = readFileSync(join(packageFolder(), 'docs/hierarchy.md'), 'utf8')
    const [, code = ''] = /^```ts\n([^]*?)^```$/m.exec(document) ?? []
    const exported = code
      .replace(/^import .*\n/, '')
      .replace('export const mine', 'export const of = (sharedMemory) =>')
      .replace('const cell', 'export const cell')
      .replace('=> = ', '=> ')
    const path = file('documented.mjs', exported)
    const of = (await load(`${path}#of`)) as (make: typeof sharedMemory) => SharedProtocol
    expect(sharedConsensus(of(sharedMemory), { processes: 3 })).toMatchObject({ outcome: 'pass' })
    const { out } = await run(['hierarchy', '--type', `${path}#cell`, '--processes', '3'])
    expect(out).toContain('consensus number at least 3')
  })
})
