import type { System } from '../system.ts'
import { hashOf, ownerOf } from './hash.ts'
import { lettersTo, numberStates } from './number-states.ts'
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
  /** Gives the new states their numbers, the first of which is `count`. */
  settle(chunks: number, count: number): void
}

/** How many letters one worker wrote to another up to the end of a chunk. */
const endOf = (memory: SharedMemory, writer: number, owner: number, chunk: number) =>
  memory.chunkEnds[(writer * memory.workers + owner) * MOST_CHUNKS + chunk]!

/** And how many before it. */
const startOf = (memory: SharedMemory, writer: number, owner: number, chunk: number) =>
  memory.chunkStarts[(writer * memory.workers + owner) * MOST_CHUNKS + chunk]!

export function readLetters(
  system: System,
  memory: SharedMemory,
  self: number,
  tally: Tally,
): Reader {
  const { workers, words, actions, states, parents, mail, control } = memory
  const { chunkTakers, newCounts, newPlaces } = memory
  const letter = words + ENVELOPE
  const most = workers * memory.letters
  const boxes = Array.from({ length: workers }, (_, writer) => mailbox(memory, writer, self))
  const owned = new OwnedStates(memory)
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
      owned.reserve(lettersTo(memory, self, chunks))
      found = 0
      for (let chunk = 0; chunk < chunks; chunk++) {
        const writer = chunkTakers[chunk]!
        const before = found
        const end = endOf(memory, writer, self, chunk)
        const stop = boxes[writer]! + end * letter
        let address = boxes[writer]! + startOf(memory, writer, self, chunk) * letter
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
        newCounts[self * MOST_CHUNKS + chunk] = found - before
      }
    },

    settle: (chunks, count) => {
      numberStates(memory, self, chunks, count, (mine, number) => {
        const address = letters[mine]!
        const at = number * words
        for (let word = 0; word < words; word++) states[at + word] = mail[address + word]!
        parents[number] = mail[address + words + 2]!
        owned.settle(cells[mine]!, number)
      })
    },
  }
}
