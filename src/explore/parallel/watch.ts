import type { ExploreOptions } from '../explore.ts'
import { settledSteps } from './settled.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL } from './shared-memory.ts'

const PROGRESS_MS = 1000
/** The longest that a timer can wait. */
const MOST_MS = 2 ** 31 - 1

/**
 * Tells of progress, and asks the workers for an end when it is time for one or somebody wants it.
 * Answers how to stop that.
 */
export function watch(
  memory: SharedMemory,
  { onProgress, signal }: ExploreOptions,
  started: number,
  deadline: number,
): () => void {
  const { control } = memory
  const ask = () => {
    Atomics.store(control, CONTROL.asked, 1)
  }
  if (signal?.aborted === true) ask()
  signal?.addEventListener('abort', ask)
  const left = deadline - performance.now()
  const timer = left < MOST_MS ? setTimeout(ask, Math.max(0, left)) : undefined
  let before = control[CONTROL.count]!
  const teller = setInterval(() => {
    const distinctStates = control[CONTROL.count]!
    onProgress?.({
      distinctStates,
      generatedStates: settledSteps(memory),
      queue: distinctStates - control[CONTROL.from]!,
      depth: control[CONTROL.depth]!,
      seconds: (performance.now() - started) / 1000,
      rate: ((distinctStates - before) * 1000) / PROGRESS_MS,
    })
    before = distinctStates
  }, PROGRESS_MS)
  return () => {
    signal?.removeEventListener('abort', ask)
    clearTimeout(timer)
    clearInterval(teller)
  }
}
