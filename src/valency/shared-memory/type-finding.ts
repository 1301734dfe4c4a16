import type { Budget } from '../../core/budget.ts'
import { Meter } from '../../core/budget.ts'
import type { ObjectType } from '../../node/index.ts'
import type { CriticalSteps } from './critical-steps.ts'
import { criticalSteps } from './critical-steps.ts'
import type { ConsensusNumber } from './discerning.ts'
import { consensusNumber } from './discerning.ts'
import type { Readability } from './readable.ts'
import { readability, withRead } from './readable.ts'
import type { TypeTable } from './type-table.ts'
import { typeTable } from './type-table.ts'

/** What can be told of a type without a protocol. */
export interface TypeFinding {
  readonly table: TypeTable
  readonly readability: Readability
  /** By the criterion for readable types; `undefined` for a type that it is not about. */
  readonly number: ConsensusNumber | undefined
  /**
   * Of the type together with an operation that reads it, where it has none. That is at least as
   * strong, so what it cannot do the type itself cannot do.
   */
  readonly withRead: ConsensusNumber | undefined
  readonly steps: CriticalSteps
  /** No more processes than this can agree; `undefined` if nothing says so. */
  readonly atMost: number | undefined
  /** So many can, by the criterion. */
  readonly atLeast: number
}

/** Looks at a type, for up to so many processes. */
export function typeFinding(type: ObjectType, most: number, budget: Budget = {}): TypeFinding {
  const meter = new Meter(budget)
  const table = typeTable(type)
  const readable = readability(table)
  const steps = criticalSteps(table)
  const number = readable.readable ? consensusNumber(table, most, meter.rest) : undefined
  const withItsRead =
    readable.readable || readable.because === 'not deterministic'
      ? undefined
      : consensusNumber(typeTable(withRead(type)), most, meter.rest)
  const bounds = [
    ...[number, withItsRead].flatMap((each) => (each?.exact ? [each.atLeast] : [])),
    ...(steps.atMost === undefined ? [] : [steps.atMost]),
  ]
  return {
    table,
    readability: readable,
    number,
    withRead: withItsRead,
    steps,
    atMost: bounds.length === 0 ? undefined : Math.min(...bounds),
    atLeast: number?.atLeast ?? 1,
  }
}
