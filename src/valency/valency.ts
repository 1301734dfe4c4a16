import type { Parameters } from '../core/parameters.ts'
import type { AdversaryBounds } from './adversary/adversary.ts'
import { delay } from './adversary/adversary.ts'
import type { Analysis, AnalysisRules } from './analysis.ts'
import { analyse } from './analysis.ts'
import type { InputFindings } from './findings.ts'
import { delayedFindings, findingsOf } from './findings.ts'
import type { GraphBounds } from './graph.ts'
import { Graph } from './graph.ts'
import { inputChoices } from './inputs.ts'
import type { AnyAsynchronous } from './process.ts'
import type { ValencyReport } from './report.ts'
import { reportOf } from './report.ts'
import type { Help } from './schedules.ts'
import { Successors } from './successors.ts'

/** Of which runs of a protocol the valency is wanted, and within which bounds. */
export interface ValencyOptions {
  readonly options?: Parameters
  /** Which inputs; all choices of 0 and 1 (or 0 to `agree`) otherwise. */
  readonly inputs?: readonly (readonly number[])[]
  /** How many different values may be decided: k-set agreement. Default: 1. */
  readonly agree?: number
  /** Who decides what coins show. Default: the adversary. */
  readonly coins?: 'adversary' | 'random'
  /** An oracle that in the end names the same correct leader to all. */
  readonly omega?: boolean
  /** In the end messages are faster than timeouts. */
  readonly gst?: boolean
  /** For each choice of inputs. */
  readonly bounds?: GraphBounds
  /** How much work the lemmas may be: so many pairs of events. Default: 200,000. */
  readonly lemmas?: number
  /** Whether to keep a picture of the configurations. */
  readonly drawn?: boolean
  /**
   * How far the adversary of the proof goes where a graph is cut off before a run without decision
   * was found; `false`: it is not asked. It needs coins that it decides, and no way round.
   */
  readonly adversary?: AdversaryBounds | false
  /** Told which inputs are looked at. */
  readonly onInputs?: (inputs: readonly number[]) => void
}

const DEFAULT_LEMMAS = 200_000

/**
 * What the theorem of Fischer, Lynch and Paterson (1985) promises of every deterministic protocol,
 * looked for in one: disagreement, a value that nobody proposed, a silent process that blocks the
 * others, or a fair run without decision.
 *
 * @throws UserError for a protocol that breaks the rules of the model
 */
export function valency(
  protocol: AnyAsynchronous,
  processes: number,
  options: ValencyOptions = {},
): ValencyReport {
  const process = protocol.make(processes, options.options)
  const successors = new Successors(protocol.name, process, processes)
  const known = new Map<string, { readonly graph: Graph; readonly analysis: Analysis }>()
  const findings: InputFindings[] = []
  for (const inputs of options.inputs ?? inputChoices(processes, (options.agree ?? 1) + 1)) {
    options.onInputs?.(inputs)
    const start = JSON.stringify(inputs.map((input, self) => process.start(self, input)))
    let made = known.get(start)
    if (made === undefined) {
      const graph = new Graph(successors, inputs, options.bounds)
      made = { graph, analysis: analyse(graph, rulesOf(options, processes)) }
      known.clear()
      known.set(start, made)
    }
    const found = findingsOf(made.graph, made.analysis, inputs, options.drawn)
    findings.push(
      isDelayed(found, options)
        ? delayedFindings(found, delay(process, inputs, options.adversary || {}))
        : found,
    )
  }
  return reportOf({ protocol, processes, options, findings })
}

/** Whether the adversary of the proof has something to add. */
function isDelayed(
  { complete, agreement, stories }: InputFindings,
  { adversary, agree = 1, coins = 'adversary', omega, gst }: ValencyOptions,
): boolean {
  const promised = agree === 1 && coins === 'adversary' && !omega && !gst
  return (
    adversary !== false && promised && !complete && agreement && stories.undecided === undefined
  )
}

function rulesOf(options: ValencyOptions, processes: number): AnalysisRules {
  const leaders = Array.from({ length: processes }, (_, leader) => leader)
  const helps: readonly (Help | undefined)[] = options.omega
    ? leaders.map((leader) => ({ type: 'leader', leader }))
    : [options.gst ? { type: 'prompt' } : undefined]
  return {
    coins: options.coins ?? 'adversary',
    helps,
    agree: options.agree ?? 1,
    lemmas: options.lemmas ?? DEFAULT_LEMMAS,
  }
}
