import type { Budget } from '../core/budget.ts'
import type { Invariant } from '../core/invariant.ts'
import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import type { AnyProtocol, Fault, FaultType, Options, Workload } from '../node/index.ts'
import { drawFaults, toleratedFaults } from './draw-faults.ts'
import { drawStorm } from './draw-storm.ts'
import { mixed } from './draws.ts'
import type { Aim, Clients, DiskSpeed, Network, Simulation } from './simulation.ts'

/** What is simulated, for any seed. An entry of a suite is one of these. */
export interface Simulated {
  /** Default: the name of the protocol. */
  readonly name?: string
  readonly protocol: AnyProtocol
  readonly options?: Options
  readonly mutant?: string
  readonly nodes: number
  readonly workload: Workload
  readonly invariants: readonly Invariant[]
  /** Default: all that the protocol tolerates. */
  readonly faults?: readonly FaultType[]
  /** Faults come as storms, and the network is fast without them: see `drawStorm`. */
  readonly storms?: boolean
  readonly recovers?: boolean
}

/** What is not left to the seed. */
export interface Given {
  readonly faults?: readonly Fault[]
  readonly forMs?: number
  readonly clients?: number
  readonly rate?: number
  /** Default: 200. */
  readonly operations?: number
  readonly network?: Network
  readonly disk?: DiskSpeed
  readonly recoverMs?: number
  readonly wire?: boolean
  readonly strict?: boolean
  readonly trace?: boolean
  readonly record?: boolean
  readonly budget?: Budget
}

const OPERATIONS = 200
const STORMY_OPERATIONS = 600
/** What a network is like between storms. */
const FAST: Network = { delayMs: [0.1, 2] }

/**
 * The simulation of a seed: how long, how many clients, how fast they are, what the network and the
 * disks are like and which faults happen are all drawn, within what the protocol tolerates.
 */
export function drawSimulation(simulated: Simulated, seed: number, given: Given = {}): Simulation {
  const { protocol, options, mutant, nodes, workload, invariants, recovers } = simulated
  const { storms = false } = simulated
  const { wire, strict, trace, record, budget, recoverMs } = given
  const types = simulated.faults ?? toleratedFaults(protocol.tolerates)
  const random = (purpose: number): Random =>
    seeded(mixed(mixed(seed | 0, Math.floor(seed / 2 ** 32) | 0), 2000 + purpose))
  const forMs = given.forMs ?? random(1).pick([2000, 4000, 8000])
  const names = Array.from({ length: nodes }, (_, at) => `n${at + 1}`)
  return {
    name: simulated.name ?? protocol.name,
    ...(options === undefined ? {} : { options }),
    ...(mutant === undefined ? {} : { mutant }),
    program: protocol.make(options, mutant),
    tolerates: protocol.tolerates,
    nodes,
    seed,
    workload,
    clients: {
      ...drawnClients(random(2), protocol, nodes, forMs, given),
      ...(storms ? drawnPace(random(6), given) : {}),
    },
    forMs,
    network: given.network ?? (storms ? FAST : drawnNetwork(random(3), types)),
    disk: given.disk ?? drawnDisk(random(4)),
    faults:
      given.faults ??
      (storms ? drawStorm : drawFaults)({
        ...{ seed, nodes: names, forMs, types },
        tolerates: protocol.tolerates,
      }),
    ...(storms ? {} : drawnAim(random(5), protocol, types, given)),
    ...(given.faults === undefined ? { spares: true } : {}),
    invariants,
    ...(recovers === undefined ? {} : { recovers }),
    ...(recoverMs === undefined ? {} : { recoverMs }),
    ...(wire === undefined ? {} : { wire }),
    ...(strict === undefined ? {} : { strict }),
    ...(trace === undefined ? {} : { trace }),
    ...(record === undefined ? {} : { record }),
    ...(budget === undefined ? {} : { budget }),
  }
}

function drawnClients(
  random: Random,
  { clients: policy = 'any', sessions }: AnyProtocol,
  nodes: number,
  forMs: number,
  given: Given,
): Clients {
  const operations = given.operations ?? OPERATIONS
  const count = random.int(2, 6)
  // In bursts at the beginning, or evenly over the whole time.
  const spread = random.pick([forMs, Math.ceil(forMs / 2), Math.ceil(forMs / 8)])
  const wanted = random.pick([20, 60, OPERATIONS])
  const timeoutMs = random.pick([300, 1000, 3000])
  const againMs = random.pick([undefined, 100, 500])
  return {
    count: given.clients ?? (policy === 'own' ? nodes : count),
    policy,
    ...(policy === 'own' ? {} : { timeoutMs }),
    ...(policy === 'own' || sessions !== true || againMs === undefined ? {} : { againMs }),
    rate: given.rate ?? Math.max(1, Math.round((wanted * 1000) / spread)),
    operations,
  }
}

/** Storms go on all the time, and so do clients: there must be something to lose. */
function drawnPace(random: Random, given: Given): Pick<Clients, 'rate' | 'operations'> {
  const rate = given.rate ?? random.pick([30, 60, 150])
  return { rate, operations: given.operations ?? STORMY_OPERATIONS }
}

/** In some runs nodes crash when it hurts most: just after they have promised something. */
function drawnAim(
  random: Random,
  { tolerates }: AnyProtocol,
  types: readonly FaultType[],
  { faults }: Given,
): { aim?: Aim } {
  const crashes = random.int(3, 20)
  const aim = { oneIn: random.pick([5, 20, 100]), crashes, downMs: random.pick([10, 50, 300]) }
  const isWanted = faults === undefined && types.includes('crash') && tolerates.restarts === true
  return isWanted && random.chance(2, 5) ? { aim } : {}
}

function drawnNetwork(random: Random, types: readonly FaultType[]): Network {
  const least = random.pick([0.1, 1, 2])
  // Timeouts are worth nothing in some runs, where nobody relies on them.
  const slow = types.includes('delay') ? [25, 100] : []
  const most = least + random.pick([0.5, 3, 10, ...slow])
  const loss = random.pick([0, 0, 1, 5])
  const double = random.pick([0, 0, 1, 10])
  return {
    delayMs: [least, most],
    lossPercent: types.includes('loss') ? loss : 0,
    duplicatePercent: types.includes('duplicate') ? double : 0,
  }
}

function drawnDisk(random: Random): DiskSpeed {
  const least = random.pick([0.1, 1])
  return { writeMs: [least, least + random.pick([0, 1, 5, 15])] }
}
