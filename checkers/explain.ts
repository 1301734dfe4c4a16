import type { Problem } from '../src/core/engine.ts'
import type { Json } from '../src/core/json.ts'
import { sameJson } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import { precedes } from '../src/core/operation.ts'
import { before, counted, did, shown } from '../src/core/wording.ts'

/**
 * A counterexample to linearizability as a sentence. Most that are met in practice are stale reads,
 * and those are told with their times; for others the engine's own reason, if it has one, or the
 * bare fact that there is no order.
 */
export function explain(failing: Problem, culprit: Operation, reason: string): string {
  const stale = staleRead(failing.operations, culprit)
  if (stale !== undefined) return stale
  if (reason !== '') return reason
  const { operations } = failing
  if (operations.length === 1) return alone(failing, culprit)
  const all = counted(operations.length, 'operation')
  return `${did(culprit)}, which no order of these ${all} explains`
}

function alone({ initial }: Problem, culprit: Operation): string {
  if (culprit.f === 'read' || culprit.f === 'get') {
    return `${did(culprit)}, which nobody had written (at the beginning it was ${shown(initial)})`
  }
  return `${did(culprit)}, and nothing that had been called by then makes that possible`
}

/**
 * 'client 5 read 812, but 835 had been written and acknowledged 4.8 s before', or, where the newer
 * write was never acknowledged, 'but client 2 had read 835, which was written later, 4.8 s before'.
 */
function staleRead(operations: readonly Operation[], read: Operation): string | undefined {
  if (read.f !== 'read' && read.f !== 'get') return undefined
  const sources = operations.filter((op) => written(op).some((v) => sameJson(v, read.result)))
  const newer = operations.filter(
    (op) =>
      written(op).length > 0 &&
      !sources.includes(op) &&
      sources.every((source) => precedes(source, op)),
  )
  const acknowledged = earliest(newer.filter((op) => precedes(op, read)))
  if (acknowledged !== undefined) {
    const value = shown(written(acknowledged)[0])
    const when = before(acknowledged, read)
    return `${did(read)}, but ${value} had been written and acknowledged${when}`
  }
  const seen = earliest(
    operations.filter(
      (op) =>
        op.f === read.f && precedes(op, read) && newer.some((write) => wrote(write, op.result)),
    ),
  )
  if (seen === undefined) return undefined
  return `${did(read)}, but ${did(seen)}, which was written later,${before(seen, read)}`
}

function earliest(operations: readonly Operation[]): Operation | undefined {
  return operations.toSorted((a, b) => a.returned - b.returned)[0]
}

function wrote(write: Operation, value: Json | undefined): boolean {
  return value !== undefined && written(write).some((one) => sameJson(one, value))
}

/** The value that an operation certainly or possibly left in a register. */
function written({ f, value, result }: Operation): readonly Json[] {
  if (f === 'write' || f === 'put') return [value]
  if (f === 'cas' && result !== false) return (value as readonly Json[]).slice(1)
  return []
}
