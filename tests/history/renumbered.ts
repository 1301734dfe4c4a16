import type { Operation } from '../../src/core/operation.ts'
import type { History } from '../../src/history/history.ts'

/** Positions counted again from 0: the `info` of a client that gave up is not written. */
export function renumbered(history: History): History {
  const { operations, failed, faults } = history
  const positions = [...operations, ...failed].flatMap((op) => [op.called, op.returned])
  positions.push(...faults.map((fault) => fault.position))
  const order = positions.filter((position) => position !== Infinity).sort((a, b) => a - b)
  const rank = new Map(order.map((position, index) => [position, index]))
  const at = (position: number) => rank.get(position) ?? Infinity
  const operation = (op: Operation) => ({ ...op, called: at(op.called), returned: at(op.returned) })
  return {
    source: 'f',
    operations: operations.map(operation),
    failed: failed.map(operation),
    faults: faults.map((fault) => ({ ...fault, position: at(fault.position) })),
    events: order.length,
    skipped: 0,
  }
}
