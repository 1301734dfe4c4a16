import { Meter } from '../../core/budget.ts'
import type { ModelSystem } from '../system.ts'
import type { Bits } from './bits.ts'
import { addBits, noBits, setBit } from './bits.ts'
import type { Claim } from './claims.ts'
import { claimsOf } from './claims.ts'
import { Components } from './components.ts'
import { fairParts } from './fair.ts'
import type { Graph } from './graph.ts'
import { graphOf, OutOfBudget, reserve } from './graph.ts'
import type { ClaimResult, KnownStates, LongRunOptions } from './known.ts'
import { lassoOf } from './lasso.ts'
import { promisesOf } from './promises.ts'
import { retaker, storyOf } from './retake.ts'

/**
 * What happens in the long run: judges each property of a model on the graph of the states that a
 * search found, and shows a lasso for each that is false. Behaviours may stand still for ever
 * unless fairness forbids it, and a step that changes nothing counts as none, as in TLA.
 */
export function checkProperties(
  system: ModelSystem,
  known: KnownStates,
  options: LongRunOptions = {},
): readonly ClaimResult[] {
  const meter = options.meter ?? new Meter({ bytes: Infinity })
  const claims = claimsOf(system, known, options.only)
  if (claims.length === 0) return []
  const names = [...new Set(claims.map((claim) => claim.property))]
  try {
    const judge = judgeOf(system, known, claims, { ...options, meter })
    return names.map((name) => {
      const started = performance.now()
      options.onProgress?.(name)
      const mine = claims.filter((claim) => claim.property === name)
      const result = judge(mine)
      const seconds = (performance.now() - started) / 1000
      return { ...result, report: { ...result.report, seconds } }
    })
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error
    const remarks = [error.message]
    return names.map((name) => ({
      report: { name, kind: 'property', outcome: 'unknown', remarks },
    }))
  }
}

/** Of the search for components, and of what it finds. */
const BYTES_PER_STATE = 32

type Judge = (claims: readonly Claim[]) => ClaimResult

/** Makes the graph that all claims need, once. */
function judgeOf(
  system: ModelSystem,
  known: KnownStates,
  all: readonly Claim[],
  options: LongRunOptions & { readonly meter: Meter },
): Judge {
  const { meter } = options
  options.onProgress?.('steps between states')
  const promises = promisesOf(system, known)
  const needed = all.some((claim) => claim.region === undefined) ? undefined : unionOf(all, known)
  const graph = graphOf(system, known, needed, promises, options)
  reserve(meter, BYTES_PER_STATE * known.count)
  const components = new Components(graph, known.count)
  const cyclic = cyclicStates(known.count, components)
  const take = retaker(system, known, promises)
  return (claims) => {
    const name = claims[0]?.property ?? ''
    for (const claim of claims) {
      const parts = fairParts(graph, known.count, claim.region, claim.meets, cyclic, components)
      const lasso = parts === undefined ? undefined : lassoOf(graph, known, claim, parts)
      if (lasso === undefined) continue
      const witness = claim.choice.length === 0 ? {} : { witness: claim.choice }
      return {
        report: { name, kind: 'property', outcome: 'fail' },
        violation: { kind: 'property', name, ...storyOf(system, known, lasso, take), ...witness },
      }
    }
    const outcome = options.complete === false ? 'unknown' : 'pass'
    const remarks = remarksOn(claims, graph, outcome)
    return {
      report: { name, kind: 'property', outcome, ...(remarks.length > 0 ? { remarks } : {}) },
    }
  }
}

/** What somebody should know who reads that a property holds. */
function remarksOn(claims: readonly Claim[], graph: Graph, outcome: string): readonly string[] {
  const remarks: string[] = []
  if (!claims.some((claim) => claim.applies())) remarks.push('what it is about never happens')
  if (outcome === 'unknown') remarks.push('it holds as far as was searched')
  else if (graph.cut) remarks.push('what happens outside of `within` was not looked at')
  return remarks
}

function unionOf(claims: readonly Claim[], known: KnownStates): Bits {
  const union = noBits(known.count)
  for (const { region } of claims) if (region !== undefined) addBits(union, region)
  return union
}

/** The states that lie on a cycle: nowhere else is there anything to go round. */
function cyclicStates(count: number, components: Components): Bits {
  const cyclic = noBits(count)
  const all = new Int32Array(count)
  for (let state = 0; state < count; state++) all[state] = state
  components.find(all, new Int32Array(count), 0, 2, (component) => {
    for (const state of component) setBit(cyclic, state)
  })
  return cyclic
}
