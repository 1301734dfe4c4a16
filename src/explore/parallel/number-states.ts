import type { SharedMemory } from './shared-memory.ts'
import { MOST_CHUNKS } from './shared-memory.ts'

/** How many letters were written to an owner in this round. */
export function lettersTo(memory: SharedMemory, owner: number, chunks: number): number {
  const { workers, chunkEnds, chunkTakers } = memory
  const lengths = new Int32Array(workers)
  for (let chunk = 0; chunk < chunks; chunk++) {
    const writer = chunkTakers[chunk]!
    const end = chunkEnds[(writer * workers + owner) * MOST_CHUNKS + chunk]!
    // Chunks that are written again come behind later ones.
    lengths[writer] = Math.max(lengths[writer]!, end)
  }
  return lengths.reduce((sum, length) => sum + length, 0)
}

/** How many states are new in this round, and of how many letters, for all owners together. */
export function roundSums(memory: SharedMemory, chunks: number) {
  let added = 0
  let letters = 0
  for (let owner = 0; owner < memory.workers; owner++) {
    letters += lettersTo(memory, owner, chunks)
    for (let chunk = 0; chunk < chunks; chunk++)
      added += memory.newCounts[owner * MOST_CHUNKS + chunk]!
  }
  return { added, letters }
}

/**
 * The numbers of the new states of one owner, the first number of the round being `count`: before
 * each state come all that were found in earlier chunks or earlier in its chunk, whoever owns them.
 */
export function numberStates(
  { workers, letters, newCounts, newPlaces }: SharedMemory,
  self: number,
  chunks: number,
  count: number,
  settle: (mine: number, number: number) => void,
): void {
  const most = workers * letters
  /** Of each owner: how many new states come before, and how many to the end of the chunk. */
  const passed = new Int32Array(workers)
  const ends = new Int32Array(workers)
  let number = count
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let owner = 0; owner < workers; owner++)
      ends[owner] = ends[owner]! + newCounts[owner * MOST_CHUNKS + chunk]!
    for (let mine = passed[self]!; mine < ends[self]!; mine++) {
      const place = newPlaces[self * most + mine]!
      for (let owner = 0; owner < workers; owner++) {
        if (owner === self) continue
        let at = passed[owner]!
        while (at < ends[owner]! && newPlaces[owner * most + at]! < place) {
          at++
          number++
        }
        passed[owner] = at
      }
      settle(mine, number++)
    }
    for (let owner = 0; owner < workers; owner++) {
      if (owner !== self) number += ends[owner]! - passed[owner]!
      passed[owner] = ends[owner]!
    }
  }
}
