import type { Checked } from './lemmas.ts'
import { diamonds, lemmaThree } from './lemmas.ts'
import type { Graph } from './graph.ts'
import type { RunRules, UndecidedRun } from './runs.ts'
import { undecidedRun } from './runs.ts'
import { VALUES, backwards, criticalConfigurations, isBivalent, valences } from './valence.ts'

/** A configuration with the process that is silent from there on. */
export interface Blocked {
  readonly configuration: number
  readonly silent: number
}

/** What is true of the configurations that can be reached from one choice of inputs. */
export interface Analysis {
  /** Valencies: values as bits, and whether something lies beyond the graph. */
  readonly labels: Uint8Array
  /** Valencies of the initial configuration without steps of each process. */
  readonly initialSilent: readonly number[]
  /** The first configuration in which too many values are decided, or -1. */
  readonly disagreement: number
  /** Blocked pairs that are certain, those that more of the graph may resolve, and the first. */
  readonly blocks: number
  readonly perhapsBlocks: number
  readonly blocked: Blocked | undefined
  readonly bivalent: number
  readonly critical: readonly number[]
  readonly run: UndecidedRun | undefined
  readonly lemma1: Checked | undefined
  readonly lemma3: Checked | undefined
}

export interface AnalysisRules extends RunRules {
  /** So many values may be decided. */
  readonly agree: number
  /** How much work the lemmas may be; 0: they are left out. */
  readonly lemmas: number
}

export function analyse(graph: Graph, rules: AnalysisRules): Analysis {
  const back = backwards(graph)
  const labels = valences(graph, back)
  const { processes } = graph.successors
  const silent = Array.from({ length: processes }, (_, self) => valences(graph, back, self))
  let bivalent = 0
  for (const label of labels) if (isBivalent(label)) bivalent++
  return {
    labels,
    initialSilent: silent.map((each) => each[0]!),
    disagreement: disagreementIn(graph, rules.agree),
    ...blocksOf(graph, silent),
    bivalent,
    critical: criticalConfigurations(graph, labels),
    run: undecidedRun(graph, labels, silent, rules),
    ...lemmasOf(graph, labels, rules.lemmas),
  }
}

function disagreementIn(graph: Graph, agree: number): number {
  const { data: decided } = graph.decided
  for (let at = 0; at < graph.count; at++) {
    let values = 0
    for (let rest = decided[at]!; rest !== 0; rest &= rest - 1) values++
    if (values > agree) return at
  }
  return -1
}

function blocksOf(
  graph: Graph,
  silent: readonly Uint8Array[],
): Pick<Analysis, 'blocks' | 'perhapsBlocks' | 'blocked'> {
  let blocks = 0
  let perhapsBlocks = 0
  let blocked: Blocked | undefined
  for (const [self, labels] of silent.entries()) {
    for (let at = 0; at < graph.expanded; at++) {
      if ((labels[at]! & VALUES) !== 0) continue
      if (labels[at] !== 0) {
        perhapsBlocks++
        continue
      }
      blocks++
      if (blocked === undefined || at < blocked.configuration)
        blocked = { configuration: at, silent: self }
    }
  }
  return { blocks, perhapsBlocks, blocked }
}

function lemmasOf(
  graph: Graph,
  labels: Uint8Array,
  most: number,
): Pick<Analysis, 'lemma1' | 'lemma3'> {
  if (most === 0) return { lemma1: undefined, lemma3: undefined }
  return {
    lemma1: diamonds(graph, most),
    lemma3: graph.complete ? lemmaThree(graph, labels, most / 100) : undefined,
  }
}
