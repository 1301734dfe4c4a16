import type { Chance } from '../quorum-set.ts'
import { chanceOfLog, logPlus } from './chance.ts'
import type { Diagram } from './diagram.ts'
import { TO_FAILED, TO_LIVE } from './diagram.ts'
import type { Ways } from './ways.ts'

/** For each variable, by its place in the order, the probability of being down and of being up. */
export interface Chances {
  readonly down: Float64Array
  readonly up: Float64Array
}

/** Below this, sums of products may have lost summands that no double can hold. */
const SMALLEST = 1e-200

/** That the function fails: all ways to failure are added up, so nothing cancels. */
export function diagramFailure(diagram: Diagram, chances: Chances): Chance {
  if (diagram.root < 0) return chanceOfLog(diagram.root === TO_FAILED ? 0 : -Infinity)
  const { vertices, variable, dead, live } = diagram
  const mass = new Float64Array(vertices)
  mass[0] = 1
  let failed = 0
  for (let vertex = 0; vertex < vertices; vertex++) {
    const down = mass[vertex]! * chances.down[variable[vertex]!]!
    const up = mass[vertex]! * chances.up[variable[vertex]!]!
    if (dead[vertex]! >= 0) mass[dead[vertex]!]! += down
    else if (dead[vertex] === TO_FAILED) failed += down
    if (live[vertex]! >= 0) mass[live[vertex]!]! += up
    else if (live[vertex] === TO_FAILED) failed += up
  }
  if (failed < SMALLEST) return chanceOfLog(logFailure(diagram, chances))
  return { value: failed, log10: Math.log10(failed) }
}

/** The same in logarithms. */
function logFailure({ vertices, variable, dead, live }: Diagram, { down, up }: Chances): number {
  const logDown = down.map(Math.log)
  const logUp = up.map(Math.log)
  const mass = new Float64Array(vertices).fill(-Infinity)
  mass[0] = 0
  let failed = -Infinity
  const put = (target: number, log: number) => {
    if (target >= 0) mass[target] = logPlus(mass[target]!, log)
    else if (target === TO_FAILED) failed = logPlus(failed, log)
  }
  for (let vertex = 0; vertex < vertices; vertex++) {
    put(dead[vertex]!, mass[vertex]! + logDown[variable[vertex]!]!)
    put(live[vertex]!, mass[vertex]! + logUp[variable[vertex]!]!)
  }
  return failed
}

/** In whole numbers: the ways to fail, from the last vertex to the first. */
export function diagramWays(diagram: Diagram, ways: readonly Ways[]): Ways {
  const { vertices, variable, dead, live, variables } = diagram
  // All ways of the variables from one place up to another, which an edge jumps over.
  const products: bigint[][] = []
  const between = (from: number, to: number): bigint => {
    const row = (products[from] ??= [1n])
    for (let end = from + row.length; end <= to; end++) {
      row.push(row[row.length - 1]! * ways[end - 1]!.all)
    }
    return row[to - from]!
  }
  const failing: bigint[] = new Array<bigint>(vertices)
  const after = (target: number, place: number): bigint => {
    if (target === TO_LIVE) return 0n
    if (target === TO_FAILED) return between(place, variables)
    return between(place, variable[target]!) * failing[target]!
  }
  for (let vertex = vertices - 1; vertex >= 0; vertex--) {
    const place = variable[vertex]!
    const own = ways[place]!
    failing[vertex] =
      own.failing * after(dead[vertex]!, place + 1) +
      (own.all - own.failing) * after(live[vertex]!, place + 1)
  }
  return { failing: after(diagram.root, 0), all: between(0, variables) }
}
