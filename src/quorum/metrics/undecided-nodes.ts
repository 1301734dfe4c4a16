import type { Meter } from '../../core/budget.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { residualsOf } from './decision-diagram.ts'
import type { Residuals } from './residuals.ts'
import { FAILED, LIVE } from './residuals.ts'
import { variableOrders } from './variable-order.ts'

export type Undecided =
  | { readonly outcome: 'found'; readonly alive: Int32Array }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'unknown' }

/**
 * Live nodes without a quorum of the one side, while the others have none of the other side: every
 * node is put on one of two sides, and what is left of both questions is looked at only once.
 */
export function undecidedNodes(one: QuorumSet, other: QuorumSet, meter: Meter): Undecided {
  const order = variableOrders([one, other], [])[0]!
  const left = residualsOf([one], order, false)
  const right = residualsOf([other], order, false)
  const seen = new Set<number>()
  const open: Step[] = [
    { left: left.root, right: right.root, place: -1, up: false, before: undefined },
  ]
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step.left === FAILED && step.right === FAILED) {
      return { outcome: 'found', alive: livesOf(step, order.variables) }
    }
    if (step.left === LIVE || step.right === LIVE) continue
    const key = step.left * 2 ** 26 + step.right
    if (seen.has(key)) continue
    // Steps on long lists are slow, so the clock is looked at for each.
    if (!meter.step() || !meter.look()) return { outcome: 'unknown' }
    seen.add(key)
    const place = Math.min(next(left, step.left), next(right, step.right))
    open.push(
      {
        left: after(left, step.left, place, true),
        right: after(right, step.right, place, false),
        place,
        up: true,
        before: step,
      },
      {
        left: after(left, step.left, place, false),
        right: after(right, step.right, place, true),
        place,
        up: false,
        before: step,
      },
    )
  }
  return { outcome: 'none' }
}

interface Step {
  readonly left: number
  readonly right: number
  /** The last decision and those before it. */
  readonly place: number
  readonly up: boolean
  readonly before: Step | undefined
}

function next(residuals: Residuals, state: number): number {
  return state === FAILED || state === LIVE ? Infinity : residuals.variable(state)
}

function after(residuals: Residuals, state: number, place: number, up: boolean): number {
  if (next(residuals, state) !== place) return state
  return up ? residuals.live(state) : residuals.dead(state)
}

function livesOf(last: Step, variables: Int32Array): Int32Array {
  const alive: number[] = []
  for (let step: Step | undefined = last; step !== undefined; step = step.before) {
    if (step.up) alive.push(variables[step.place]!)
  }
  return Int32Array.from(alive).sort()
}
