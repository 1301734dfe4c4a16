/**
 * Real protocols in the simulator, with clients that ask what a script says, when it says so: every
 * message takes a millisecond, and nothing is left to chance.
 */
import type { Fault, AnyProtocol, NodeId, Options } from '../../src/node/index.ts'
import type { HistoryEvent } from '../../src/history/event.ts'
import type { History } from '../../src/history/history.ts'
import { shown } from '../../src/core/wording.ts'
import { simulate } from '../../src/simulate/index.ts'
import { historyOf } from '../judge-run.ts'

export interface Script {
  readonly protocol: AnyProtocol
  readonly options?: Options
  readonly mutant?: string
  readonly nodes: number
  readonly asks: readonly Ask[]
  readonly faults?: readonly Fault[]
  /** The history ends here, in milliseconds. Default: 1,000. */
  readonly untilMs?: number
  /** What clients wait at most. Default: for ever. */
  readonly timeoutMs?: number
}

/** Somebody asks a node for something. */
export interface Ask {
  /** Milliseconds. */
  readonly at: number
  /** From 0. */
  readonly client: number
  /** `n1`, `n2`, ... */
  readonly node: NodeId
  readonly f: 'read' | 'write'
  readonly value?: number
  readonly key?: string
}

const UNTIL_MS = 1000

/** What clients saw until the end. */
export function played(script: Script): History {
  return historyOf(script.protocol.name, eventsOf(script))
}

/** The events, each with its time in nanoseconds. */
export function eventsOf(script: Script): readonly HistoryEvent[] {
  const { protocol, options = {}, mutant, nodes, asks, faults = [] } = script
  const { untilMs = UNTIL_MS, timeoutMs } = script
  const count = 1 + Math.max(...asks.map(({ client }) => client))
  const run = simulate(
    {
      name: protocol.name,
      program: protocol.make(options, mutant),
      tolerates: protocol.tolerates,
      nodes,
      seed: 1,
      workload: nothing,
      clients: { count, policy: 'any', rate: 1, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
      forMs: untilMs,
      network: { delayMs: [1, 1] },
      disk: { writeMs: [1, 1] },
      faults,
      invariants: [],
      recovers: false,
      recoverMs: 1,
    },
    {
      operations: asks.map(({ at, client, node, f, value, key }) => ({
        at,
        client,
        node,
        asked: { f, value: value ?? null, ...(key === undefined ? {} : { key }) },
      })),
      faults,
      deviations: [],
    },
  )
  if (run.failure !== undefined) throw new Error(run.failure.sentence)
  return run.history.filter(
    ({ process, time }) => process !== 'nemesis' && Number(time) <= untilMs * 1e6,
  )
}

const nothing = {
  name: 'script',
  about: 'what a script says',
  condition: 'linearizable',
  client: () => ({ next: () => undefined }),
}

/** How many of the operations were answered. */
export function answered({ operations }: History): number {
  return operations.filter(({ returned }) => returned !== Infinity).length
}

/** `c2 read at 20 ms: 7`, `c1 write 3 at 10 ms: no answer`. */
export function linesOf({ operations, failed }: History): readonly string[] {
  return [...operations, ...failed]
    .toSorted((a, b) => a.called - b.called)
    .map(({ process, f, key, value, result, calledAt, returned, id }) => {
      const of = key === undefined ? '' : ` ${shown(key)}`
      const what = f === 'read' ? '' : ` ${shown(value)}`
      const told = f === 'read' ? shown(result) : 'done'
      const end = id < 0 ? 'refused' : returned === Infinity ? 'no answer' : told
      return `${process} ${f}${of}${what} at ${Math.round(Number(calledAt) / 1e6)} ms: ${end}`
    })
}
