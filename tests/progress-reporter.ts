import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** At most so often, but for what fails. */
const EVERY_MS = 10_000

/**
 * Tells how far a long run is: for each file how many of its tests are done, which was the last,
 * and at the end how long the whole file took. What fails is told at once.
 */
export function progressReporter(): Reporter {
  const done = new Map<string, number>()
  const started = new Map<string, number>()
  let told = performance.now()
  const tell = (module: TestModule, text: string) => {
    told = performance.now()
    const time = new Date().toISOString().slice(11, 19)
    process.stdout.write(`${time} ${module.relativeModuleId}: ${text}\n`)
  }
  return {
    onTestModuleStart: (module) => {
      started.set(module.id, performance.now())
      tell(module, `${sizeOf(module)} tests`)
    },
    onTestCaseResult: (test) => {
      const { module } = test
      const count = (done.get(module.id) ?? 0) + 1
      done.set(module.id, count)
      const { state } = test.result()
      if (state !== 'failed' && performance.now() - told < EVERY_MS) return
      const outcome = state === 'failed' ? 'FAILED' : state
      tell(module, `${count} of ${sizeOf(module)}, ${outcome} ${test.fullName}${secondsOf(test)}`)
    },
    onTestModuleEnd: (module) => {
      const ms = performance.now() - (started.get(module.id) ?? 0)
      tell(module, `${module.state()} after ${(ms / 1000).toFixed(1)} s`)
    },
  }
}

function sizeOf(module: TestModule): number {
  return [...module.children.allTests()].length
}

function secondsOf(test: TestCase): string {
  const ms = test.diagnostic()?.duration
  return ms === undefined ? '' : ` (${(ms / 1000).toFixed(1)} s)`
}
