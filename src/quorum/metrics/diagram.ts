import type { Meter } from '../../core/budget.ts'
import type { Residuals } from './residuals.ts'
import { FAILED, LIVE } from './residuals.ts'

/**
 * A binary decision diagram (Bryant 1986): from the root, each vertex asks whether one variable is
 * up, until nothing is left to ask. Vertices are in an order in which every edge leads onwards, so
 * that a pass over the diagram is a loop.
 */
export interface Diagram {
  /** How many variables there are; a vertex knows its own by the place in the order. */
  readonly variables: number
  readonly vertices: number
  readonly variable: Int32Array
  /** Where to go on: a vertex, `TO_FAILED` or `TO_LIVE`. */
  readonly dead: Int32Array
  readonly live: Int32Array
  /** Where to begin: vertex 0, unless the function is constant. */
  readonly root: number
}

export const TO_FAILED = -1
export const TO_LIVE = -2

/** The diagram of a function; `undefined` when it has more vertices than that or time is up. */
export function diagramOf(
  residuals: Residuals,
  variables: number,
  mostVertices: number,
  meter: Meter,
): Diagram | undefined {
  const vertexOf = new Map<number, number>([
    [FAILED, TO_FAILED],
    [LIVE, TO_LIVE],
  ])
  const waiting: number[][] = Array.from({ length: variables }, () => [])
  const variable: number[] = []
  const dead: number[] = []
  const live: number[] = []
  let found = 0
  let reserved = 0
  const meet = (state: number): number => {
    if (!vertexOf.has(state)) {
      // The number is given when its variable comes up: edges only lead to later variables.
      vertexOf.set(state, Number.NaN)
      waiting[residuals.variable(state)]!.push(state)
      found++
    }
    return state
  }
  meet(residuals.root)
  for (let place = 0; place < variables; place++) {
    for (const state of waiting[place]!) {
      // Steps on long lists are slow, so the clock is looked at for each.
      if (found > mostVertices || !meter.step() || !meter.look()) return undefined
      vertexOf.set(state, variable.length)
      variable.push(place)
      dead.push(meet(residuals.dead(state)))
      live.push(meet(residuals.live(state)))
    }
    const bytes = residuals.bytes + 100 * found
    if (bytes > reserved && !meter.reserve(bytes - reserved)) return undefined
    reserved = Math.max(reserved, bytes)
  }
  const target = (state: number) => vertexOf.get(state)!
  return {
    variables,
    vertices: variable.length,
    variable: Int32Array.from(variable),
    dead: Int32Array.from(dead, target),
    live: Int32Array.from(live, target),
    root: target(residuals.root),
  }
}
