import type { UserError } from '../../src/core/user-error.ts'
import {
  assemblyTime,
  byzantineClass,
  domination,
  failureProbability,
  liveSetCounts,
  load,
  parseSystem,
  quorumNode,
  quorumSetOf,
  Rational,
  resilience,
  smallestQuorum,
  systemOf,
  verifyLoad,
  withNodes,
} from '../../src/quorum/index.ts'
import type { QuorumSet, QuorumSystem } from '../../src/quorum/index.ts'
import { formulaOf, largeText } from './oracle-data.ts'
import type { CoterieEntry, LargeEntry, ReadOnceEntry, ReadWriteEntry } from './oracle-data.ts'

/** What differs, each as a sentence with the name of the system; empty if nothing does. */
export type Faults = readonly string[]

/** Longer lists are not counted one by one. */
const MOST_COUNTED = 20_000

const text = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

function differing(
  id: string,
  pairs: Readonly<Record<string, readonly [unknown, unknown]>>,
): Faults {
  return Object.entries(pairs).flatMap(([what, [found, expected]]) =>
    text(found) === text(expected) ? [] : [`${id}: ${what} ${text(found)}, not ${text(expected)}`],
  )
}

/** Everything that is known of a coterie. */
export async function coterieFaults(system: QuorumSystem, entry: CoterieEntry): Promise<Faults> {
  const { id, n } = entry
  const { exact, certificate } = await load(system, { readFraction: '1/2' })
  const { read, both } = resilience(system)
  const counts = liveSetCounts(system).counts.map(String)
  const failures = Object.entries(entry.failureProbability).flatMap(([down, expected]) =>
    differing(id, { [`F(${down})`]: [exactFailure(system, down), expected.exact] }),
  )
  return [
    ...differing(id, {
      nodes: [system.size, n],
      quorums: [countOf(system.reads, entry.minimalQuorums), entry.minimalQuorums],
      'smallest quorum': [smallestQuorum(system).read, entry.smallestQuorum],
      load: [exact?.toString(), entry.load.exact],
      'load certificate': [verifyLoad(certificate), { ok: true }],
      resilience: [
        [read, both],
        [entry.resilience, entry.resilience],
      ],
      'live sets': [counts, entry.availabilityCounts.map(String)],
    }),
    ...dominationFaults(system, entry, counts),
    ...failures,
    ...timeFaults(system, entry),
    ...byzantineFaults(system, entry),
  ]
}

/** Beyond, the repairs that come with the answer take too long for a test. */
const MOST_REPAIRED = 12

function dominationFaults(
  system: QuorumSystem,
  { id, n, selfDual }: CoterieEntry,
  counts: readonly string[],
): Faults {
  // A set of nodes or else its complement, never both: in pairs the counts are all sets there are.
  const total = counts.reduce((sum, count) => sum + BigInt(count), 0n)
  const dominated =
    n > MOST_REPAIRED || selfDual === undefined ? !selfDual : domination(system).dominated
  return differing(id, {
    dominated: [dominated, !selfDual],
    'own dual': [total === 2n ** BigInt(n - 1), selfDual ?? false],
  })
}

function timeFaults(system: QuorumSystem, { id, meanQuorumTimeExp1 }: CoterieEntry): Faults {
  if (meanQuorumTimeExp1 === undefined) return []
  const { exact } = assemblyTime(system)
  return differing(id, { 'assembly time': [exact?.toString(), meanQuorumTimeExp1.exact] })
}

function byzantineFaults(system: QuorumSystem, entry: CoterieEntry): Faults {
  if (entry.maxDisseminationF === undefined) return []
  const { disseminates, masks } = byzantineClass(system)
  return differing(entry.id, {
    disseminates: [disseminates, Math.max(0, entry.maxDisseminationF)],
    masks: [masks, Math.max(0, entry.maxMaskingF ?? 0)],
  })
}

function exactFailure(
  system: QuorumSystem,
  down: string,
  side: 'read' | 'write' | 'both' = 'both',
): string | undefined {
  return failureProbability(system, { down, side }).exact?.toString()
}

/** The minimal quorums by formula and, where they are not too many, one by one. */
function countOf(set: QuorumSet, expected: number): number | string {
  const told = set.countMinimal?.()
  if (expected > MOST_COUNTED) return Number(told)
  let made = 0
  for (const quorum of set.minimalQuorums()) if (quorum.length > 0) made++
  return told === undefined || Number(told) === made ? made : `${made} made, ${told} told`
}

/** Everything that is known of a read-write system. */
export async function readWriteFaults(bare: QuorumSystem, entry: ReadWriteEntry): Promise<Faults> {
  const { id, n, read, write, both } = entry
  const system = withCapacities(bare, entry.readCapacity, entry.writeCapacity)
  const loads: string[] = []
  for (const [readFraction, expected] of Object.entries(entry.load)) {
    const { exact, certificate } = await load(system, { readFraction })
    const found = [exact?.toString(), verifyLoad(certificate)]
    loads.push(
      ...differing(id, { [`load at ${readFraction}`]: [found, [expected.exact, { ok: true }]] }),
    )
  }
  const resilient = resilience(system)
  const smallest = smallestQuorum(system)
  const sides = (['read', 'write'] as const).flatMap((side) => {
    const known = entry[side]
    const set = side === 'read' ? system.reads : system.writes
    const counts = liveSetCounts(system, { side }).counts.map(String)
    return [
      ...differing(`${id} ${side}`, {
        quorums: [countOf(set, known.minimalQuorums), known.minimalQuorums],
        'smallest quorum': [smallest[side], known.smallest],
        resilience: [resilient[side], known.resilience],
        'live sets': [counts, known.availabilityCounts.map(String)],
      }),
      ...Object.entries(known.failureProbability).flatMap(([down, expected]) =>
        differing(id, {
          [`${side} F(${down})`]: [exactFailure(system, down, side), expected.exact],
        }),
      ),
    ]
  })
  const together = Object.entries(both.failureProbability).flatMap(([down, expected]) => {
    const { value } = failureProbability(system, { down })
    return near(value, expected) ? [] : [`${id}: F(${down}) ${value}, not ${expected}`]
  })
  const counts = liveSetCounts(system).counts.map(String)
  return [
    ...loads,
    ...sides,
    ...together,
    ...differing(id, {
      nodes: [system.size, n],
      resilience: [resilient.both, both.resilience],
      'live sets': [counts, both.availabilityCounts.map(String)],
      // What the smallest set of nodes that stops either side is, by the counts of the entry.
      read: [read.resilience >= both.resilience && write.resilience >= both.resilience, true],
    }),
  ]
}

function withCapacities(
  system: QuorumSystem,
  reads: readonly (string | number)[] | undefined,
  writes: readonly (string | number)[] | undefined,
  failures?: readonly string[],
): QuorumSystem {
  if (reads === undefined || writes === undefined) return system
  const nodes = reads.map((readCapacity, node) => {
    const failure = failures?.[node]
    return quorumNode(`n${node}`, {
      readCapacity,
      writeCapacity: writes[node] ?? 1,
      ...(failure === undefined ? {} : { failure }),
    })
  })
  return withNodes(system, nodes)
}

/** Everything that is known of a random expression with capacities and probabilities. */
export async function readOnceFaults(entry: ReadOnceEntry): Promise<Faults> {
  const { id, n, expr, readCapacity, writeCapacity, nodeFailure } = entry
  const reads = quorumSetOf(formulaOf(expr), n)
  const bare = systemOf({ name: id, size: n, reads, writes: reads.dual() })
  const system = withCapacities(bare, readCapacity, writeCapacity, nodeFailure)
  const resilient = resilience(system)
  const loads: Faults[] = []
  for (const [readFraction, expected] of Object.entries(entry.load)) {
    const { exact, certificate } = await load(system, { readFraction })
    const found = [exact?.toString(), verifyLoad(certificate)]
    loads.push(differing(id, { [`load at ${readFraction}`]: [found, [expected, { ok: true }]] }))
  }
  return [
    ...loads.flat(),
    ...differing(id, {
      reads: [countOf(system.reads, entry.minimalReads), entry.minimalReads],
      writes: [countOf(system.writes, entry.minimalWrites), entry.minimalWrites],
      smallest: [smallestQuorum(system).read, entry.smallestRead],
      'read resilience': [resilient.read, entry.readResilience],
      'write resilience': [resilient.write, entry.writeResilience],
      F: [failureProbability(system, { side: 'read' }).exact?.toString(), entry.readFailure],
    }),
  ]
}

/** Everything that is known of a system far beyond enumeration. */
export async function largeFaults(entry: LargeEntry): Promise<Faults> {
  const system = parseSystem(largeText(entry))
  const id = system.name
  const expected = Rational.from(entry.load).toString()
  const told = Object.entries(entry.F).filter(([, known]) => !cancelled(entry, known))
  const failures = told.flatMap(([down, known]) => {
    const { value, log10 } = failureProbability(system, { down })
    const agrees = near(value, Number(known)) && Math.abs(log10 - log10Of(known)) < 1e-9
    return agrees ? [] : [`${id}: F(${down}) ${value} = 10^${log10}, not ${known}`]
  })
  return [
    ...differing(id, {
      nodes: [system.size, entry.n],
      'smallest quorum': [smallestQuorum(system).read, entry.smallestQuorum],
      load: [await exactOrRefused(system), expected],
      resilience: [resilience(system).both, entry.resilience],
    }),
    ...failures,
  ]
}

/** The load with a verified certificate, or what a refusal says that it is for equal nodes. */
async function exactOrRefused(system: QuorumSystem): Promise<string | undefined> {
  try {
    const { exact, certificate } = await load(system, { readFraction: '1/2' })
    return verifyLoad(certificate).ok ? exact?.toString() : 'not verified'
  } catch (problem) {
    const ratio = /^for equal nodes it is .* = (\S+) /.exec((problem as UserError).hint ?? '')
    return ratio?.[1]
  }
}

/** The entries of B-grids are differences of numbers of 500 digits: what is less is not in them. */
function cancelled({ system }: LargeEntry, known: string): boolean {
  return system.startsWith('bgrid') && log10Of(known) < -480
}

/** To 12 digits. Below the smallest normal double there are fewer of them. */
function near(value: number, expected: number): boolean {
  if (Math.abs(expected) < 1e-300) return value < 1e-290
  return Math.abs(value / expected - 1) < 1e-12
}

/** Of a text like `3.27e-1204`, which no double holds. */
function log10Of(number: string): number {
  const [digits = '', exponent = '0'] = number.split('e')
  return Math.log10(Number(digits)) + Number(exponent)
}
