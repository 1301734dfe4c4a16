import { canonical, sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Problem } from '../../src/core/engine.ts'
import { normalResult } from '../../src/core/model.ts'

/**
 * Linearizability by the definition (Herlihy & Wing 1990): try every order. The slow, obvious twin
 * of all engines; at most 30 operations.
 */
export function isLinearizable({ model, initial, operations }: Problem): boolean {
  const dead = new Set<string>()
  const seen = operations.map((op) => normalResult(model, op))

  const reachesEnd = (done: number, state: Json): boolean => {
    let firstReturn = Infinity
    operations.forEach((op, i) => {
      if ((done & (1 << i)) === 0) firstReturn = Math.min(firstReturn, op.returned)
    })
    if (firstReturn === Infinity) return true
    const key = `${done} ${canonical(state)}`
    if (dead.has(key)) return false
    dead.add(key)

    return operations.some((op, i) => {
      if ((done & (1 << i)) !== 0 || op.called > firstReturn) return false
      return model
        .step(state, op)
        .filter((next) => seen[i] === undefined || sameJson(next.result, seen[i]))
        .some((next) => reachesEnd(done | (1 << i), next.state))
    })
  }
  return reachesEnd(0, initial)
}
