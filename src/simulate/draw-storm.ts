import type { Random } from '../core/random.ts'
import { seeded } from '../core/random.ts'
import type { Fault, FaultType, NodeId } from '../node/index.ts'
import type { FaultsWanted } from './draw-faults.ts'
import { isTolerated, toleratedFaults } from './draw-faults.ts'
import { mixed } from './draws.ts'

/** What storms are drawn with, apart from all that other faults are drawn with. */
const PURPOSE = 3000

/** What a storm is like, in milliseconds. */
interface Weather {
  /** Between two crashes, and how long a node is down at most. */
  readonly every: number
  readonly down: number
  /** For how long before a crash links of the node are slow. */
  readonly lead: number
  /** Between the beginnings of times in which a single link is slow, and how long these last. */
  readonly between: number
  readonly slow: number
  /** How much later than others a message on a slow link is at most. */
  readonly late: number
  /** Whether what is said to a node that will crash is slow too. */
  readonly both: boolean
  /** How long somebody is cut off where there is a crash; 0: nobody is. */
  readonly cut: number
}

/**
 * Faults that belong together, in place of a swarm of independent ones: nodes crash and are back
 * at once, again and again, while what they said before, or what was said to them, is still on its
 * way. That is what finds a node that forgets what it has promised, or that takes an answer to an
 * earlier life for one to this life. Clocks are as wrong as they may be. Nothing happens that the
 * protocol does not tolerate, or that is not among the types that are wanted.
 */
export function drawStorm(wanted: FaultsWanted): Fault[] {
  const { seed, nodes, forMs, tolerates, types = toleratedFaults(tolerates) } = wanted
  const random = seeded(mixed(mixed(seed | 0, Math.floor(seed / 2 ** 32) | 0), PURPOSE))
  const weather = drawnWeather(random)
  const faults: Fault[] = []
  const may = (type: FaultType): boolean => types.includes(type)
  if (may('crash') && tolerates.restarts === true) {
    for (let at = random.int(1, weather.every); at < forMs; at += random.int(1, 2 * weather.every))
      faults.push(...crashAt(at, random, weather, { ...wanted, types }, faults))
  }
  if (may('delay') && nodes.length > 1) {
    const { between, slow, late } = weather
    for (let at = random.int(0, between); at < forMs; at += random.int(1, 2 * between)) {
      const [from, to] = random.shuffle(nodes) as [NodeId, NodeId]
      const until = at + random.int(1, slow)
      faults.push({ type: 'delay', from: [from], to: [to], amount: late, at, until })
    }
  }
  if (may('clock-skew')) {
    const percent = tolerates.clockSkew ?? 0
    for (const node of nodes)
      faults.push({ type: 'clock-skew', node, percent: random.pick([-percent, percent]), at: 0 })
  }
  return faults.sort((a, b) => a.at - b.at)
}

function drawnWeather(random: Random): Weather {
  return {
    every: random.pick([60, 120, 250]),
    down: random.pick([10, 40, 100]),
    lead: random.pick([10, 30]),
    between: random.pick([5, 10, 20, 40]),
    slow: random.pick([30, 80, 200]),
    late: random.pick([150, 300, 600]),
    both: random.chance(1, 2),
    cut: random.pick([0, 40, 150]),
  }
}

/** A crash, and what else happens at its time; nothing where too many would be down. */
function crashAt(
  at: number,
  random: Random,
  weather: Weather,
  { nodes, tolerates, types = [] }: FaultsWanted,
  planned: readonly Fault[],
): Fault[] {
  const { down, lead, late, both } = weather
  const node = random.pick(nodes)
  const others = random.shuffle(nodes.filter((other) => other !== node))
  const crash = { type: 'crash', node, disk: 'lose', at, until: at + random.int(1, down) } as const
  const before = Math.max(0, at - random.int(1, lead))
  const cut = drawnCut(random, weather.cut, node, others)
  if (!isTolerated(crash, planned, tolerates, nodes.length)) return []
  const faults: Fault[] = [crash]
  const links = { from: [node], to: others, both }
  if (others.length > 0 && types.includes('delay'))
    faults.push({ type: 'delay', ...links, amount: late, at: before, until: at })
  if (cut !== undefined && types.includes('partition')) {
    const { ms, ...cutLinks } = cut
    faults.push({ type: 'partition', ...cutLinks, at: before, until: at + ms })
  }
  return faults
}

/** Another node is cut off: from the one that crashes, from one more, or from everybody. */
function drawnCut(
  random: Random,
  longest: number,
  node: NodeId,
  others: readonly NodeId[],
): (LinksCut & { readonly ms: number }) | undefined {
  const [happens, both] = [random.chance(1, 2), random.chance(1, 2)]
  const whom = random.int(0, 2)
  const ms = random.int(1, Math.max(1, longest))
  const [one, two = node] = others
  if (one === undefined || !happens || longest === 0) return undefined
  const to = [[node], [two], [node, ...others.slice(1)]][whom] ?? []
  return { from: [one], to, both, ms }
}

interface LinksCut {
  readonly from: readonly NodeId[]
  readonly to: readonly NodeId[]
  readonly both: boolean
}
