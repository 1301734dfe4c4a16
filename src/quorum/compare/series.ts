import type { Load } from '../load/load.ts'
import { load } from '../load/load.ts'
import { nodeLoads, usesOf } from '../load/strategy-facts.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { isCoterie } from './bound.ts'
import { attempt, attemptLong, isRefused, meanReads } from './measure.ts'
import type { Circumstances } from './measure.ts'

/** A point of a plot. */
export interface SeriesPoint {
  readonly x: number
  readonly y: number
}

/** A series is as fine as this many milliseconds allow; a first few points are always there. */
const MILLISECONDS = 2500
const FEWEST = 3

/** The load at read fractions from 0 to 1. */
export async function loadSeries(
  system: QuorumSystem,
  { budget = {} }: Circumstances = {},
): Promise<readonly SeriesPoint[]> {
  const at = async (readFraction: number): Promise<number | undefined> => {
    const found = await attemptLong(() => load(system, { readFraction, budget }))
    return isRefused(found) ? undefined : found.value
  }
  // One kind of quorum and one kind of operation: nothing can depend on which it is.
  const alike = system.nodes.every((node) => node.readCapacity.equals(node.writeCapacity))
  if (isCoterie(system) && alike) {
    const y = await at(0.5)
    return y === undefined ? [] : [0, 1].map((x) => ({ x, y }))
  }
  return inTime(coarseToFine(0, 20), async (step) => {
    const y = await at(step / 20)
    return y === undefined ? undefined : { x: step / 20, y }
  })
}

/** From 0.001 to 0.5, the same distance on a logarithmic scale. */
const LEAST = 0.001
const MOST = 0.5
const STEPS = 32

/** log10 of the probability of failure where nodes are down with probabilities up to 1/2. */
export function failureSeries(
  system: QuorumSystem,
  { zones = {}, budget = {} }: Circumstances = {},
): Promise<readonly SeriesPoint[]> {
  return inTime(coarseToFine(0, STEPS), (step) => {
    const x = Number((LEAST * (MOST / LEAST) ** (step / STEPS)).toPrecision(6))
    const found = attempt(() => failureProbability(system, { down: x, zones, budget }))
    return Promise.resolve(isRefused(found) ? undefined : { x, y: found.log10 })
  })
}

/** What the best strategy makes a node do in a unit of time with one operation. */
export interface NodeLoad {
  readonly name: string
  readonly read: number
  readonly write: number
}

/** For more nodes nobody looks at each. */
const MOST_NODES = 2000

export function nodeLoadSeries(
  { nodes }: QuorumSystem,
  { certificate: { system }, strategy }: Load,
  { readFraction = '1/2' }: Circumstances = {},
): readonly NodeLoad[] {
  if (nodes.length > MOST_NODES) return []
  const uses = usesOf(system, strategy)
  const fraction = meanReads(readFraction)
  const reads = nodeLoads(nodes, uses, Rational.one)
  const writes = nodeLoads(nodes, uses, Rational.zero)
  const rest = Rational.one.minus(fraction)
  return nodes.map(({ name }, at) => ({
    name,
    read: (reads[at] ?? Rational.zero).times(fraction).toNumber(),
    write: (writes[at] ?? Rational.zero).times(rest).toNumber(),
  }))
}

/** The ends first, then the middle of each gap: wherever one stops, the whole range is covered. */
function coarseToFine(first: number, last: number): readonly number[] {
  const order = [first, last]
  const gaps = [[first, last] as const]
  for (let gap = gaps.shift(); gap !== undefined; gap = gaps.shift()) {
    const [from, to] = gap
    if (to - from < 2) continue
    const middle = (from + to) >> 1
    order.push(middle)
    gaps.push([from, middle], [middle, to])
  }
  return order
}

async function inTime(
  steps: readonly number[],
  point: (step: number) => Promise<SeriesPoint | undefined>,
): Promise<readonly SeriesPoint[]> {
  const deadline = performance.now() + MILLISECONDS
  const points: SeriesPoint[] = []
  for (const [done, step] of steps.entries()) {
    if (done >= FEWEST && performance.now() > deadline) break
    const found = await point(step)
    if (found !== undefined) points.push(found)
  }
  return points.sort((a, b) => a.x - b.x)
}
