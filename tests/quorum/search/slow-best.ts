import type { Rational } from '../../../src/quorum/rational.ts'
import type { Question } from '../../../src/quorum/search/question.ts'
import { slowLoad } from '../slow-load.ts'

/** A system by its sets of live nodes that are enough for reads; the same of writes. */
export interface SlowSystem {
  readonly reads: readonly boolean[]
  readonly writes: readonly boolean[]
}

/** Every monotone function of n nodes, by trying all tables. Up to 4 nodes. */
export function allSlowSystems(nodes: number): readonly SlowSystem[] {
  const sets = 1 << nodes
  const found: SlowSystem[] = []
  for (let bits = 0; bits < 2 ** sets; bits++) {
    const reads = Array.from({ length: sets }, (_, set) => Math.floor(bits / 2 ** set) % 2 === 1)
    if (isMonotone(reads, nodes)) found.push({ reads, writes: slowDual(reads) })
  }
  return found
}

/** Every read-once threshold expression on some of the nodes, by composing tables. */
export function allSlowReadOnce(nodes: number): readonly SlowSystem[] {
  const tables = new Map<string, boolean[]>()
  const all = Array.from({ length: nodes }, (_, i) => i)
  for (const chosen of subsets(all)) {
    for (const table of expressions(chosen, nodes)) tables.set(table.join(), table)
  }
  return [...tables.values()].map((reads) => ({ reads, writes: slowDual(reads) }))
}

export interface SlowBest {
  readonly load: Rational
  /** The greatest resilience of systems with this load. */
  readonly resilience: number
}

/** The least load of the systems that are resilient enough; undefined if there are none. */
export function slowBestLoad(
  question: Question,
  systems: readonly SlowSystem[],
): SlowBest | undefined {
  const { nodes, size, failures, resilience } = question
  const capacities = {
    read: nodes.map(({ readCapacity }) => readCapacity),
    write: nodes.map(({ writeCapacity }) => writeCapacity),
  }
  let best: SlowBest | undefined
  for (const system of systems) {
    const { reads, writes } = system
    const found = [outlived(reads, size), outlived(writes, size)] as const
    if (found[0] < resilience.read || found[1] < resilience.write) continue
    const load = slowLoad(
      minimal(surviving(reads, failures)),
      minimal(surviving(writes, failures)),
      question.reading,
      capacities,
    )
    const order = best === undefined ? -1 : load.compare(best.load)
    const resilient = Math.min(...found)
    if (order < 0 || (order === 0 && resilient > (best?.resilience ?? 0))) {
      best = { load, resilience: resilient }
    }
  }
  return best
}

/** How many nodes may fail, whichever they are; -1 if there is no quorum at all. */
export function outlived(table: readonly boolean[], nodes: number): number {
  const all = table.length - 1
  for (let count = 0; count <= nodes; count++) {
    const failures = table.map((_, set) => set).filter((set) => bits(set).length === count)
    if (failures.some((failed) => table[all & ~failed] !== true)) return count - 1
  }
  return nodes
}

export function minimal(table: readonly boolean[]): number[] {
  return table.flatMap((holds, set) =>
    holds && bits(set).every((node) => table[set ^ (1 << node)] !== true) ? [set] : [],
  )
}

/** What is enough after any so many failures of its members. */
export function surviving(table: readonly boolean[], failures: number): readonly boolean[] {
  if (failures === 0) return table
  return surviving(
    table.map(
      (holds, set) => holds && bits(set).every((node) => table[set ^ (1 << node)] === true),
    ),
    failures - 1,
  )
}

export function slowDual(table: readonly boolean[]): boolean[] {
  return table.map((_, set) => table[table.length - 1 - set] !== true)
}

function isMonotone(table: readonly boolean[], nodes: number): boolean {
  return table.every((holds, set) => {
    if (!holds) return true
    return Array.from({ length: nodes }, (_, i) => table[set | (1 << i)]).every((above) => above)
  })
}

function bits(set: number): number[] {
  return Array.from({ length: 31 }, (_, i) => i).filter((i) => ((set >>> i) & 1) === 1)
}

/** Not the empty one. */
function subsets(items: readonly number[]): number[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, code) =>
    items.filter((_, i) => (((code + 1) >>> i) & 1) === 1),
  )
}

function expressions(chosen: readonly number[], nodes: number): boolean[][] {
  const sets = Array.from({ length: 1 << nodes }, (_, set) => set)
  const [only, ...others] = chosen
  if (only === undefined) return []
  if (others.length === 0) return [sets.map((set) => ((set >>> only) & 1) === 1)]
  return partitions(chosen)
    .filter((blocks) => blocks.length > 1)
    .flatMap((blocks) => {
      const choices = blocks.reduce<boolean[][][]>(
        (sofar, block) =>
          sofar.flatMap((parts) => expressions(block, nodes).map((part) => [...parts, part])),
        [[]],
      )
      return choices.flatMap((parts) =>
        parts.map((_, at) =>
          sets.map((set) => parts.filter((part) => part[set] === true).length >= at + 1),
        ),
      )
    })
}

function partitions(items: readonly number[]): number[][][] {
  const [first, ...rest] = items
  if (first === undefined) return [[]]
  return partitions(rest).flatMap((blocks) => [
    [[first], ...blocks],
    ...blocks.map((_, at) => blocks.map((block, i) => (i === at ? [first, ...block] : block))),
  ])
}
