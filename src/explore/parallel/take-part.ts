import type { System } from '../system.ts'
import { attempt, ODD, oddOf } from './odd.ts'
import type { Odd } from './odd.ts'
import { roundSums } from './number-states.ts'
import { readLetters } from './read-letters.ts'
import type { Round } from './rounds.ts'
import { FIRST_ROUND, Pace } from './rounds.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL } from './shared-memory.ts'
import { tallyLength } from './tally.ts'
import { catchUp, numberMissed, writeChunks } from './number-missed.ts'
import { writeLetters } from './write-letters.ts'

export interface Limits {
  readonly states: number
  readonly depth: number
}

/** Where a worker pauses: at a barrier it waits for all, after a chunk others may have a turn. */
export type Pause = 'barrier' | 'chunk'

/**
 * The part that one worker takes in a breadth-first search, round by round. A round goes on from
 * some of the states of a level, cut into chunks.
 *
 * 1. Whoever is free takes the next chunk, and writes each successor to its owner, whom the hash
 *    tells: whatever could be equal comes to the same one.
 * 2. The owners find out, in the order of the chunks, which states are new, and check those.
 * 3. The owners number their new states: before each come all that were found before it, whoever
 *    owns them. So numbers and parents are those that one thread gives, whatever the timing.
 *
 * Whatever is odd (a violation, an exception, a bound) ends the search before the third step: all
 * that is settled is then as it was before the round, and one thread can go through it and tell.
 */
export function* takePart(
  system: System,
  memory: SharedMemory,
  self: number,
  limits: Limits,
): Generator<Pause, Odd> {
  const { control, actions, claims, mostStates } = memory
  const tally = new Float64Array(tallyLength(actions, claims))
  const settled = memory.tallies.subarray(self * tally.length, (self + 1) * tally.length)
  const writer = writeLetters(system, memory, self, tally)
  const reader = readLetters(system, memory, self, tally)
  const pace = new Pace(memory)

  let { count, depth, levelEnd } = published(control)
  let round: Round = FIRST_ROUND
  const { from } = published(control)
  catchUp(system, writer, count > 0 ? from : 0)
  if (count > 0) {
    reader.adopt(count)
    round = pace.round(from, from === levelEnd ? count : levelEnd)
  }
  for (;;) {
    if (round.from === levelEnd) {
      if (depth + 1 >= limits.depth) return ODD.depth
      depth++
      levelEnd = count
    }
    writer.begin()
    yield* writeChunks({ system, memory, self, writer }, round)
    yield 'barrier'
    if (system.numbering !== undefined) {
      yield* numberMissed({ system, memory, self, writer }, system.numbering, round)
    }
    const odd = oddOf(control, CONTROL.oddWriting)
    if (odd === ODD.mail && pace.shrink(round)) {
      tally.fill(0)
      yield 'barrier'
      if (self === 0) {
        Atomics.store(control, CONTROL.missed, 0)
        Atomics.store(control, CONTROL.oddWriting, ODD.no)
        Atomics.store(control, CONTROL.nextChunk, 0)
      }
      yield 'barrier'
      round = pace.round(round.from, levelEnd)
      continue
    }
    if (odd !== ODD.no) return odd
    if (self === 0) Atomics.store(control, CONTROL.nextChunk, 0)
    attempt(system, control, CONTROL.oddReading, () => {
      reader.read(round.chunks)
    })
    yield 'barrier'
    const wrong = oddOf(control, CONTROL.oddReading)
    if (wrong !== ODD.no) return wrong
    const { added, letters } = roundSums(memory, round.chunks)
    if (count + added > limits.states) return ODD.states
    if (count + added > mostStates) return ODD.memory

    reader.settle(round.chunks, count)
    move(tally, settled)
    count += added
    pace.learn(round, letters)
    if (self === 0) publish(control, { count, from: round.end, levelEnd, depth })
    yield 'barrier'
    if (round.end === count) return ODD.done
    if (control[CONTROL.granted] !== 0) return ODD.asked
    round = pace.round(round.end, round.end === levelEnd ? count : levelEnd)
  }
}

/** Adds the numbers of a round to what is settled. */
function move(tally: Float64Array, settled: Float64Array): void {
  for (let at = 0; at < tally.length; at++) settled[at] = settled[at]! + tally[at]!
  tally.fill(0)
}

type Settled = Readonly<Record<'count' | 'from' | 'levelEnd' | 'depth', number>>

const published = (control: Int32Array): Settled => ({
  count: control[CONTROL.count]!,
  from: control[CONTROL.from]!,
  levelEnd: control[CONTROL.levelEnd]!,
  depth: control[CONTROL.depth]!,
})

/** For those who watch, and for who goes on when the workers have ended. */
function publish(control: Int32Array, settled: Settled): void {
  control[CONTROL.count] = settled.count
  control[CONTROL.from] = settled.from
  control[CONTROL.levelEnd] = settled.levelEnd
  control[CONTROL.depth] = settled.depth
  control[CONTROL.granted] = Atomics.load(control, CONTROL.asked)
}
