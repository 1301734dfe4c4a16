import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { packageFolder } from '../../src/core/package.ts'
import type { Exploration, ExploreOptions } from '../../src/explore/index.ts'
import { explore, model } from '../../src/explore/index.ts'
import { int, setOf, value } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'

const folder = mkdtempSync(join(tmpdir(), 'synod-checkpoint-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
let files = 0
const newFile = () => join(folder, `${files++}.checkpoint`)

/** What must not depend on whether a search was interrupted. */
function essence({ seconds: _, bytes: _b, properties, ...rest }: Exploration) {
  return { ...rest, properties: properties?.map(({ name, outcome }) => ({ name, outcome })) }
}

/** Explores in parts: each one stops after some more states and is resumed from its checkpoint. */
async function inParts(made: Parameters<typeof explore>[0], options: ExploreOptions, each: number) {
  const file = newFile()
  const checkpoint = { file, everySeconds: 0.001 }
  let parts = 1
  let result = await explore(made, { ...options, checkpoint, budget: { states: each } })
  for (; result.stopped !== undefined; parts++) {
    const budget = { states: each * (parts + 1) }
    result = await explore(made, { ...options, checkpoint, resume: file, budget })
  }
  return { result, parts, file }
}

/** Values without end: the states get longer while the search goes on. */
const growing = () =>
  model({
    state: { n: int(0, 60), last: value<{ readonly n: number }>(), seen: setOf(int(0, 3)) },
    actions: {
      next: {
        when: (s) => s.n < 60,
        then: (s) => {
          s.n++
          s.last = { n: s.n }
        },
      },
      add: {
        for: [int(0, 3)],
        then: (s, one) => {
          s.seen.add(one)
        },
      },
    },
    sometimes: { end: (s) => s.n === 60 },
    ends: 'anywhere',
  })

describe('a checkpoint', () => {
  it.each([
    ['exact', {}],
    ['fingerprints', { fingerprints: true }],
    ['all that is wrong', { keepGoing: true }],
  ])('is gone on from exactly: %s', async (_, options) => {
    for (const mutant of [undefined, 'abort-after-prepare'] as const) {
      const made = twoPhaseCommit.make({ rm: 3 }, mutant)
      const { result, parts } = await inParts(made, options, 55)
      expect(parts).toBeGreaterThan(5)
      expect(essence(result)).toEqual(essence(await explore(made, options)))
    }
  })

  it('knows the values that were seen', async () => {
    const { result, parts } = await inParts(growing(), {}, 150)
    expect(parts).toBeGreaterThan(4)
    expect(essence(result)).toEqual(essence(await explore(growing())))
  })

  it('is refused by another spec, other parameters, and when it is cut off', async () => {
    const file = newFile()
    const made = twoPhaseCommit.make({ rm: 4 })
    const known = { name: 'twophase', identity: 'rm=4' }
    await explore(made, { ...known, checkpoint: { file }, budget: { states: 100 } })
    const resume = (options: ExploreOptions, other = made) =>
      explore(other, { ...known, resume: file, ...options })
    await expect(resume({ name: 'paxos' })).rejects.toThrow('another spec: twophase, not paxos')
    await expect(resume({ identity: 'rm=5' })).rejects.toThrow('other parameters: rm=4, not rm=5')
    await expect(resume({ fingerprints: true })).rejects.toThrow('in another way')
    const larger = twoPhaseCommit.make({ rm: 5 })
    await expect(resume({}, larger)).rejects.toThrow('has changed since')
    await expect(resume({ resume: newFile() })).rejects.toThrow('cannot be read')

    const text = readFileSync(file)
    writeFileSync(file, text.toString('latin1').replace('"version":"', '"version":"0'), 'latin1')
    await expect(resume({})).rejects.toThrow('another version of synod')
    writeFileSync(file, text)
    truncateSync(file, text.length - 4)
    await expect(resume({})).rejects.toThrow('the file is cut off')
    writeFileSync(file, 'something else')
    await expect(resume({})).rejects.toThrow('it has no header')
    writeFileSync(file, text)
    expect(await resume({})).toMatchObject({ outcome: 'pass', distinctStates: 1568 })
  })

  it('tells where it cannot be written', async () => {
    const file = join(folder, 'missing', 'checkpoint')
    const search = explore(growing(), { checkpoint: { file }, budget: { states: 9 } })
    await expect(search).rejects.toThrow('cannot be written')
  })

  it('survives a SIGKILL: the search ends with the same counts', async () => {
    const file = newFile()
    // Functions read differently once compiled, so that both halves are run by the same program.
    const script = join(folder, 'search.mjs')
    writeFileSync(
      script,
      `import { explore } from ${JSON.stringify(compiled('src/explore/index.js'))}
       import { twoPhaseCommit } from ${JSON.stringify(compiled('specs/commit/twophase.js'))}
       const [file, resume] = process.argv.slice(2)
       const checkpoint = { file, everySeconds: resume === undefined ? 0.05 : 9 }
       const result = await explore(twoPhaseCommit.make({ rm: 7 }), { checkpoint, resume })
       console.log(JSON.stringify(result))`,
    )
    const child = spawn(process.execPath, [script, file], { stdio: 'ignore' })
    const gone = once(child, 'exit')
    while (!existsSync(file) && child.exitCode === null) await sleep(5)
    child.kill('SIGKILL')
    await gone
    expect(child.signalCode).toBe('SIGKILL')
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, file])
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'pass',
      distinctStates: 296_448,
      generatedStates: 2_744_706,
      depth: 23,
    })
  })
})

/** What `npm test` builds first. */
function compiled(path: string): string {
  return pathToFileURL(join(packageFolder(), 'dist', path)).href
}
