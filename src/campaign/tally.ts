import type { CampaignOptions, Task, TaskResult } from './campaign.ts'
import type { SeedResult } from './run-seed.ts'
import { seedCount } from './seeds.ts'

const SLICE_MS = 100

/**
 * Gathers the results of a task in whatever order they come. `end` is where it may end: behind the
 * last seed, or behind the seed that brought the failures to the number that is enough. Seeds are
 * begun in order, so all before it have been run when nobody is at work any more.
 */
export class Tally {
  readonly #task: Task
  readonly #options: CampaignOptions
  readonly #all: number
  readonly #started = performance.now()
  readonly #results: SeedResult[] = []
  #counted: number[] = []
  #end: number
  #failed = 0
  #slice = performance.now()

  constructor(task: Task, options: CampaignOptions) {
    this.#task = task
    this.#options = options
    this.#all = seedCount(task.seeds)
    this.#end = this.#all
  }

  /** No seed with this index or a greater one is needed. */
  get end(): number {
    return this.#end
  }

  late(): boolean {
    return this.#seconds() >= (this.#options.seconds ?? Infinity)
  }

  sliceIsOver(): boolean {
    if (performance.now() - this.#slice < SLICE_MS) return false
    this.#slice = performance.now()
    return true
  }

  add(results: readonly SeedResult[]): void {
    const { violated: wanted, stopAfter = Infinity } = this.#task
    for (const result of results) {
      this.#results.push(result)
      if (result.outcome === 'fail') {
        this.#failed++
        if (wanted === undefined || result.violated === wanted) this.#counted.push(result.index)
      }
    }
    if (this.#counted.length >= stopAfter) {
      this.#counted = this.#counted.sort((a, b) => a - b).slice(0, stopAfter)
      this.#end = Math.min(this.#end, (this.#counted.at(-1) ?? 0) + 1)
    }
    this.#options.onProgress?.({
      task: this.#task,
      done: this.#results.length,
      all: this.#all,
      failed: this.#failed,
    })
  }

  result(): TaskResult {
    // What came behind the end depends on how threads were timed.
    const results = this.#results.filter(({ index }) => index < this.#end)
    results.sort((a, b) => a.index - b.index)
    const sum = (of: (result: SeedResult) => number): number =>
      results.reduce((total, result) => total + of(result), 0)
    return {
      task: this.#task,
      ran: results.length,
      events: sum(({ events }) => events),
      operations: sum(({ operations }) => operations),
      faults: sum(({ faults }) => faults),
      simulatedMs: sum(({ simulatedMs }) => simulatedMs),
      notRecoverable: sum(({ notRecoverable }) => Number(notRecoverable)),
      failures: results.filter(({ outcome }) => outcome === 'fail'),
      unknown: results.filter(({ outcome }) => outcome === 'unknown'),
      cutShort: results.length < this.#end,
      seconds: this.#seconds(),
    }
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000
  }
}
