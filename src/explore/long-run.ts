import { Meter } from '../core/budget.ts'
import { counted } from '../core/wording.ts'
import { DEFAULT_EXPLORE_BYTES } from './bounds.ts'
import type { Exploration, PropertyReport, ReductionReport } from './exploration.ts'
import type { ExploreOptions } from './explore.ts'
import type { ClaimResult, KnownStates } from './liveness/index.ts'
import type { AnyModel } from './model.ts'
import type { ModelSystem, System } from './system.ts'

/** The claims of a model that are judged on the graph of all steps, after the search. */
interface LongRunClaims {
  readonly properties: readonly string[]
  readonly refinements: readonly string[]
}

/** Those that were asked for. */
export function longRunClaims(model: AnyModel, options: ExploreOptions): LongRunClaims {
  const all = Object.keys(model.properties ?? {})
  const { properties = true, refinements = true } = options
  const wanted = (name: string) =>
    typeof properties === 'boolean' ? properties : properties.includes(name)
  return {
    properties: all.filter(wanted),
    refinements: refinements ? Object.keys(model.refines ?? {}) : [],
  }
}

/** How a search goes that leaves states or steps out, or does not keep them. */
function lacking(system: System, { fingerprints }: ExploreOptions): string | undefined {
  const { kind } = system.report?.() ?? {}
  if (kind !== undefined) return REDUCED[kind]
  return fingerprints === true ? 'with fingerprints' : undefined
}

const REDUCED: Readonly<Record<ReductionReport['kind'], string>> = {
  symmetry: 'under symmetry',
  'partial order': 'under partial orders',
  'sleep sets': 'under sleep sets',
  'live messages': 'with live messages alone',
}

/**
 * Adds to the result of a search what the model claims about the long run and about other models.
 * `known` holds all states that the search found.
 */
export async function judgeLongRun(
  found: Exploration,
  system: System,
  known: KnownStates,
  options: ExploreOptions,
): Promise<Exploration> {
  if (!('model' in system)) return found
  const claims = longRunClaims((system as ModelSystem).model, options)
  if (claims.properties.length + claims.refinements.length === 0) return found
  const how = lacking(system, options)
  if (how !== undefined) return notJudged(found, how, claims)
  const wrong = found.violations.some(({ kind }) => kind !== 'never')
  if (wrong && options.keepGoing !== true) return found
  const started = performance.now()
  const judged = await judge(found, system as ModelSystem, known, claims, options)
  const seconds = found.seconds + (performance.now() - started) / 1000
  return { ...withResults(found, judged), seconds }
}

async function judge(
  found: Exploration,
  system: ModelSystem,
  known: KnownStates,
  claims: LongRunClaims,
  options: ExploreOptions,
): Promise<readonly ClaimResult[]> {
  const { seconds = Infinity, bytes = DEFAULT_EXPLORE_BYTES } = options.budget ?? {}
  const shared = {
    complete: found.stopped === undefined,
    steps: found.generatedStates,
    meter: new Meter({
      ...(seconds === Infinity ? {} : { seconds: Math.max(0, seconds - found.seconds) }),
      bytes: Math.max(0, bytes - (found.bytes ?? 0)),
    }),
    onProgress: (doing: string) => options.onProgress?.(progressOf(found, doing)),
  }
  const judged: ClaimResult[] = []
  if (claims.refinements.length > 0) {
    const { checkRefinements } = await import('./refinement.ts')
    const { generated = true } = options
    const { refinements: only } = claims
    judged.push(...checkRefinements(system, known, { ...shared, only, generated }))
  }
  if (claims.properties.length > 0) {
    const { checkProperties } = await import('./liveness/index.ts')
    judged.push(...checkProperties(system, known, { ...shared, only: claims.properties }))
  }
  return judged
}

function withResults(found: Exploration, judged: readonly ClaimResult[]): Exploration {
  const violations = [...found.violations, ...judged.flatMap(({ violation = [] }) => violation)]
  const properties = judged.map(({ report }) => report)
  const open = properties.some(({ outcome }) => outcome === 'unknown')
  const outcome = open ? 'unknown' : found.outcome
  return {
    ...found,
    outcome: violations.length > 0 ? 'fail' : outcome,
    violations,
    properties,
  }
}

/** What holds is then not all that was asked for, and the result says so. */
function notJudged(found: Exploration, how: string, claims: LongRunClaims): Exploration {
  const reports = (kind: PropertyReport['kind'], names: readonly string[]): PropertyReport[] =>
    names.map((name) => ({ name, kind, outcome: 'not judged', remarks: [`not judged ${how}`] }))
  const properties = [
    ...reports('refinement', claims.refinements),
    ...reports('property', claims.properties),
  ]
  const counts = [
    counting(claims.properties.length, 'property', 'properties'),
    counting(claims.refinements.length, 'refinement', 'refinements'),
  ].filter((count) => count !== '')
  const verb = properties.length === 1 ? 'was' : 'were'
  const limits = `safety only: ${counts.join(' and ')} ${verb} not judged ${how}`
  return { ...found, properties, limits }
}

function counting(count: number, one: string, many: string): string {
  return count === 0 ? '' : counted(count, one, many)
}

function progressOf(found: Exploration, doing: string) {
  const { distinctStates, generatedStates, depth, seconds } = found
  return { distinctStates, generatedStates, depth, seconds, queue: 0, rate: 0, doing }
}

/** What reductions left out. */
export function withReductions(found: Exploration, system: System): Exploration {
  const report: ReductionReport | undefined = system.report?.()
  return report === undefined ? found : { ...found, reductions: [report] }
}
