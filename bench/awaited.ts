/** How long something takes that answers later, by the clock. */
export interface Awaited<Result> {
  readonly result: Result
  /** The first time, with everything that is loaded and compiled on the way. */
  readonly coldSeconds: number
  /** The median of the times after that; the first time where that was long. */
  readonly seconds: number
}

/** A task that takes longer than this is not repeated. */
const LONG_SECONDS = 1

/** Repeats a task until a second and a half is used up, at most so many times. */
export async function awaited<Result>(
  task: () => Result | Promise<Result>,
  repetitions = 25,
): Promise<Awaited<Result>> {
  const [result, coldSeconds] = await timed(task)
  if (coldSeconds > LONG_SECONDS) return { result, coldSeconds, seconds: coldSeconds }
  const times: number[] = []
  let spent = 0
  while (times.length < repetitions && (times.length < 3 || spent < 1.5)) {
    const [, seconds] = await timed(task)
    times.push(seconds)
    spent += seconds
  }
  times.sort((a, b) => a - b)
  return { result, coldSeconds, seconds: times[times.length >> 1]! }
}

async function timed<Result>(task: () => Result | Promise<Result>): Promise<[Result, number]> {
  const started = performance.now()
  const result = await task()
  return [result, (performance.now() - started) / 1000]
}
