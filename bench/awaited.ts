/** How long something takes that answers later, by the clock. */
export interface Awaited<Result> {
  readonly result: Result
  /** The first time, with everything that is loaded and compiled on the way. */
  readonly coldSeconds: number
  /** The median of the times after that; the first time where that was long. */
  readonly seconds: number
  /** The median of the processor time, other threads included: less, where others are busy. */
  readonly cpuSeconds: number
}

/** A task that takes more processor time than this is not repeated. */
const LONG_SECONDS = 1

/** Repeats a task until a second and a half of the processor is used, at most so many times. */
export async function awaited<Result>(
  task: () => Result | Promise<Result>,
  repetitions = 25,
): Promise<Awaited<Result>> {
  const first = await timed(task)
  const { result, seconds: coldSeconds } = first
  if (first.cpuSeconds > LONG_SECONDS) return { ...first, coldSeconds }
  const clock: number[] = []
  const processor: number[] = []
  let spent = 0
  while (clock.length < repetitions && (clock.length < 3 || spent < 1.5)) {
    const { seconds, cpuSeconds } = await timed(task)
    clock.push(seconds)
    processor.push(cpuSeconds)
    spent += cpuSeconds
  }
  return { result, coldSeconds, seconds: median(clock), cpuSeconds: median(processor) }
}

async function timed<Result>(task: () => Result | Promise<Result>) {
  const before = process.cpuUsage()
  const started = performance.now()
  const result = await task()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  return { result, seconds, cpuSeconds: (user + system) / 1e6 }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}
