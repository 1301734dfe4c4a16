/**
 * Explores one spec: `node explore-one.js JSON`. A process of its own, for its memory, and because
 * closures that two sizes of a spec share are slower than those of one.
 */
import type { Parameters, Violation } from '../src/explore/index.ts'
import { explore, simulate } from '../src/explore/index.ts'
import { exploreParallel } from '../src/explore/parallel/explore-parallel.ts'
import { modelOf } from '../src/explore/parallel/reference.ts'

/** What a process is asked. */
export interface ExploreQuestion {
  /** Below `specs/`, without the ending. */
  readonly file: string
  readonly export: string
  readonly parameters?: Parameters
  readonly mutant?: string
  /** More than one: several threads. */
  readonly workers?: number
  readonly symmetry?: boolean
  readonly partialOrder?: boolean
  /** Whether all is looked at, whatever is wrong. */
  readonly keepGoing?: boolean
  /** Properties to be judged; none otherwise. */
  readonly properties?: readonly string[]
  /** Random walks instead of a search. */
  readonly walks?: { readonly traces: number; readonly steps: number }
}

export interface ExploreAnswer {
  readonly outcome: string
  readonly distinctStates: number
  readonly generatedStates: number
  readonly depth: number
  /** Of random walks. */
  readonly traces: number
  readonly violations: readonly Violation[]
  /** By the clock; the model made, without loading. */
  readonly seconds: number
  readonly cpuSeconds: number
  /** The most memory that the process had. */
  readonly peakMegabytes: number
}

const question = JSON.parse(process.argv[2] ?? '{}') as ExploreQuestion
const {
  file,
  workers = 1,
  walks,
  symmetry = false,
  partialOrder = false,
  keepGoing = false,
} = question
const reference = { ...question, module: new URL(`../specs/${file}.js`, import.meta.url).href }
const options = {
  symmetry,
  partialOrder,
  keepGoing,
  properties: question.properties ?? false,
  refinements: false,
}

const model = await modelOf(reference)
const before = process.cpuUsage()
const started = performance.now()
const found = await search()
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const answer: ExploreAnswer = {
  ...found,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(answer))

async function search() {
  if (walks !== undefined) {
    const { outcome } = await simulate(model, { ...walks, seed: 1 })
    const { traces } = walks
    const none = { distinctStates: 0, generatedStates: 0, depth: 0, violations: [] }
    return { ...none, outcome, traces }
  }
  const result =
    workers > 1
      ? await exploreParallel(reference, { ...options, workers })
      : await explore(model, options)
  const { outcome, distinctStates, generatedStates, depth, violations } = result
  return { outcome, distinctStates, generatedStates, depth, violations, traces: 0 }
}
