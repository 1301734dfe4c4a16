/**
 * Protocols in which everybody tells everything: processes write all they know and read what others
 * wrote. What they know at the end, their view, decides; any other protocol over registers
 * with as many accesses decides by less. Views that occur together must be decided alike. If all
 * views hang together, then the process that ran alone and the others that ran alone decide alike,
 * and that is no consensus.
 */
import { Interner } from '../../core/json.ts'
import { Components } from './components.ts'

export interface ViewComplex {
  /** Interleavings, or facets of the complex: sets of views that occur together. */
  readonly runs: number
  readonly views: number
  readonly components: number
}

/**
 * Two processes, which so many times write their own register and read that of the other, in every
 * interleaving.
 */
export function writeAndRead(rounds: number): ViewComplex {
  const steps = 2 * rounds
  const views = new Interner()
  const pairs: [number, number][] = []
  const none = views.id('nothing')
  const known: [number, number] = [views.id('input of 0'), views.id('input of 1')]
  const written: [number, number] = [none, none]
  const done: [number, number] = [0, 0]
  const walk = (): void => {
    if (done[0] === steps && done[1] === steps) pairs.push([known[0], known[1]])
    for (const self of [0, 1] as const) {
      if (done[self] === steps) continue
      const [before, register] = [known[self], written[self]]
      if (done[self] % 2 === 0) written[self] = known[self]
      else known[self] = views.id([self, known[self], written[self === 0 ? 1 : 0]])
      done[self]++
      walk()
      done[self]--
      known[self] = before
      written[self] = register
    }
  }
  // As deep as there are accesses.
  walk()
  return measured(pairs)
}

/**
 * The iterated immediate snapshot model (Borowsky and Gafni 1993): in each round the processes
 * write together in blocks, one block after the other, and each sees what its own block and those
 * before it wrote. Each round has memory of its own.
 */
export function immediateSnapshots(processes: number, rounds: number): ViewComplex {
  const views = new Interner()
  const everybody = Array.from({ length: processes }, (_, process) => process)
  const orders = [...blocksOf(everybody)]
  let facets: readonly (readonly number[])[] = [everybody.map((self) => views.id([self]))]
  for (let round = 0; round < rounds; round++) {
    facets = facets.flatMap((facet) =>
      orders.map((blocks) => {
        const next = new Array<number>(processes).fill(0)
        const seen: number[] = []
        for (const block of blocks) {
          seen.push(...block)
          const wrote = seen.toSorted((a, b) => a - b).map((each) => facet[each] ?? -1)
          for (const self of block) next[self] = views.id([round, self, wrote])
        }
        return next
      }),
    )
  }
  return measured(facets)
}

/** All ways to put some processes into a row of blocks. */
function* blocksOf(processes: readonly number[]): Generator<readonly (readonly number[])[]> {
  if (processes.length === 0) {
    yield []
    return
  }
  for (let chosen = 1; chosen < 1 << processes.length; chosen++) {
    const inBlock = (at: number): boolean => ((chosen >> at) & 1) === 1
    const block = processes.filter((_, at) => inBlock(at))
    const rest = processes.filter((_, at) => !inBlock(at))
    for (const others of blocksOf(rest)) yield [block, ...others]
  }
}

/** Views that are never all the same process's: numbers of views tell whose they are. */
function measured(facets: readonly (readonly number[])[]): ViewComplex {
  const vertices = new Map<number, number>()
  for (const facet of facets)
    for (const view of facet) if (!vertices.has(view)) vertices.set(view, vertices.size)
  const ties = new Components(vertices.size)
  let components = vertices.size
  for (const facet of facets) {
    const [first = 0] = facet
    for (const view of facet) {
      if (ties.join(vertices.get(first) ?? 0, vertices.get(view) ?? 0)) components--
    }
  }
  return { runs: facets.length, views: vertices.size, components }
}
