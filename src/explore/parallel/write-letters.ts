import type { Runner, System } from '../system.ts'
import { NotNumbered } from '../numbering.ts'
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
  /** Goes on from the states of a chunk, and answers whether all that was seen has numbers. */
  write(round: Round, chunk: number): boolean
  /** Goes on from a state only to number what is seen. */
  learn(state: number): void
}

export function writeLetters(
  system: System,
  memory: SharedMemory,
  self: number,
  tally: Tally,
): Writer {
  const { workers, words, states } = memory
  const at: Place = { from: -1, place: 0, learns: false, lengths: new Int32Array(workers) }
  const runner = letterRunner(system, memory, self, tally, at)
  const { lengths } = at
  const before = new Int32Array(workers)
  const counted = tally.slice()
  const expand = (first: number, end: number) => {
    for (at.from = first; at.from < end; at.from++) expandOne(runner, memory, at.from)
  }
  return {
    begin: () => {
      lengths.fill(0)
    },
    write: (round, chunk) => {
      at.place = 0
      before.set(lengths)
      counted.set(tally)
      const first = round.from + chunk * round.size
      const end = Math.min(first + round.size, round.end)
      if (round.from < 0) {
        at.from = -1
        runner.initial()
      } else if (system.numbering === undefined) expand(first, end)
      else if (!expandNumbered(runner, memory, at, first, end)) {
        // It is written again when all has a number.
        tally.set(counted)
        lengths.set(before)
        return false
      }
      closeChunk(memory, { self, chunk, before, lengths })
      return true
    },
    learn: (state) => {
      at.learns = true
      if (state < 0) runner.initial()
      else runner.expand(states, state * words)
      at.learns = false
    },
  }
}

/** Where a writer is. */
interface Place {
  /** The state that it goes on from. */
  from: number
  /** How many successors of the chunk it has seen. */
  place: number
  /** Nothing is written. */
  learns: boolean
  /** How many letters were written to each owner. */
  readonly lengths: Int32Array
}

/** Writes each successor to its owner. */
function letterRunner(
  system: System,
  memory: SharedMemory,
  self: number,
  tally: Tally,
  at: Place,
): Runner {
  const { workers, words, actions, claims, states, mail, control } = memory
  const letter = words + ENVELOPE
  const starts = Int32Array.from({ length: workers }, (_, owner) => mailbox(memory, self, owner))
  const { lengths } = at
  const runner: Runner = system.runner((action) => {
    if (at.learns) return false
    tally[takenAt(action)]!++
    const found = at.place++
    if (!runner.within()) {
      tally[cutAt(actions, claims)] = 1
      if (runner.falseInvariant() >= 0) tellOdd(control, CONTROL.oddWriting, ODD.found)
      return false
    }
    const { out } = runner
    const { from } = at
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
  return runner
}

function expandOne(runner: Runner, { states, words, control }: SharedMemory, state: number): void {
  if (runner.expand(states, state * words) > 0) return
  runner.load(states, state * words)
  if (!runner.mayEnd()) tellOdd(control, CONTROL.oddWriting, ODD.found)
}

/** Answers whether nothing was seen that has no number; where it was is noted. */
function expandNumbered(
  runner: Runner,
  memory: SharedMemory,
  at: Place,
  first: number,
  end: number,
): boolean {
  let all = true
  for (at.from = first; at.from < end; at.from++) {
    try {
      expandOne(runner, memory, at.from)
    } catch (error) {
      if (!(error instanceof NotNumbered)) throw error
      all = false
      noteMissed(memory, at.from)
    }
  }
  return all
}

/** Tells the owners where the letters of a chunk begin and end. */
function closeChunk(
  { workers, chunkStarts, chunkEnds, chunkTakers }: SharedMemory,
  { self, chunk, before, lengths }: Chunk,
): void {
  chunkTakers[chunk] = self
  for (let owner = 0; owner < workers; owner++) {
    const at = (self * workers + owner) * MOST_CHUNKS + chunk
    chunkStarts[at] = before[owner]!
    chunkEnds[at] = lengths[owner]!
  }
}

interface Chunk {
  readonly self: number
  readonly chunk: number
  /** How many letters were written to each owner before it, and are now. */
  readonly before: Int32Array
  readonly lengths: Int32Array
}

function noteMissed({ control, missed }: SharedMemory, state: number): void {
  const at = Atomics.add(control, CONTROL.missed, 1)
  if (at < missed.length) missed[at] = state
  // A smaller round has fewer.
  else tellOdd(control, CONTROL.oddWriting, ODD.mail)
}
