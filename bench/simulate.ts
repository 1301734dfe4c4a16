import { raft } from '../impls/raft/raft.ts'
import { abd } from '../impls/registers/abd.ts'
import type { AnyProtocol, Workload } from '../src/node/index.ts'
import type { Run, Simulation } from '../src/simulate/index.ts'
import { simulate } from '../src/simulate/index.ts'
import { kvWorkload, registerWorkload } from '../suites/workloads.ts'
import { warmCpuSeconds } from './measure.ts'
import type { Theme } from './row.ts'
import { atLeast } from './row.ts'

interface Case {
  readonly work: string
  readonly protocol: AnyProtocol
  readonly workload: Workload
  /** Operations of all clients in a simulated second. */
  readonly rate: number
  readonly seconds: number
  readonly bars: boolean
}

const CASES: readonly Case[] = [
  {
    work: 'Raft, 5 nodes, 20 operations/s',
    protocol: raft,
    workload: kvWorkload,
    rate: 20,
    seconds: 200,
    bars: true,
  },
  {
    work: 'Raft, 5 nodes, 500 operations/s',
    protocol: raft,
    workload: kvWorkload,
    rate: 500,
    seconds: 20,
    bars: false,
  },
  {
    work: 'ABD, 5 nodes, 20 operations/s',
    protocol: abd,
    workload: registerWorkload,
    rate: 20,
    seconds: 200,
    bars: false,
  },
]

const NOTE =
  'processor time, one core; disk, 2 % loss, history recorded; ' +
  'a disk writes all that waits for it at once, which is one completion'

/**
 * How many events the simulator handles in a second: deliveries between nodes, timers that run off,
 * and completions of disks. Requests of clients and answers come on top and are not counted.
 */
export const simulator: Theme = async (report) => {
  for (const one of CASES) {
    const simulation = simulationOf(one)
    const run = simulate(simulation)
    const seconds = warmCpuSeconds(one.work, () => void simulate(simulation), 9)
    const { messages, timers, diskCompletions, simulatedMs } = run.stats
    const faults = faultsOf(run, one)
    report({
      work: `${one.work}: events`,
      figure: (messages + timers + diskCompletions) / seconds,
      unit: 'events/s',
      ...(one.bars ? { bar: atLeast(700_000) } : {}),
      faults,
      note: NOTE,
    })
    report({
      work: `${one.work}: simulated time`,
      figure: simulatedMs / 1000 / seconds,
      unit: 'times',
      ...(one.bars ? { bar: atLeast(1000) } : {}),
      faults,
      note: 'simulated seconds in a second of processor time',
    })
    await Promise.resolve()
  }
}

function simulationOf({ protocol, workload, rate, seconds }: Case): Simulation {
  return {
    name: protocol.name,
    program: protocol.make(),
    tolerates: protocol.tolerates,
    nodes: 5,
    seed: 7,
    workload,
    clients: { count: 5, policy: 'any', timeoutMs: 1000, rate },
    forMs: seconds * 1000,
    network: { delayMs: [1, 10], lossPercent: 2 },
    disk: { writeMs: [1, 5] },
    faults: [],
    invariants: [],
  }
}

/** A run in which little gets done would be fast, and worth nothing. */
function faultsOf({ outcome, failure, stats, recovery }: Run, { rate, seconds }: Case): string[] {
  const wanted = rate * seconds * 0.2
  return [
    outcome === 'pass' ? [] : [failure?.sentence ?? 'the budget was used up'],
    recovery.outcome === 'recovered' ? [] : [recovery.outcome],
    stats.ok >= 0.99 * stats.operations && stats.operations >= wanted ? [] : ['too little done'],
  ].flat()
}
