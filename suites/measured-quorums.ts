import { abd } from '../impls/registers/abd.ts'
import type { Random } from '../src/core/random.ts'
import { seeded } from '../src/core/random.ts'
import type { TraceStep } from '../src/core/trace.ts'
import type { Fault, NodeId, Workload } from '../src/node/index.ts'
import { failureProbability, load, parseSystem } from '../src/quorum/index.ts'
import { simulate } from '../src/simulate/index.ts'
import type { Simulation } from '../src/simulate/index.ts'

/** A share that was measured, and what it should be. */
export interface MeasuredShare {
  readonly of: string
  readonly computed: number
  readonly measured: number
  /** What is measured lies between these but once in 15,000 times, if what is computed is right. */
  readonly low: number
  readonly high: number
}

export interface MeasuredQuorums {
  readonly system: string
  readonly operations: number
  /** How many quorums were asked, not counting those that were asked again. */
  readonly accesses: number
  /** Of each node: how many of the quorums that were asked it is in. Computed: the load. */
  readonly loads: readonly MeasuredShare[]
  /** Operations that found no quorum alive. Computed: the failure probability F. */
  readonly failures: MeasuredShare
  /** Messages to nodes for one access, with those that are sent again because of crashes. */
  readonly messages: number
}

/** Four standard deviations. */
const DEVIATIONS = 4

/**
 * Runs operations of ABD over a quorum system, each on a cluster of its own in which every node is
 * down with this probability, and puts what was measured beside what is computed from the system
 * alone. Quorums are drawn from all minimal ones, each as likely: the best strategy where nodes
 * can be exchanged for each other, as in all systems that are compared here.
 *
 * @param downPercent the probability in percent, a whole number
 */
export async function measureQuorums(
  text: string,
  { operations = 100_000, downPercent = 10, seed = 1 } = {},
): Promise<MeasuredQuorums> {
  const system = parseSystem(text)
  const names = Array.from({ length: system.size }, (_, at) => `n${at + 1}`)
  const program = abd.make({ quorums: text, contact: 'quorum', retryMs: RETRY_MS })
  const random = seeded(seed)
  const asked = new Map<NodeId, number>(names.map((name) => [name, 0]))
  let accesses = 0
  let messages = 0
  let failed = 0
  for (let operation = 0; operation < operations; operation++) {
    const run = simulate({
      ...cluster(random, names, downPercent),
      // Nothing is healed: the run ends with the only operation.
      program: { ...program, enough: () => false },
    })
    if (!run.history.some(({ type }) => type === 'ok')) failed++
    for (const { nodes, again } of questionsOf(run.trace)) {
      messages += nodes.length
      if (again) continue
      accesses++
      for (const node of nodes) asked.set(node, (asked.get(node) ?? 0) + 1)
    }
  }
  const { value: computed } = await load(system, { readFraction: '1/2' })
  const chance = failureProbability(system, { down: `${downPercent}/100` }).value
  return {
    system: system.name,
    operations,
    accesses,
    loads: names.map((name) => share(name, computed, asked.get(name) ?? 0, accesses)),
    failures: share('failed', chance, failed, operations),
    messages: messages / accesses,
  }
}

export function isWithin({ measured, low, high }: MeasuredShare): boolean {
  return low <= measured && measured <= high
}

const RETRY_MS = 10
const PATIENCE_MS = 1000

/** One client that asks once, of nodes that are up or not for the whole time. */
function cluster(
  random: Random,
  names: readonly NodeId[],
  downPercent: number,
): Omit<Simulation, 'program'> {
  const down = names.filter(() => random.chance(downPercent, 100))
  const f = random.chance(1, 2) ? 'read' : 'write'
  return {
    name: 'abd',
    tolerates: {},
    nodes: names.length,
    seed: random.int(0, 2 ** 31 - 1),
    workload: once(f),
    clients: { count: 1, policy: 'any', rate: 1000, operations: 1, timeoutMs: PATIENCE_MS },
    forMs: PATIENCE_MS + 100,
    network: { delayMs: [1, 2] },
    disk: { writeMs: [1, 1] },
    faults: down.map((node): Fault => ({ type: 'crash', node, disk: 'keep', at: 0 })),
    invariants: [],
    recovers: false,
    trace: true,
  }
}

function once(f: 'read' | 'write'): Workload {
  return {
    name: 'once',
    about: 'one operation',
    condition: 'none',
    client: () => ({ next: () => ({ f, value: f === 'write' ? 1 : null }) }),
  }
}

/** Whom each access asked, at first and again. */
function questionsOf(
  trace: readonly TraceStep[],
): { readonly nodes: readonly NodeId[]; readonly again: boolean }[] {
  return trace.flatMap(({ event, effects }) => {
    const nodes = effects.flatMap((effect) =>
      effect.type === 'send' && isQuestion(effect.message) ? effect.to : [],
    )
    return nodes.length === 0 ? [] : [{ nodes, again: event.type === 'timer' }]
  })
}

function isQuestion(message: unknown): boolean {
  const { type } = message as { type: string }
  return type === 'query' || type === 'store'
}

function share(of: string, computed: number, count: number, total: number): MeasuredShare {
  const most = DEVIATIONS * Math.sqrt((computed * (1 - computed)) / total)
  return { of, computed, measured: count / total, low: computed - most, high: computed + most }
}
