import type { Invariant, View } from '../core/invariant.ts'
import type { TraceHeader, TraceStep } from '../core/trace.ts'
import type { Divergence, Program } from '../node/index.ts'
import { replay } from '../node/index.ts'

export interface TraceCheck {
  /** How many handlers were run again. */
  readonly steps: number
  /** Absent: every handler asked for the same again. */
  readonly divergence?: Divergence
  readonly violation?: Broken
  /** True if time was up before all steps were held against the invariants. */
  readonly unfinished: boolean
}

export interface Broken {
  readonly invariant: string
  readonly sentence: string
  /** The step of the merged trace after which it was seen. */
  readonly step: number
  /** Microseconds. */
  readonly time: number
}

/**
 * Runs a real run through the pure code once more: it must do the same, and the states that it goes
 * through, which no process could show all the time, are held against the invariants.
 */
export function checkTrace(
  program: Program,
  trace: { readonly header: TraceHeader; readonly steps: Iterable<TraceStep> },
  invariants: readonly Invariant[],
  seconds = 60,
): TraceCheck {
  const { nodes } = trace.header
  const views: (View | undefined)[] = nodes.map(() => undefined)
  const deadline = performance.now() + seconds * 1000
  let steps = 0
  let violation: Broken | undefined
  let unfinished = false
  const watch = ({ node, step, time }: TraceStep, state: unknown): void => {
    steps++
    // A crashed node keeps the last view that it had.
    if (state === undefined || violation !== undefined || unfinished) return
    const at = nodes.indexOf(node ?? '')
    const before = views[at]
    const now = program.view(state)
    views[at] = now
    for (const invariant of invariants) {
      if (!invariant.reads.some((part) => !Object.is(before?.[part], now[part]))) continue
      const sentence = invariant.violated(views, nodes)
      if (sentence === undefined) continue
      violation = { invariant: invariant.name, sentence, step, time }
      return
    }
    unfinished = steps % 256 === 0 && performance.now() > deadline
  }
  const divergence = replay(program, trace.header, trace.steps, watch)
  return {
    steps,
    ...(divergence === undefined ? {} : { divergence }),
    ...(violation === undefined ? {} : { violation }),
    unfinished,
  }
}
