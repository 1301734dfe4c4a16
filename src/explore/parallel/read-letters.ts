import type { System } from '../system.ts'
import { hashOf, ownerOf } from './hash.ts'
import { ODD, tellOdd } from './odd.ts'
import { OwnedStates } from './owned-states.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL, ENVELOPE, mailbox, MOST_CHUNKS } from './shared-memory.ts'
import type { Tally } from './tally.ts'
import { claimAt, foundAt } from './tally.ts'

/** What an owner does with the letters that were written to it. */
export interface Reader {
  /** Takes its share of the states that have their numbers already. */
  adopt(count: number): void
  /** Finds out which states are new, and checks those. */
  read(chunks: number): void
  /** How many states are new, and of how many letters, for all owners together. */
  sums(chunks: number): { readonly added: number; readonly letters: number }
  /** Gives the new states their numbers, the first of which is `count`. */
  settle(chunks: number, count: number): void
}

export function readLetters(
  system: System,
  memory: SharedMemory,
  self: number,
  tally: Tally,
): Reader {
  const { workers, words, actions, states, parents, mail, control } = memory
  const { chunkEnds, chunkTakers, newCounts, newPlaces } = memory
  const letter = words + ENVELOPE
  const most = workers * memory.letters
  const boxes = Array.from({ length: workers }, (_, writer) => mailbox(memory, writer, self))
  const owned = new OwnedStates(memory)
  /** Of each new state: its cell in the table, and its letter. */
  const cells = new Int32Array(most)
  const letters = new Int32Array(most)
  const unseen = new Set(system.sometimes.keys())
  const runner = system.runner(() => false)
  let found = 0

  const check = (address: number) => {
    runner.load(mail, address)
    if (runner.falseInvariant() >= 0) tellOdd(control, CONTROL.oddReading, ODD.found)
    for (const claim of unseen) {
      if (!runner.sometimes(claim)) continue
      unseen.delete(claim)
      tally[claimAt(actions, claim)] = 1
    }
  }
  const endOf = (writer: number, chunk: number) =>
    chunkEnds[(writer * workers + self) * MOST_CHUNKS + chunk]!

  return {
    adopt: (count) => {
      for (let number = 0; number < count; number++) {
        const hash = hashOf(states, words, number * words)
        if (ownerOf(hash, workers) !== self) continue
        owned.reserve(1)
        owned.adopt(number, hash)
      }
    },

    read: (chunks) => {
      const next = new Int32Array(workers)
      const last = new Int32Array(workers)
      for (let chunk = 0; chunk < chunks; chunk++) {
        const writer = chunkTakers[chunk]!
        last[writer] = endOf(writer, chunk)
      }
      owned.reserve(last.reduce((sum, end) => sum + end, 0))
      found = 0
      for (let chunk = 0; chunk < chunks; chunk++) {
        const writer = chunkTakers[chunk]!
        const before = found
        const stop = boxes[writer]! + endOf(writer, chunk) * letter
        let address = boxes[writer]! + next[writer]! * letter
        for (; address < stop; address += letter) {
          const cell = owned.add(address, mail[address + words]!)
          if (cell < 0) continue
          newPlaces[self * most + found] = mail[address + words + 1]!
          cells[found] = cell
          letters[found] = address
          found++
          tally[foundAt(mail[address + words + 3]!)]!++
          check(address)
        }
        next[writer] = endOf(writer, chunk)
        newCounts[self * MOST_CHUNKS + chunk] = found - before
      }
    },

    sums: (chunks) => {
      let added = 0
      let letters = 0
      const lengths = new Int32Array(workers)
      for (let owner = 0; owner < workers; owner++) {
        lengths.fill(0)
        for (let chunk = 0; chunk < chunks; chunk++) {
          const writer = chunkTakers[chunk]!
          added += newCounts[owner * MOST_CHUNKS + chunk]!
          lengths[writer] = chunkEnds[(writer * workers + owner) * MOST_CHUNKS + chunk]!
        }
        for (const length of lengths) letters += length
      }
      return { added, letters }
    },

    settle: (chunks, count) => {
      // How many new states of each owner come before.
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
          const address = letters[mine]!
          for (let word = 0; word < words; word++)
            states[number * words + word] = mail[address + word]!
          parents[number] = mail[address + words + 2]!
          owned.settle(cells[mine]!, number)
          number++
        }
        for (let owner = 0; owner < workers; owner++) {
          if (owner !== self) number += ends[owner]! - passed[owner]!
          passed[owner] = ends[owner]!
        }
      }
    },
  }
}
