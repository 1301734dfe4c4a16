import type { QuorumSystem } from '../../../src/quorum/system.ts'

/** The names of every set of live nodes of a small system, with whether reads and writes work. */
export function* liveSets(
  system: QuorumSystem,
): Generator<{ alive: ReadonlySet<string>; reads: boolean; writes: boolean }> {
  const { size, nodes, reads, writes } = system
  for (let bits = 0; bits < 2 ** size; bits++) {
    const alive = Array.from({ length: size }, (_, node) => (bits >> node) & 1)
    yield {
      alive: new Set(nodes.filter((_, node) => alive[node] === 1).map(({ name }) => name)),
      reads: reads.holds(alive),
      writes: writes.holds(alive),
    }
  }
}

/** The live sets in which reads or writes do not work as they should; empty if there are none. */
export function wrongLiveSets(
  system: QuorumSystem,
  reads: (alive: ReadonlySet<string>) => boolean,
  writes = reads,
): readonly string[] {
  return [...liveSets(system)]
    .filter((found) => found.reads !== reads(found.alive) || found.writes !== writes(found.alive))
    .map(({ alive }) => [...alive].join())
}
