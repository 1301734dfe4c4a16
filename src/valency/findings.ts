import type { Json } from '../core/json.ts'
import type { ValencyGraph } from '../core/valency-graph.ts'
import type { Delay } from './adversary/adversary.ts'
import type { Analysis } from './analysis.ts'
import type { Graph, Stopped } from './graph.ts'
import type { Checked } from './lemmas.ts'
import type { UndecidedRun } from './runs.ts'
import { graphPicture } from './graph-picture.ts'
import { stepsAlong } from './runs.ts'
import type { ToldRun } from './told-run.ts'
import { toldRun } from './told-run.ts'
import { BEYOND } from './valence.ts'

/** What was found for one choice of inputs. */
export interface InputFindings {
  readonly inputs: readonly number[]
  readonly configurations: number
  readonly edges: number
  readonly depth: number
  readonly complete: boolean
  readonly stopped: Stopped | undefined
  /** Steps lead out of what the protocol calls `within`. */
  readonly left: boolean
  readonly mostMessages: number
  /** Values that can be decided, and those without steps of each process. */
  readonly values: readonly Json[]
  readonly valuesBeyond: boolean
  readonly silentValues: readonly (readonly Json[])[]
  readonly agreement: boolean
  readonly validity: boolean
  readonly blocks: number
  readonly perhapsBlocks: number
  readonly bivalent: number
  readonly critical: number
  readonly lemma1: Checked | undefined
  readonly lemma3: Checked | undefined
  readonly stories: Stories
  /** What the adversary of the proof came to, where the graph was cut off. */
  readonly delay?: Delay
  /** Where it was asked for. */
  readonly picture?: ValencyGraph
}

/** Runs that show something. */
export interface Stories {
  readonly disagreement?: ToldRun
  readonly invalid?: ToldRun
  readonly blocked?: { readonly run: ToldRun; readonly silent: number }
  readonly critical?: ToldRun
  readonly undecided?: {
    readonly run: ToldRun
    readonly silent: number
    readonly bivalent: boolean
    /** How many configurations such runs can come to again and again; the adversary counts none. */
    readonly component?: number
  }
}

/** What an analysis says, in the protocol's own words. */
export function findingsOf(
  graph: Graph,
  analysis: Analysis,
  inputs: readonly number[],
  drawn = false,
): InputFindings {
  const { labels } = analysis
  const invalid = firstInvalid(graph, inputs)
  const values = (label: number): readonly Json[] => valuesOf(graph, label)
  return {
    inputs,
    configurations: graph.count,
    edges: graph.edges,
    depth: graph.levels.length - 1,
    complete: graph.complete,
    stopped: graph.stopped,
    left: graph.left,
    mostMessages: graph.mostParcels,
    values: values(labels[0]!),
    valuesBeyond: labels[0]! >= BEYOND,
    silentValues: analysis.initialSilent.map(values),
    agreement: analysis.disagreement < 0,
    validity: invalid < 0,
    blocks: analysis.blocks,
    perhapsBlocks: analysis.perhapsBlocks,
    bivalent: analysis.bivalent,
    critical: analysis.critical.length,
    lemma1: analysis.lemma1,
    lemma3: analysis.lemma3,
    stories: storiesOf(graph, analysis, inputs, invalid),
    ...(drawn ? { picture: graphPicture(graph, analysis, inputs) } : {}),
  }
}

function valuesOf(graph: Graph, label: number): readonly Json[] {
  const { elements } = graph.successors
  const values = Array.from({ length: elements.values }, (_, value) => value)
  return values
    .filter((value) => ((label >> value) & 1) === 1)
    .map((value) => elements.value(value))
}

/** The first configuration in which something is decided that nobody proposed, or -1. */
function firstInvalid(graph: Graph, inputs: readonly number[]): number {
  const { elements } = graph.successors
  let proposed = 0
  for (let value = 0; value < elements.values; value++)
    if (inputs.some((input) => input === elements.value(value))) proposed |= 1 << value
  for (let at = 0; at < graph.count; at++)
    if ((graph.decided.data[at]! & ~proposed) !== 0) return at
  return -1
}

function storiesOf(
  graph: Graph,
  { disagreement, blocked, critical, run }: Analysis,
  inputs: readonly number[],
  invalid: number,
): Stories {
  const to = (at: number): ToldRun => toldRun(graph, inputs, stepsAlong(graph, graph.pathTo(at)))
  const [decider] = critical
  return {
    ...(disagreement < 0 ? {} : { disagreement: to(disagreement) }),
    ...(invalid < 0 ? {} : { invalid: to(invalid) }),
    ...(blocked === undefined
      ? {}
      : { blocked: { run: to(blocked.configuration), silent: blocked.silent } }),
    ...(decider === undefined ? {} : { critical: to(decider) }),
    ...(run === undefined ? {} : { undecided: toldUndecided(graph, inputs, run) }),
  }
}

function toldUndecided(
  graph: Graph,
  inputs: readonly number[],
  { prefix, cycle, silent, bivalent, component }: UndecidedRun,
): NonNullable<Stories['undecided']> {
  const run = toldRun(graph, inputs, [...prefix, ...cycle], prefix.length)
  return { run, silent, bivalent, component }
}

/** The findings with what the adversary came to: a run that repeats is one without decision. */
export function delayedFindings(findings: InputFindings, delay: Delay): InputFindings {
  const { run, ends } = delay
  if (ends !== 'repeats' || run.replayed !== true) return { ...findings, delay }
  const undecided = { run, silent: -1, bivalent: true }
  return { ...findings, delay, stories: { ...findings.stories, undecided } }
}
