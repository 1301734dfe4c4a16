import type { System } from '../system.ts'
import { hashOf, ownerOf } from './hash.ts'
import { ODD, tellOdd } from './odd.ts'
import type { Round } from './rounds.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL, ENVELOPE, mailbox, MOST_CHUNKS } from './shared-memory.ts'
import type { Tally } from './tally.ts'
import { cutAt, idleAt, takenAt } from './tally.ts'

/** Goes on from the states of chunks, and writes each successor to its owner. */
export interface Writer {
  /** Forgets the letters of the last round. */
  begin(): void
  /** Goes on from the states of a chunk. */
  write(round: Round, chunk: number): void
}

export function writeLetters(
  system: System,
  memory: SharedMemory,
  self: number,
  tally: Tally,
): Writer {
  const { workers, words, actions, claims, states, mail, control } = memory
  const letter = words + ENVELOPE
  const boxes = Array.from({ length: workers }, (_, owner) => mailbox(memory, self, owner))
  const starts = Int32Array.from(boxes)
  const lengths = new Int32Array(workers)
  let from = -1
  let place = 0

  const runner = system.runner((action) => {
    tally[takenAt(action)]!++
    const found = place++
    if (!runner.within()) {
      tally[cutAt(actions, claims)] = 1
      if (runner.falseInvariant() >= 0) tellOdd(control, CONTROL.oddWriting, ODD.found)
      return false
    }
    const out = runner.out
    if (from >= 0) {
      let word = 0
      while (word < words && out[word] === states[from * words + word]) word++
      if (word === words) {
        tally[idleAt(action)]!++
        return false
      }
    }
    const hash = hashOf(out, words)
    const owner = ownerOf(hash, workers)
    const written = lengths[owner]!
    if (written === memory.letters) {
      tellOdd(control, CONTROL.oddWriting, ODD.mail)
      return false
    }
    lengths[owner] = written + 1
    const address = starts[owner]! + written * letter
    for (let word = 0; word < words; word++) mail[address + word] = out[word]!
    mail[address + words] = hash
    mail[address + words + 1] = found
    mail[address + words + 2] = from
    mail[address + words + 3] = action
    return false
  })

  const expand = (first: number, end: number) => {
    for (from = first; from < end; from++) {
      if (runner.expand(states, from * words) > 0) continue
      runner.load(states, from * words)
      if (!runner.mayEnd()) tellOdd(control, CONTROL.oddWriting, ODD.found)
    }
  }
  return {
    begin: () => {
      lengths.fill(0)
    },
    write: (round, chunk) => {
      place = 0
      if (round.from < 0) {
        from = -1
        runner.initial()
      } else {
        const first = round.from + chunk * round.size
        expand(first, Math.min(first + round.size, round.end))
      }
      closeChunk(memory, self, chunk, lengths)
    },
  }
}

/** Tells the owners where the letters of a chunk end. */
function closeChunk(
  { workers, chunkEnds, chunkTakers }: SharedMemory,
  self: number,
  chunk: number,
  lengths: Int32Array,
): void {
  chunkTakers[chunk] = self
  for (let owner = 0; owner < workers; owner++)
    chunkEnds[(self * workers + owner) * MOST_CHUNKS + chunk] = lengths[owner]!
}
