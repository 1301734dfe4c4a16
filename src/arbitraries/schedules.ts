import * as fc from 'fast-check'

import type { Asked, NodeId } from '../node/index.ts'
import type { Deviation, Schedule, ScheduledOperation } from '../simulate/index.ts'
import type { FaultsOptions } from './faults.ts'
import { faults, nodeNames } from './faults.ts'

/** What a schedule may hold, besides its faults; times are in milliseconds. */
export interface SchedulesOptions extends FaultsOptions {
  /** At most so many operations. Default: 10. */
  readonly operations?: number
  /** How many clients; as many as the simulation has. Default: 2. */
  readonly clients?: number
  /** What is asked for. Default: reads, and writes of which no two write the same value. */
  readonly asked?: fc.Arbitrary<Asked>
  /** At most so many times chance differs from its default. Default: 10. */
  readonly deviations?: number
}

/**
 * Schedules for `simulate(simulation, schedule)`: what clients ask and when, which faults happen,
 * and what chance does. They shrink to fewer operations, fewer faults, and less chance.
 */
export function schedules(options: SchedulesOptions = {}): fc.Arbitrary<Schedule> {
  const { operations = 10, deviations = 10 } = options
  const names = nodeNames(options.nodes)
  return fc
    .record({
      operations: fc.array(operation(options, names), { maxLength: operations }),
      faults: faults(options),
      deviations: fc.uniqueArray(deviation(names), {
        maxLength: deviations,
        // One draw comes out in one way.
        selector: drawOf,
      }),
    })
    .map((made) => ({ ...made, operations: inOrder(made.operations, options.asked !== undefined) }))
}

function operation(
  { forMs = 2000, clients = 2, asked = usual }: SchedulesOptions,
  names: readonly NodeId[],
): fc.Arbitrary<ScheduledOperation> {
  return fc.record({
    at: fc.nat({ max: Math.max(0, forMs - 1) }),
    client: fc.nat({ max: Math.max(0, clients - 1) }),
    node: fc.constantFrom(...names),
    asked,
  })
}

/** The value of a write is filled in when it is known how many there are. */
const usual: fc.Arbitrary<Asked> = fc.constantFrom(
  { f: 'read', value: null },
  { f: 'write', value: null },
)

function inOrder(
  operations: readonly ScheduledOperation[],
  given: boolean,
): readonly ScheduledOperation[] {
  const sorted = [...operations].sort((a, b) => a.at - b.at)
  if (given) return sorted
  return sorted.map((each, at) =>
    each.asked.f === 'write' ? { ...each, asked: { f: 'write', value: at + 1 } } : each,
  )
}

/** In microseconds. */
const LONGEST_DELAY = 200_000

function deviation(names: readonly NodeId[]): fc.Arbitrary<Deviation> {
  const node = fc.constantFrom(...names)
  const nth = fc.integer({ min: 1, max: 20 })
  const us = fc.nat({ max: LONGEST_DELAY })
  const few = fc.nat({ max: 5 })
  const link = fc
    .tuple(node, node)
    .filter(([from, to]) => names.length === 1 || from !== to)
    .map(([from, to]) => ({ from, to }))
  return fc.oneof(
    fc
      .record({ type: fc.constantFrom('delay' as const, 'doubled' as const), link, nth, us })
      .map(({ link: ends, ...rest }) => ({ ...rest, ...ends })),
    fc
      .record({ link, nth })
      .map(({ link: ends, ...rest }) => ({ type: 'lost' as const, ...rest, ...ends })),
    fc.record({ type: fc.constantFrom('timer' as const, 'disk' as const), node, nth, us }),
    fc.record({ type: fc.constant('pick' as const), node, nth, index: few }),
    fc.record({ type: fc.constant('kept' as const), node, nth, count: few }),
    fc.record({ type: fc.constant('damaged' as const), node, nth, index: few }),
  )
}

/** What is drawn: the same for two deviations that say how one draw comes out. */
function drawOf(deviation: Deviation): string {
  const { type, nth } = deviation
  return 'from' in deviation
    ? `${type} ${deviation.from} ${deviation.to} ${nth}`
    : `${type} ${deviation.node} ${nth}`
}
