import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyModel, Exploration, Parameters } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import { inThreads } from '../../src/explore/parallel/together.ts'
import { paxosRegister } from '../../specs/actors/paxos.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { buildForThreads } from './parallel-build.ts'
import { breaking } from './parallel-specs.ts'

let built: ReturnType<typeof buildForThreads>
beforeAll(() => {
  built = buildForThreads([twoPhase, broken, paxos].map(({ file }) => file.replace(/js$/, 'ts')))
}, 60_000)
afterAll(() => {
  rmSync(built.folder, { recursive: true })
})

interface Case {
  readonly file: string
  readonly export: string
  readonly spec: { readonly name: string; make(parameters?: never, mutant?: never): AnyModel }
  readonly parameters?: Parameters
  readonly mutant?: string
}

/** One search in real threads, which load the spec from its file. */
function inWorkers(
  { file, spec, parameters, mutant, ...named }: Case,
  options: { workers?: number; onStart?: () => void; signal?: AbortSignal } = {},
): Promise<Exploration> {
  const module = join(built.folder, file)
  const reference = {
    ...named,
    module,
    ...(parameters === undefined ? {} : { parameters }),
    ...(mutant === undefined ? {} : { mutant }),
  }
  const made = spec.make(parameters as never, mutant as never)
  return exploreTogether(made, (job) => inThreads(job, reference, built.entry), {
    name: spec.name,
    workers: 2,
    aloneMs: 0,
    // Not the usual gigabytes, which together would keep this process from starting another one.
    budget: { bytes: 250_000_000 },
    ...options,
  })
}

const alone = ({ spec, parameters, mutant }: Case) =>
  explore(spec.make(parameters as never, mutant as never), { name: spec.name })

const said = ({ seconds: _, workers: __, bytes: ___, properties, ...found }: Exploration) => ({
  ...found,
  properties: properties?.map(({ name, outcome }) => ({ name, outcome })),
})

const twoPhase = {
  file: 'specs/commit/twophase.js',
  export: 'twoPhaseCommit',
  spec: twoPhaseCommit,
}
const paxos = { file: 'specs/actors/paxos.js', export: 'paxosRegister', spec: paxosRegister }
const broken = { file: 'tests/explore/parallel-specs.js', export: 'breaking', spec: breaking }

describe('threads that search together', () => {
  it.each<[string, Case, number]>([
    ['two-phase commit', { ...twoPhase, parameters: { rm: 5 } }, 2],
    ['a planted bug', { ...twoPhase, parameters: { rm: 4 }, mutant: 'commit-without-all' }, 3],
    ['messages that are numbered as they are seen', paxos, 2],
  ])('say of %s what one thread says', async (_, asked, workers) => {
    const found = await inWorkers(asked, { workers })
    expect(found.workers).toBe(workers)
    expect(said(found)).toEqual(said(await alone(asked)))
  })

  it('tell the same error of a spec as one thread', async () => {
    const asked = { ...broken, parameters: { how: 'throws' } } as Case
    const error = await alone(asked).catch(String)
    expect(error).toMatch(/this spec throws/)
    expect(await inWorkers(asked).catch(String)).toBe(error)
  })

  it('give up when one of them dies, and nobody waits for it', async () => {
    const asked = { ...broken, parameters: { how: 'exits' } } as Case
    await expect(inWorkers(asked)).rejects.toThrow(/a worker ended with code 7/)
  })

  it('end when they are asked to, with what they know', async () => {
    const stop = new AbortController()
    setTimeout(() => {
      stop.abort()
    }, 400)
    const asked = { ...twoPhase, parameters: { rm: 8 } }
    const found = await inWorkers(asked, { signal: stop.signal })
    expect(found).toMatchObject({ outcome: 'unknown', stopped: { bound: 'interrupted' } })
  })
})
