import type { Invariant } from '../../src/core/invariant.ts'
import type { Effect, TraceStep } from '../../src/core/trace.ts'
import type { AnyProtocol, Asked, Fault, Options, Workload } from '../../src/node/index.ts'
import type { Run, Simulation } from '../../src/simulate/index.ts'
import { simulate } from '../../src/simulate/index.ts'

/**
 * A cluster in which nothing is left to chance that the protocol does not draw itself: all messages
 * take equally long, disks take no time, and only the faults happen that are listed. What is
 * counted there is a property of the protocol.
 */
export interface Quiet {
  readonly protocol: AnyProtocol
  readonly options?: Options
  readonly mutant?: string
  readonly nodes: number
  /** What each client asks for, one after the other. */
  readonly asks: readonly (readonly Asked[])[]
  /** Of all clients together, in a second. Default: 100. */
  readonly rate?: number
  readonly faults?: readonly Fault[]
  /** How long it goes on before whatever is broken is healed. Default: 2000. */
  readonly forMs?: number
  /** How long a message takes, between nodes and to a client. Default: 10. */
  readonly delayMs?: number
  /** Default: 0.001, as close to nothing as a disk gets. */
  readonly writeMs?: number
  readonly invariants?: readonly Invariant[]
  readonly timeoutMs?: number
  readonly againMs?: number
  /** Default: 1. */
  readonly seed?: number
  /** All timers that are drawn run for the middle of their range. Clients then ask for nothing. */
  readonly equalTimers?: true
  /** Whether all is healed in the end, and must serve. Default: no. */
  readonly recovers?: boolean
}

/** Runs it, with a trace; of what comes after `forMs` nothing is told, unless it recovers. */
export function quietRun(quiet: Quiet): Run {
  const run = wholeRun(quiet)
  if (quiet.recovers === true) return run
  const endMs = quiet.forMs ?? DEFAULT_MS
  return {
    ...run,
    trace: run.trace.filter(({ time }) => time < endMs * 1000),
    history: run.history.filter(({ time }) => (time ?? 0) < endMs * 1e6),
  }
}

const DEFAULT_MS = 2000

function wholeRun(quiet: Quiet): Run {
  const { protocol, options, mutant, nodes, asks, faults = [], seed = 1 } = quiet
  const { delayMs = 10, writeMs = 0.001, forMs = DEFAULT_MS, rate = 100, recovers = false } = quiet
  const { timeoutMs, againMs } = quiet
  const { clients: policy = 'any' } = protocol
  const simulation: Simulation = {
    name: protocol.name,
    ...(options === undefined ? {} : { options }),
    ...(mutant === undefined ? {} : { mutant }),
    program: protocol.make(options, mutant),
    tolerates: protocol.tolerates,
    nodes,
    seed,
    workload: asking(asks),
    clients: {
      count: asks.length,
      policy,
      rate,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(againMs === undefined ? {} : { againMs }),
    },
    forMs,
    network: { delayMs: [delayMs, delayMs] },
    disk: { writeMs: [writeMs, writeMs] },
    faults,
    invariants: quiet.invariants ?? [],
    recovers,
    recoverMs: recovers ? 30_000 : 0,
    trace: true,
  }
  if (quiet.equalTimers !== true) return simulate(simulation)
  return simulate(simulation, { operations: [], faults, deviations: [] })
}

/** Each client asks for what is in its list, and for nothing more. */
function asking(asks: readonly (readonly Asked[])[]): Workload {
  return {
    name: 'listed',
    about: 'each client asks for what is in its list',
    condition: 'none',
    client: ({ client }) => {
      const left = [...(asks[client] ?? [])]
      return { next: () => left.shift() }
    },
  }
}

/** A message that a node sent, at a time in milliseconds. */
export interface Sent {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly type: string
  readonly message: Readonly<Record<string, unknown>>
}

/** What nodes sent to others, in order. */
export function sentIn({ trace }: Run): readonly Sent[] {
  return trace.flatMap(({ time, node = '', effects }) =>
    effects.flatMap((effect): readonly Sent[] => {
      if (effect.type !== 'send' || effect.to === node) return []
      const message = effect.message as Sent['message']
      return [
        { at: time / 1000, from: node, to: effect.to, type: String(message['type']), message },
      ]
    }),
  )
}

/** How many messages there are of each type, in the order in which types were first sent. */
export function countedByType(sent: readonly Sent[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { type } of sent) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

/** Steps with an effect of a type: `reply`, `write`. */
export function stepsWith({ trace }: Run, type: Effect['type']): readonly TraceStep[] {
  return trace.filter(({ effects }) => effects.some((effect) => effect.type === type))
}

/** How each operation of the clients ended, and when, in milliseconds. */
export interface Ended {
  readonly process: string
  readonly f: string
  readonly value: unknown
  readonly outcome: 'ok' | 'fail' | 'info'
  readonly from: number
  readonly until: number
}

/** What the clients asked for before the cluster was healed, and how it ended. */
export function endedIn({ history }: Run, beforeMs = Infinity): readonly Ended[] {
  const open = new Map<string, number>()
  const ended: Ended[] = []
  for (const { process, type, f, value, time } of history) {
    const at = (time ?? 0) / 1e6
    if (process === 'nemesis' || at > beforeMs) continue
    if (type === 'invoke') open.set(String(process), at)
    else {
      const from = open.get(String(process)) ?? at
      ended.push({ process: String(process), f, value, outcome: type, from, until: at })
    }
  }
  return ended
}

/** The last view that each node had, of those that ever had one, at the latest at a time. */
export function viewsIn(run: Run, untilMs = Infinity): ReadonlyMap<string, View> {
  const views = new Map<string, View>()
  for (const { node, view, time } of run.trace) {
    if (time / 1000 > untilMs) break
    if (node !== undefined && view !== undefined) views.set(node, view as View)
  }
  return views
}

export type View = Readonly<Record<string, unknown>>

/** `n1`, `n2`, ... */
export function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `n${at + 1}`)
}

/** All subsets of a list that have so many members. */
export function subsets<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  )
}

/** Each node down from the beginning, for ever. */
export function down(nodes: readonly string[]): readonly Fault[] {
  return nodes.map((node) => ({ type: 'crash', node, at: 0 }))
}
