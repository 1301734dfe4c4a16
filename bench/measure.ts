import { Bench } from 'tinybench'

/**
 * The median of the processor time of a warm task, in seconds: user and system time of the whole
 * process, garbage collection included, as Porcupine's is counted.
 */
export function warmCpuSeconds(name: string, task: () => void, iterations = 15): number {
  return median(name, task, iterations, () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  })
}

/** The median of the time a warm task takes by the clock, in seconds. */
export function warmSeconds(name: string, task: () => void, iterations = 15): number {
  return median(name, task, iterations, () => performance.now())
}

/** A task that takes longer than this, in milliseconds, is not repeated to warm it up. */
const LONG_MS = 1000

const WARM_UP_MS = 1500

function median(name: string, task: () => void, iterations: number, now: () => number): number {
  const started = now()
  task()
  const first = now() - started
  if (first > LONG_MS) return first / 1000
  // Without `throws` an error in a task would end as a fast result.
  const bench = new Bench({
    now,
    iterations,
    time: 0,
    warmup: true,
    warmupIterations: 5,
    // Long enough for the compiler to finish: its threads would count as ours.
    warmupTime: WARM_UP_MS,
    throws: true,
  })
  bench.add(name, task)
  bench.runSync()
  const result = bench.tasks[0]?.result
  if (result?.state !== 'completed') throw new Error(`${name} was not measured`)
  return result.latency.p50 / 1000
}
