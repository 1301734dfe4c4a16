import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GivenModel } from '../../src/cli/explore-model.ts'
import type { AnyModel, Exploration, ExploreOptions } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { exploreTogether } from '../../src/explore/parallel/explore-parallel.ts'
import { inThreads } from '../../src/explore/parallel/together.ts'
import type { SpecEntry } from '../../suites/specs.ts'
import { buildForThreads } from '../explore/parallel-build.ts'
import { entryName } from './explored.ts'
import { canBeTaken } from './retaken.ts'

/** A way to search that must say the same as every other, in all that it says. */
interface Exact {
  readonly workers: 1 | 2
  readonly generated: boolean
}
const EXACT: readonly Exact[] = [
  { workers: 1, generated: true },
  { workers: 1, generated: false },
  { workers: 2, generated: true },
  { workers: 2, generated: false },
]

/** A way to search that must come to the same verdict. */
interface Reduced {
  readonly name: string
  readonly options: ExploreOptions
  readonly applies: (model: AnyModel) => boolean
  /** Whether it finds each state, and the shortest way there. */
  readonly all: boolean
  readonly shortest: boolean
  /** Whether it has generated code of its own. */
  readonly generates: boolean
  /** The most states that it can be asked to look at. */
  readonly most: number
}
const interchangeable = ({ symmetry = [] }: AnyModel) => symmetry.length > 0
const divided = ({ processes }: AnyModel) => processes !== undefined
/** Beyond a bound another order of steps may lead. */
const unbounded = ({ within }: AnyModel) => within === undefined
const SAFETY = { properties: false, refinements: false }
const DEPTH_FIRST = { strategy: 'depth-first' } as const
const [SYMMETRY, PARTIAL] = [{ symmetry: true }, { partialOrder: true }]

const reduced = (name: string, options: ExploreOptions, keeps: Partial<Reduced> = {}): Reduced => ({
  applies: () => true,
  all: false,
  shortest: false,
  generates: false,
  most: 100_000,
  ...keeps,
  name,
  options: { ...SAFETY, ...options },
})

const [EACH, NEAREST] = [{ all: true }, { shortest: true }]
const EXCHANGED = { applies: interchangeable, generates: true }
// They know what each step uses by watching it, which takes its time.
const ORDERED = { ...EACH, ...NEAREST, applies: unbounded, most: 10_000 }
const AHEAD = { applies: divided, most: 10_000 }
const REDUCED: readonly Reduced[] = [
  reduced('sleep sets', { sleepSets: true }, ORDERED),
  reduced('fingerprints', { fingerprints: true }, { ...EACH, ...NEAREST }),
  reduced('depth-first', DEPTH_FIRST, { ...EACH, generates: true }),
  reduced('symmetry', SYMMETRY, { ...EXCHANGED, ...NEAREST }),
  reduced('symmetry, depth-first', { ...SYMMETRY, ...DEPTH_FIRST }, EXCHANGED),
  reduced('partial orders', PARTIAL, AHEAD),
  reduced('partial orders, depth-first', { ...PARTIAL, ...DEPTH_FIRST }, AHEAD),
]

/** What does not depend on how long it took, and who did it. */
function said({ seconds: _, workers: __, bytes: ___, properties, ...found }: Exploration) {
  const told = properties?.map(({ name, outcome, remarks }) => ({ name, outcome, remarks }))
  return { ...found, properties: told }
}

/** Names of all that is wrong. */
const namesOf = ({ violations }: Exploration) => violations.map(({ name }) => name).sort()

/** Calls something once, when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * One test for each entry and each way to search it: by one thread and by two, by generated code
 * and by closures, whole and with each reduction that the spec allows.
 */
export function comesOutEveryWay(entries: readonly SpecEntry[]): void {
  let built: ReturnType<typeof buildForThreads>
  beforeAll(() => {
    built = buildForThreads(['src/cli/explore-model.ts'])
  }, 120_000)
  afterAll(() => {
    rmSync(built.folder, { recursive: true })
  })
  const search: Search = (entry, { workers, generated }, options) => {
    const { spec } = entry
    const model = modelOf(entry)
    const asked = { name: spec.name, generated, ...options }
    if (workers === 1) return explore(model, asked)
    const module = join(built.folder, 'src/cli/explore-model.js')
    const reference = { module, export: 'givenModel', given: givenOf(entry) }
    const together = (job: Parameters<typeof inThreads>[0]) =>
      inThreads(job, reference, built.entry)
    return exploreTogether(model, together, { ...asked, workers, aloneMs: 0 })
  }
  describe.each(entries.map((entry) => [entryName(entry), entry] as const))('%s', (_, entry) => {
    exactly(entry, search)
    if (entry.symmetry !== true) alike(entry, search)
  })
}

type Search = (entry: SpecEntry, exact: Exact, options: ExploreOptions) => Promise<Exploration>

/** What another thread makes the model of. */
function givenOf({ spec, parameters = {}, mutant }: SpecEntry): GivenModel {
  const param = Object.entries(parameters).map(([name, value]) => ({ name, text: String(value) }))
  return { text: spec.name, param, deadlock: true, ...(mutant === undefined ? {} : { mutant }) }
}

const models = new Map<SpecEntry, AnyModel>()

/** Always the same, as values of its variables may be objects of which each is there once. */
function modelOf(entry: SpecEntry): AnyModel {
  const { spec, parameters = {}, mutant } = entry
  const known = models.get(entry) ?? spec.make(parameters, mutant)
  models.set(entry, known)
  return known
}

function wayText({ workers, generated }: Exact): string {
  const threads = workers === 1 ? 'one thread' : 'two threads'
  return `${threads}, ${generated ? 'generated code' : 'closures'}`
}

/** Counts, verdict, traces, coverage. */
function exactly(entry: SpecEntry, search: Search): void {
  const { outcome, violated, ...counts } = entry.expect
  const { symmetry = false } = entry
  // The counts are of the whole graph, also where something is wrong in it.
  const options = { symmetry, keepGoing: Object.keys(counts).length > 0 }
  const first = once(() => search(entry, EXACT[0]!, options))
  // Orbits are counted by one thread.
  for (const exact of EXACT.filter(({ workers }) => workers === 1 || !symmetry))
    it(`comes out exactly: ${wayText(exact)}`, async () => {
      const found = await (exact === EXACT[0] ? first() : search(entry, exact, options))
      expect(found).toMatchObject({ outcome, ...counts, workers: exact.workers })
      if (violated !== undefined) expect(found.violations[0]?.name).toBe(violated)
      if (exact !== EXACT[0]) expect(said(found)).toEqual(said(await first()))
      else for (const violation of found.violations) canBeTaken(modelOf(entry), violation)
    })
}

/** The most states that are looked at after something wrong was found. */
const MOST_WRONG = 5_000

/** The verdict, and what a reduction keeps beside it. */
function alike(entry: SpecEntry, search: Search): void {
  const first = once(() => search(entry, EXACT[0]!, SAFETY))
  const all = once(() => allWrong(entry, search, {}))
  const model = modelOf(entry)
  const { distinctStates = entry.size === 'small' ? 0 : 50_000 } = entry.expect
  const asked = REDUCED.filter(({ applies, most }) => applies(model) && distinctStates <= most)
  for (const { name, options, ...keeps } of asked)
    for (const exact of keeps.generates ? EXACT.slice(0, 2) : EXACT.slice(0, 1))
      it(`is judged alike: ${name}, ${wayText(exact)}`, async () => {
        const whole = await first()
        const found = await search(entry, exact, options)
        expect(found.outcome).toBe(whole.outcome)
        if (whole.outcome === 'pass') expectStates(found, whole, keeps)
        for (const violation of found.violations) canBeTaken(model, violation)
        if (keeps.shortest) expect(nearest(found)).toEqual(nearest(whole))
        if (whole.outcome === 'pass') return
        const wrong = await all()
        if (wrong !== undefined) expect(await allWrong(entry, search, options)).toEqual(wrong)
      })
}

type Keeps = Pick<Reduced, 'all' | 'shortest'>

function expectStates(found: Exploration, whole: Exploration, keeps: Keeps): void {
  if (keeps.all) expect(found.distinctStates).toBe(whole.distinctStates)
  if (keeps.all && keeps.shortest) expect(found.depth).toBe(whole.depth)
  expect(found.distinctStates).toBeLessThanOrEqual(whole.distinctStates)
  expect(found.generatedStates).toBeLessThanOrEqual(whole.generatedStates)
  const [{ kind, factor = 1 } = {}] = found.reductions ?? []
  if (kind !== 'symmetry') return
  expect(Math.round(factor * found.distinctStates)).toBe(whole.distinctStates)
}

/** What was found first, and how far away. */
const nearest = ({ violations: [first] }: Exploration) =>
  first && { kind: first.kind, name: first.name, steps: first.trace.length }

/** All claims that are broken, unless there are too many states, or errors in some of them. */
async function allWrong(
  entry: SpecEntry,
  search: Search,
  options: ExploreOptions,
): Promise<readonly string[] | undefined> {
  const budget = { states: MOST_WRONG }
  const asked = { ...SAFETY, ...options, keepGoing: true, budget }
  const found = await search(entry, EXACT[0]!, asked).catch(() => undefined)
  return found === undefined || found.stopped !== undefined ? undefined : namesOf(found)
}
