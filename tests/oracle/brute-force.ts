import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Problem } from '../../src/core/engine.ts'
import { normalResult } from '../../src/core/model.ts'
import { isUnknown } from '../../src/core/operation.ts'

/**
 * Linearizability by the definition (Herlihy & Wing 1990): try every order. The slow, obvious twin
 * of all engines; at most 30 operations.
 */
export function isLinearizable({ model, initial, operations }: Problem): boolean {
  const dead = new Set<string>()

  const reachesEnd = (done: number, state: Json): boolean => {
    const pending = operations.filter((_, i) => (done & (1 << i)) === 0)
    if (pending.every(isUnknown)) return true
    const key = `${done} ${canonical(state)}`
    if (dead.has(key)) return false
    dead.add(key)

    const firstReturn = Math.min(...pending.map((op) => op.returned))
    return operations.some((op, i) => {
      if ((done & (1 << i)) !== 0 || op.called > firstReturn) return false
      const seen = normalResult(model, op)
      return model
        .step(state, op)
        .filter((next) => seen === undefined || canonical(next.result) === canonical(seen))
        .some((next) => reachesEnd(done | (1 << i), next.state))
    })
  }
  return reachesEnd(0, initial)
}
