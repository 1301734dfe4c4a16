import { CONTROL } from './shared-memory.ts'

/** Looks at the word so often before it sleeps: some tens of microseconds. */
const LOOKS = 4000

/** Waits until all have come. False when somebody said that all have to leave. */
export function waitForAll(control: Int32Array, workers: number): boolean {
  const generation = Atomics.load(control, CONTROL.generation)
  if (Atomics.add(control, CONTROL.arrived, 1) === workers - 1) {
    Atomics.store(control, CONTROL.arrived, 0)
    Atomics.add(control, CONTROL.generation, 1)
    Atomics.notify(control, CONTROL.generation)
  } else {
    let looks = 0
    while (Atomics.load(control, CONTROL.generation) === generation && !isAborted(control)) {
      if (++looks > LOOKS) Atomics.wait(control, CONTROL.generation, generation)
    }
  }
  return !isAborted(control)
}

/** Sends everybody away who waits, now or later. */
export function abort(control: Int32Array): void {
  Atomics.store(control, CONTROL.aborted, 1)
  Atomics.add(control, CONTROL.generation, 1)
  Atomics.notify(control, CONTROL.generation)
}

function isAborted(control: Int32Array): boolean {
  return Atomics.load(control, CONTROL.aborted) !== 0
}
