import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import type { CrashFault, Fault, FaultType, NodeId, Tolerates } from '../node/index.ts'
import { faultTypes } from '../node/index.ts'
import { mixed } from './draws.ts'

/** For which seed and nodes faults are drawn, and which; times are in milliseconds. */
export interface FaultsWanted {
  readonly seed: number
  readonly nodes: readonly NodeId[]
  readonly forMs: number
  readonly tolerates: Tolerates
  /** Default: all that is tolerated. */
  readonly types?: readonly FaultType[]
}

/** The types of faults that a protocol claims to survive. */
export function toleratedFaults(tolerates: Tolerates): FaultType[] {
  const { crashes, pauses, partitions, reordering, loss, duplication } = tolerates
  const { diskFull, clockSkew, clockJumps } = tolerates
  // Whoever survives any of these makes no claim about how fast things are.
  const patient = [pauses, partitions, reordering].includes(true)
  const claims: Readonly<Record<FaultType, boolean>> = {
    crash: crashes !== undefined && crashes !== 0,
    pause: pauses === true,
    partition: partitions === true,
    clog: patient,
    loss: loss === true,
    duplicate: duplication === true,
    delay: patient,
    'disk-full': diskFull === true,
    'disk-slow': diskFull === true || patient,
    'clock-skew': clockSkew !== undefined && clockSkew > 0,
    'clock-jump': clockJumps === true,
  }
  return faultTypes.filter((type) => claims[type])
}

/**
 * Faults of a seed, as a swarm: each type is there in half of all seeds only, as what one fault
 * shows another may hide; some seeds have none. Each type has a random stream of its own, so
 * leaving one out leaves the others as they are.
 */
export function drawFaults(wanted: FaultsWanted): Fault[] {
  const { seed, tolerates, types = toleratedFaults(tolerates) } = wanted
  const faults: Fault[] = []
  if (streamOf(seed, 0).chance(1, 12)) return faults
  for (const [index, type] of faultTypes.entries()) {
    if (!types.includes(type)) continue
    const random = streamOf(seed, index + 1)
    if (random.chance(1, 2)) faults.push(...drawnOf(type, random, wanted))
  }
  return faults.sort((a, b) => a.at - b.at)
}

function streamOf(seed: number, purpose: number): Random {
  return seeded(mixed(mixed(seed | 0, Math.floor(seed / 2 ** 32) | 0), 1000 + purpose))
}

function drawnOf(type: FaultType, random: Random, wanted: FaultsWanted): Fault[] {
  const { nodes, forMs, tolerates } = wanted
  if (type === 'crash') return drawnCrashes(random, wanted)
  if (type === 'disk-slow') return drawnSlowness(random, nodes, forMs)
  const spans = drawnSpans(random, forMs)
  switch (type) {
    case 'pause':
    case 'disk-full':
      return spans.map((span) => ({ type, node: random.pick(nodes), ...span }))
    case 'clock-skew': {
      const most = tolerates.clockSkew ?? 10
      return random
        .shuffle(nodes)
        .slice(0, random.int(1, nodes.length))
        .map((node) => ({
          type,
          node,
          percent: random.int(1, most) * (random.chance(1, 2) ? 1 : -1),
          at: random.chance(1, 2) ? 0 : random.int(0, forMs),
        }))
    }
    case 'clock-jump':
      return spans.map(({ at }) => ({
        type,
        node: random.pick(nodes),
        ms: random.pick([10, 100, 1000, 10_000]) * (random.chance(1, 2) ? 1 : -1),
        at,
      }))
    case 'loss':
      return spans.map((span) => ({
        type,
        ...drawnLinks(random, nodes),
        ...amount(random, 30),
        ...span,
      }))
    case 'duplicate':
      return spans.map((span) => ({
        type,
        ...drawnLinks(random, nodes),
        ...amount(random, 50),
        ...span,
      }))
    case 'delay':
      return spans.map((span) => ({
        type,
        ...drawnLinks(random, nodes),
        amount: random.pick([20, 100, 500]),
        ...span,
      }))
    case 'partition':
    case 'clog':
      return spans.map((span) => ({ type, ...drawnLinks(random, nodes), ...span }))
  }
}

function amount(random: Random, most: number): { amount: number } {
  return { amount: random.int(1, most) }
}

/** How often something happens in a run, and how long it lasts each time. */
interface Style {
  readonly count: number
  /** The longest, in milliseconds. */
  readonly longest: number
}

/** A few times, for a short while or long; or all the time, and short. */
function drawnStyle(random: Random, forMs: number): Style {
  const many = random.chance(1, 3)
  const longest = random.pick([30, 150, many ? 300 : Math.max(300, Math.floor(forMs / 2))])
  return { count: many ? random.int(8, 25) : random.pick([1, 1, 2, 3, 5]), longest }
}

function drawnSpans(random: Random, forMs: number): { at: number; until: number }[] {
  const style = drawnStyle(random, forMs)
  return Array.from({ length: style.count }, () => {
    const at = random.int(0, Math.max(0, forMs - 1))
    return { at, until: at + drawnLength(random, style) }
  })
}

function drawnLength(random: Random, { longest }: Style): number {
  return random.int(1, longest)
}

/** Now and then a disk is slow; or all are, all the time, so that crashes find much to lose. */
function drawnSlowness(random: Random, nodes: readonly NodeId[], forMs: number): Fault[] {
  if (random.chance(1, 2)) {
    const ms = random.pick([20, 50, 100])
    return nodes.map((node) => ({ type: 'disk-slow', node, ms, at: 0, until: forMs }))
  }
  return drawnSpans(random, forMs).map((span) => {
    return { type: 'disk-slow', node: random.pick(nodes), ms: random.pick([5, 20, 100]), ...span }
  })
}

/** Who is cut off from whom: halves, one alone, one direction only, all links or a single one. */
function drawnLinks(
  random: Random,
  nodes: readonly NodeId[],
): { from: NodeId[]; to: NodeId[]; both: boolean } {
  const order = random.shuffle(nodes)
  if (nodes.length < 2) return { from: order, to: order, both: true }
  switch (random.int(0, 3)) {
    case 0:
      return { from: order.slice(0, 1), to: order.slice(1), both: random.chance(2, 3) }
    case 1:
      return { from: order.slice(0, 1), to: order.slice(1, 2), both: random.chance(1, 2) }
    case 2: {
      // One node in the middle still reaches both sides.
      const half = Math.max(1, (nodes.length - 1) >> 1)
      const to = order.slice(half + 1)
      return { from: order.slice(0, half), to: to.length > 0 ? to : order.slice(-1), both: true }
    }
    default: {
      const size = random.int(1, nodes.length - 1)
      return { from: order.slice(0, size), to: order.slice(size), both: random.chance(2, 3) }
    }
  }
}

/** Crashes of which never more happen at the same time than are tolerated. */
function drawnCrashes(random: Random, { nodes, forMs, tolerates }: FaultsWanted): Fault[] {
  const restarts = tolerates.restarts === true
  const disks: CrashFault['disk'][] = ['keep', 'lose', 'lose', 'torn']
  // In most runs disks come back as they should.
  if (tolerates.corruption === true && random.chance(1, 3)) disks.push('corrupt', 'wipe')
  const style = drawnStyle(random, forMs)
  const faults: Crash[] = []
  let last = 1
  for (let drawn = 0; drawn < style.count; drawn++) {
    // Some crash together: what one of them knew the others may have known.
    const together = random.chance(1, 4)
    const at = together ? last + random.int(0, 10) : random.int(1, Math.max(1, forMs - 1))
    last = at
    const length = drawnLength(random, style)
    const node = random.pick(nodes)
    const disk = random.pick(disks)
    const crash: Crash = {
      type: 'crash',
      node,
      ...(disk === undefined ? {} : { disk }),
      at,
      ...(restarts ? { until: at + length } : {}),
    }
    if (isTolerated(crash, faults, tolerates, nodes.length)) faults.push(crash)
  }
  return faults
}

type Crash = Extract<Fault, { type: 'crash' }>

/** Whether a crash still leaves enough nodes up, at any time, beside those that are planned. */
export function isTolerated(
  crash: Crash,
  planned: readonly Fault[],
  tolerates: Tolerates,
  nodes: number,
): boolean {
  const rivals = planned.filter(
    (other): other is Crash =>
      other.type === 'crash' && other.at < upAgain(crash) && crash.at < upAgain(other),
  )
  if (rivals.some(({ node }) => node === crash.node)) return false
  return new Set(rivals.map(({ node }) => node)).size < mostDown(tolerates, nodes)
}

/** A node whose disk is harmed counts as down, as nobody knows how long it needs the others. */
function upAgain({ disk, until }: Crash): number {
  return disk === 'corrupt' || disk === 'wipe' ? Infinity : (until ?? Infinity)
}

function mostDown({ crashes = 'minority', restarts }: Tolerates, nodes: number): number {
  // When everybody is gone for ever there is nothing left to see.
  if (crashes === 'any') return restarts === true ? nodes : nodes - 1
  return crashes === 'minority' ? (nodes - 1) >> 1 : crashes
}
