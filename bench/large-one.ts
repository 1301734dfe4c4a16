/**
 * Reads and decides one history: `node large-one.js FILE MODEL`. A process of its own, for its
 * memory.
 */
import { decideParts } from '../checkers/decide-parts.ts'
import { checkLinearizable } from '../checkers/linearizable.ts'
import { modelNamed } from '../checkers/models/index.ts'
import type { Outcome } from '../src/core/verdict.ts'
import { worst } from '../src/core/verdict.ts'
import { readHistory } from '../src/history/read-history.ts'

export interface OneDecision {
  readonly outcome: Outcome
  readonly engine: string
  readonly readSeconds: number
  /** The answer and the order. */
  readonly decideSeconds: number
  /** Processor time of that, garbage collection in other threads included. */
  readonly decideCpuSeconds: number
  /** The same again, with the order replayed. */
  readonly checkSeconds: number
  /** The most memory that the process had until the decision. */
  readonly peakMegabytes: number
}

const [file = '', name = ''] = process.argv.slice(2)
const model = modelNamed(name)

const [history, readSeconds] = await timed(() => readHistory(file))
const before = process.cpuUsage()
const [parts, decideSeconds] = await timed(() => decideParts(history.operations, model))
const { user, system } = process.cpuUsage(before)
const decideCpuSeconds = (user + system) / 1e6
const peakMegabytes = process.resourceUsage().maxRSS / 1024
const [verdict, checkSeconds] = await timed(() => checkLinearizable(history, { model }))

const outcome = worst([verdict.outcome, ...parts.map(({ decision }) => decision.outcome)])
const { engine } = verdict
const one: OneDecision = {
  outcome,
  engine,
  readSeconds,
  decideSeconds,
  decideCpuSeconds,
  checkSeconds,
  peakMegabytes,
}
console.log(JSON.stringify(one))

async function timed<Result>(work: () => Result): Promise<[Awaited<Result>, number]> {
  const started = performance.now()
  const result = await work()
  return [result, (performance.now() - started) / 1000]
}
