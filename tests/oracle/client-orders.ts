import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import { canonical } from '../../src/core/json.ts'
import { normalResult } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import { isUnknown } from '../../src/core/operation.ts'

/**
 * Sequential consistency by the definition (Lamport 1979): try every merge of the clients. The
 * slow, obvious twin; at most 30 operations.
 */
export function isSequential({ model, initial, operations }: Problem): boolean {
  const dead = new Set<string>()
  /** What the client of an operation had done, with an answer, before it. */
  const earlier = operations.map((op) =>
    operations.flatMap((other, i) =>
      other.process === op.process && other.called < op.called && !isUnknown(other) ? [1 << i] : [],
    ),
  )
  const reachesEnd = (done: number, states: Readonly<Record<string, Json>>): boolean => {
    if (operations.every((op, i) => isUnknown(op) || (done & (1 << i)) !== 0)) return true
    const key = `${done} ${canonical(states)}`
    if (dead.has(key)) return false
    dead.add(key)
    return operations.some((op, i) => {
      if ((done & (1 << i)) !== 0 || earlier[i]?.some((bit) => (done & bit) === 0)) return false
      const part = model.partitioned === false ? '' : canonical(op.key)
      const seen = normalResult(model, op)
      return model
        .step(states[part] ?? initial, op)
        .filter((next) => isUnknown(op) || canonical(next.result) === canonical(seen))
        .some((next) => reachesEnd(done | (1 << i), { ...states, [part]: next.state }))
    })
  }
  return reachesEnd(0, {})
}

/** A read or a write; a compare-and-set is one after the other. */
export interface Half {
  readonly operation: Operation
  readonly type: 'read' | 'write'
  readonly key: string
  readonly value: string
  /** Bits of the halves that its client did before it. */
  readonly earlier: number
}

/** Everything that may have happened: one list for each choice of unknown operations that did. */
export function halvesOf(operations: readonly Operation[]): Half[][] {
  const unsure = operations.filter((op) => isUnknown(op) && op.f !== 'read')
  return Array.from({ length: 1 << unsure.length }, (_, choice) => {
    const halves: Half[] = []
    const answered = new Map<string | number, number>()
    for (const op of operations) {
      if (isUnknown(op) && (op.f === 'read' || (choice & (1 << unsure.indexOf(op))) === 0)) continue
      let earlier = answered.get(op.process) ?? 0
      const push = (type: 'read' | 'write', value: Json | undefined): void => {
        halves.push({
          operation: op,
          type,
          key: canonical(op.key),
          value: canonical(value),
          earlier,
        })
        earlier |= 1 << (halves.length - 1)
      }
      if (op.f === 'read') push('read', op.result)
      else if (op.f === 'write') push('write', op.value)
      else {
        const [from, to] = op.value as [Json, Json]
        push('read', from)
        if (canonical(from) !== canonical(to)) push('write', to)
      }
      if (!isUnknown(op)) answered.set(op.process, earlier)
    }
    return halves
  })
}

export type CausalKind = 'causal' | 'convergence' | 'memory'

/**
 * Causal consistency by the definitions of Bouajjani et al. 2017: try every causal order. `initial`
 * is the canonical initial value; at most 7 halves.
 */
export function isCausal(operations: readonly Operation[], kind: CausalKind): boolean {
  return halvesOf(operations).some((halves) =>
    ordersAbove(halves.map(({ earlier }) => earlier)).some((pasts) =>
      explains(halves, pasts, kind),
    ),
  )
}

function explains(halves: readonly Half[], pasts: readonly number[], kind: CausalKind): boolean {
  const all = (1 << halves.length) - 1
  if (kind === 'convergence') {
    // One order of everything; a read sees the last write in it that is in its past.
    const place = (placed: readonly number[], mask: number): boolean =>
      mask === all ||
      halves.some((half, i) => {
        const past = pasts[i] as number
        if ((mask & (1 << i)) !== 0 || (past & ~mask) !== 0) return false
        const seen = placed.filter((j) => (past & (1 << j)) !== 0).map((j) => halves[j] as Half)
        if (half.type === 'read' && valueAfter(seen, half.key) !== half.value) return false
        return place([...placed, i], mask | (1 << i))
      })
    return place([], 0)
  }
  return halves.every((half, last) => {
    if (half.type === 'write' && kind === 'causal') return true
    const scope = (pasts[last] as number) | (1 << last)
    const visible = kind === 'causal' ? 1 << last : half.earlier | (1 << last)
    const place = (placed: readonly Half[], mask: number): boolean =>
      mask === scope ||
      halves.some((next, i) => {
        const bit = 1 << i
        if ((scope & bit) === 0 || (mask & bit) !== 0) return false
        if (((pasts[i] as number) & ~mask) !== 0) return false
        const mustFit = next.type === 'read' && (visible & bit) !== 0
        if (mustFit && valueAfter(placed, next.key) !== next.value) return false
        return place([...placed, next], mask | bit)
      })
    return place([], 0)
  })
}

function valueAfter(placed: readonly Half[], key: string): string {
  const last = placed.filter((half) => half.type === 'write' && half.key === key).at(-1)
  return last?.value ?? 'null'
}

const known = new Map<string, readonly (readonly number[])[]>()

/** All strict partial orders that contain one, each as the set of predecessors of every element. */
function ordersAbove(base: readonly number[]): readonly (readonly number[])[] {
  const name = base.join()
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const seen = new Set([name])
  const result: (readonly number[])[] = [base]
  for (const pasts of result) {
    for (let a = 0; a < base.length; a++) {
      for (let b = 0; b < base.length; b++) {
        if (a === b || ((pasts[b] as number) & (1 << a)) !== 0) continue
        if (((pasts[a] as number) & (1 << b)) !== 0) continue
        const added = (pasts[a] as number) | (1 << a)
        const grown = pasts.map((past, i) =>
          i === b || (past & (1 << b)) !== 0 ? past | added : past,
        )
        if (seen.has(grown.join())) continue
        seen.add(grown.join())
        result.push(grown)
      }
    }
  }
  known.set(name, result)
  return result
}
