import { vi } from 'vitest'

/** Much more than anybody's budget, in milliseconds. */
const LATE = 1e7

/**
 * A clock that is right until it has been asked so often, and from then on far too late: whoever
 * has a budget of seconds finds it used up there, on every machine alike. Answers what `work`
 * answers, and how often the clock was asked.
 */
export async function withLateClock<T>(
  after: number,
  work: () => T | Promise<T>,
): Promise<{ readonly found: T; readonly asked: number }> {
  const now = performance.now.bind(performance)
  let asked = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    asked++
    return asked > after ? now() + LATE : now()
  })
  try {
    return { found: await work(), asked }
  } finally {
    clock.mockRestore()
  }
}
