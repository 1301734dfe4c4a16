import type { Json } from '../../src/core/json.ts'
import type { Random } from '../../src/core/random.ts'
import type { Outcome, Process, Send } from '../../src/valency/process.ts'

export interface RandomRun {
  /** How many steps it took until all had decided; absent: they had not when time was up. */
  readonly steps?: number
  readonly decisions: readonly (Json | undefined)[]
  readonly locals: readonly unknown[]
}

/**
 * Runs an asynchronous protocol with a schedule that is left to chance: each step takes one of the
 * messages on their way, or none for one of the processes, each as likely; coins are fair.
 */
export function randomRun(
  process: Process,
  inputs: readonly number[],
  random: Random,
  most = 10_000,
): RandomRun {
  const locals: unknown[] = inputs.map((input, self) => process.start(self, input))
  const buffer: Send<unknown>[] = []
  const decisions = (): (Json | undefined)[] => locals.map((local) => process.decided(local))
  for (let steps = 0; steps < most; steps++) {
    if (decisions().every((value) => value !== undefined))
      return { steps, decisions: decisions(), locals }
    const at = random.int(0, buffer.length + inputs.length - 1)
    const [taken] = at < buffer.length ? buffer.splice(at, 1) : []
    const self = taken?.[0] ?? at - buffer.length
    const made = process.step(locals[self], taken?.[1], self)
    const outcomes = (Array.isArray(made) ? made : [made]) as readonly Outcome<unknown, unknown>[]
    const { local, sends = [] } = random.pick(outcomes)
    locals[self] = local
    buffer.push(...sends)
  }
  return { decisions: decisions(), locals }
}

/** A mean of what was measured, with an interval that holds it in 95 of 100 cases. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly most: number
}

export function estimated(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const half = (1.96 * Math.sqrt(squares / (values.length - 1))) / Math.sqrt(values.length)
  const most = values.reduce((max, value) => Math.max(max, value), 0)
  return { mean, low: mean - half, high: mean + half, most }
}

/** `2.31 (95 %: 2.25 to 2.37)` */
export function estimateText({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`
}
