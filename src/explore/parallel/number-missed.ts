import type { Numbering } from '../numbering.ts'
import type { System } from '../system.ts'
import { attempt, ODD, oddOf, tellOdd } from './odd.ts'
import type { Round } from './rounds.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL } from './shared-memory.ts'
import type { Pause } from './take-part.ts'
import type { Writer } from './write-letters.ts'

/** One worker of those who number together. */
export interface Numberer {
  readonly system: System
  readonly memory: SharedMemory
  readonly self: number
  readonly writer: Writer
}

/**
 * Takes the chunks that nobody has taken, one after the other, and writes their letters.
 *
 * @param again only those in which something was seen that had no number
 */
export function* writeChunks(
  { system, memory, writer }: Numberer,
  round: Round,
  again = false,
): Generator<Pause, void> {
  const { control, chunkMissed } = memory
  for (;;) {
    const chunk = Atomics.add(control, CONTROL.nextChunk, 1)
    if (chunk >= round.chunks || oddOf(control, CONTROL.oddWriting) !== ODD.no) return
    if (again && chunkMissed[chunk] === 0) continue
    attempt(system, control, CONTROL.oddWriting, () => {
      chunkMissed[chunk] = writer.write(round, chunk) ? 0 : 1
    })
    yield 'chunk'
  }
}

/** Numbers what one thread has seen before the others began: it went on from so many states. */
export function catchUp({ numbering }: System, writer: Writer, from: number): void {
  if (numbering === undefined) return
  numbering.closed = false
  for (let state = -1; state < from; state++) writer.learn(state)
  numbering.closed = true
}

/**
 * What was seen in this round and has no number gets one: each worker goes on from the same states
 * in the same order, which is that of one thread, so that all give the same numbers, and nothing
 * has to be sent. Then the chunks that had to wait for it are written.
 *
 * Whatever makes that impossible is told as odd, as in any round.
 */
export function* numberMissed(
  { system, memory, self, writer }: Numberer,
  numbering: Numbering,
  round: Round,
): Generator<Pause, void> {
  const { control, missed, lessons, digests } = memory
  const count = Atomics.load(control, CONTROL.missed)
  if (count === 0 || oddOf(control, CONTROL.oddWriting) !== ODD.no) return
  const states = missed.slice(0, count).sort()
  // All have to see that nothing is odd before somebody tells that something is.
  yield 'barrier'
  numbering.closed = false
  attempt(system, control, CONTROL.oddWriting, () => {
    for (const state of states) writer.learn(state)
  })
  numbering.closed = true
  digests[self] = numbering.digest
  if (self === 0) {
    const known = control[CONTROL.lessons]!
    if (known + count > lessons.length) tellOdd(control, CONTROL.oddWriting, ODD.memory)
    else lessons.set(states, known)
    control[CONTROL.lessons] = known + count
    Atomics.store(control, CONTROL.missed, 0)
    Atomics.store(control, CONTROL.nextChunk, 0)
  }
  yield 'barrier'
  const alike = digests.every((digest) => digest === digests[0])
  if (oddOf(control, CONTROL.oddWriting) === ODD.no && alike) {
    yield* writeChunks({ system, memory, self, writer }, round, true)
  }
  yield 'barrier'
  if (!alike) tellOdd(control, CONTROL.oddWriting, ODD.unlike)
}
