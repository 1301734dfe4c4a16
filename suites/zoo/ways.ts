import { judge } from '../../checkers/judge.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import { runCampaign } from '../../src/campaign/campaign.ts'
import type { Exploration } from '../../src/explore/index.ts'
import { validate } from '../../src/explore/validate/index.ts'
import { entryNamed } from '../named-protocol.ts'
import { askedSubject, subjectModule } from '../subject.ts'
import { mappingFor } from '../traces.ts'
import type { Bug } from './bug.ts'
import { explorerHistory } from './history.ts'
import type { HuntOptions } from './hunt.ts'
import { exploredBug, traceOf } from './hunt.ts'

/** What one way of looking said about a bug. */
export interface WayResult {
  /** `not asked` where it was left out, `does not apply` where it cannot see such bugs. */
  readonly outcome: 'found' | 'missed' | 'unknown' | 'does not apply' | 'not asked'
  /** In one sentence: what was seen, or why nothing can be. */
  readonly sentence: string
}

/** A bug, and what each way of looking said: a row of the matrix. */
export interface ZooRow {
  readonly bug: Bug
  readonly found: Exploration
  /** Absent where only the bug was looked for. */
  readonly twin?: Exploration
  readonly explorer: WayResult
  readonly history: WayResult
  readonly validation: WayResult
  readonly simulator: WayResult
}

export interface ZooOptions {
  readonly explore?: HuntOptions
  /** Whether the repaired twins are explored. Default: yes. */
  readonly twins?: boolean
  /** Up to so many seeds are run in the simulator. Default: 0. */
  readonly seeds?: number
}

/** Looks for one bug in every way. */
export async function zooRow(bug: Bug, options: ZooOptions = {}): Promise<ZooRow> {
  const found = await exploredBug(bug, true, options.explore)
  const twin = options.twins === false ? undefined : await exploredBug(bug, false, options.explore)
  return {
    bug,
    found,
    ...(twin === undefined ? {} : { twin }),
    explorer: byExplorer(bug, found),
    history: await byHistory(bug, found),
    validation: byValidation(bug, found),
    simulator: await bySimulator(bug, options.seeds ?? 0),
  }
}

/** Whether a row says what is claimed of the bug, and of its twin where that was looked at. */
export function rowAsClaimed({ bug, found, twin, explorer }: ZooRow): boolean {
  return (
    explorer.outcome === 'found' &&
    storyLength(found) === bug.depth &&
    (twin === undefined || twin.outcome === 'pass')
  )
}

/** Steps of the shortest story; where nothing could be reached, levels of the whole search. */
export function storyLength({ violations, depth }: Exploration): number {
  const steps = (violations[0]?.trace.length ?? 0) - 1
  return steps < 0 ? depth : steps
}

function byExplorer(bug: Bug, { outcome, violations, stopped }: Exploration): WayResult {
  const [violation] = violations
  if (violation !== undefined) {
    const right = violation.name === bug.violated
    const sentence = violation.clauses?.flatMap(({ witnesses }) => witnesses.flat())[0]
    return {
      outcome: right ? 'found' : 'missed',
      sentence: right
        ? typeof sentence === 'string'
          ? sentence
          : bug.violated
        : `'${violation.name}' is false instead`,
    }
  }
  if (outcome === 'unknown') return { outcome, sentence: stopped?.covered ?? 'a bound was hit' }
  return { outcome: 'missed', sentence: 'nothing is wrong in any reachable state' }
}

/** What clients saw in the shortest story, judged as recorded histories are. */
async function byHistory(bug: Bug, found: Exploration): Promise<WayResult> {
  const trace = traceOf(bug, found)
  if (trace === undefined) return doesNotApply('there is no story')
  const entry = await entryNamed(bug.protocol.name).catch(() => undefined)
  const condition = entry?.condition ?? entry?.workload.condition ?? 'none'
  const model = entry?.model ?? entry?.workload.model
  const history = explorerHistory(bug.id, trace.moments)
  if (condition === 'none' || history.operations.length === 0) {
    return doesNotApply('clients see nothing that could be judged')
  }
  const { outcome, evidence } = await judge(history, {
    condition,
    ...(model === undefined ? {} : { model: modelNamed(model) }),
    budget: { seconds: 10 },
  })
  const { sentence } = evidence
  if (outcome === 'fail') return { outcome: 'found', sentence }
  if (outcome === 'unknown') return { outcome, sentence }
  return { outcome: 'missed', sentence: 'clients saw nothing wrong in the shortest story' }
}

/** Whether the shortest story is a behaviour of the spec of the protocol. */
function byValidation(bug: Bug, found: Exploration): WayResult {
  const trace = traceOf(bug, found)
  const mapping = mappingFor(bug.protocol.name)
  if (trace === undefined) return doesNotApply('there is no story')
  if (mapping === undefined) return doesNotApply('no spec is known for its traces')
  try {
    const { outcome, misfit, spec } = validate(
      mapping,
      { header: trace.header, steps: () => trace.steps },
      { budget: { seconds: 20 } },
    )
    if (outcome === 'unknown') return { outcome, sentence: 'a bound was hit' }
    if (outcome === 'pass') {
      return { outcome: 'missed', sentence: `the story is a behaviour of ${spec}` }
    }
    const { step = 0, node = 'nobody', event } = misfit?.step ?? {}
    const what = event?.type ?? 'step'
    return { outcome: 'found', sentence: `step ${step}, a ${what} at ${node}, is none of ${spec}` }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return doesNotApply(`the mapping does not cover it: ${why}`)
  }
}

/** By chance, in the simulator. */
async function bySimulator({ simulated }: Bug, seeds: number): Promise<WayResult> {
  if (simulated === undefined) return doesNotApply('chance is not known to find it')
  if (seeds === 0) return { outcome: 'not asked', sentence: `synod simulate ${simulated}` }
  const { expect } = await entryNamed(simulated)
  const { violated } = expect
  const here = await askedSubject({ text: simulated })
  const subject = { module: subjectModule, export: 'givenSubject', given: { text: simulated } }
  const task = {
    name: simulated,
    subject,
    here,
    seeds: { first: 1, last: Math.min(seeds, expect.seeds ?? seeds) },
    stopAfter: 1,
    ...(violated === undefined ? {} : { violated }),
  }
  for await (const { failures, ran } of runCampaign([task])) {
    const hit = failures.find((each) => violated === undefined || each.violated === violated)
    if (hit !== undefined) {
      return { outcome: 'found', sentence: `seed ${hit.seed}: ${hit.sentence ?? ''}` }
    }
    return { outcome: 'missed', sentence: `${ran} seeds show nothing` }
  }
  return { outcome: 'unknown', sentence: 'nothing was run' }
}

function doesNotApply(sentence: string): WayResult {
  return { outcome: 'does not apply', sentence }
}
