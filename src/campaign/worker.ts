/** The entry point of a thread that runs seeds for a campaign; see threads.ts. */
import { parentPort } from 'node:worker_threads'

import type { SeedResult } from './run-seed.ts'
import { runSeed } from './run-seed.ts'
import { seedAt } from './seeds.ts'
import { subjectOf } from './subject.ts'
import type { Assignment, Report } from './threads.ts'
import { END, NEXT } from './threads.ts'

const SLICE_MS = 100

parentPort?.on('message', (assignment: Assignment) => {
  // What goes wrong ends the worker, and with it the task.
  void work(assignment)
})

async function work({ task, shared }: Assignment): Promise<void> {
  const subject = await subjectOf(task.subject)
  let results: SeedResult[] = []
  let told = performance.now()
  const tell = (done: boolean): void => {
    parentPort?.postMessage({ results, done } satisfies Report)
    results = []
    told = performance.now()
  }
  for (;;) {
    const index = Atomics.add(shared, NEXT, 1)
    if (index >= Atomics.load(shared, END)) break
    const result = await runSeed(subject, seedAt(task.seeds, index), index)
    results.push(result)
    if (result.outcome === 'fail' || performance.now() - told > SLICE_MS) tell(false)
  }
  tell(true)
}
