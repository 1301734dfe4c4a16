import type { Json } from '../core/json.ts'
import type { Outcome } from '../core/verdict.ts'
import type { InputFindings } from './findings.ts'
import { inputsText, onlyDifference } from './inputs.ts'
import type { Checked } from './lemmas.ts'
import type { AnyAsynchronous } from './process.ts'
import type { ValencyOptions } from './valency.ts'

/** What is known of a claim. */
export type Claim = 'holds' | 'violated' | 'unknown'

/** What the theorem promises: at least one of these. */
export type Defect = 'agreement violated' | 'validity violated' | 'blocks' | 'fair undecided run'

/** Two choices of inputs that differ at one process, and what is decided: Lemma 2. */
export interface AdjacentPair {
  readonly from: string
  readonly to: string
  readonly process: number
  readonly fromValues: readonly Json[]
  readonly toValues: readonly Json[]
  /** What both decide while that process is silent: the same, as nobody else sees a difference. */
  readonly silentValues: readonly Json[]
}

/** What was found of a protocol: its graphs of configurations, and the defects in them. */
export interface ValencyReport {
  readonly protocol: AnyAsynchronous
  readonly processes: number
  readonly options: ValencyOptions
  readonly findings: readonly InputFindings[]
  readonly configurations: number
  readonly edges: number
  /** All configurations of all inputs were looked at. */
  readonly complete: boolean
  readonly agreement: Claim
  readonly validity: Claim
  /** Certain blocked pairs; `undefined` where none is, but the graph is cut off. */
  readonly blocks: number | undefined
  /** Pairs that a larger graph may resolve. */
  readonly perhapsBlocks: number
  readonly bivalentInitial: readonly string[]
  /** Choices of inputs from which nothing can be decided. */
  readonly nullInitial: readonly string[]
  readonly adjacent: readonly AdjacentPair[]
  readonly critical: number
  readonly lemma1: Checked | undefined
  readonly lemma3: Checked | undefined
  readonly defects: readonly Defect[]
  /** `fail`: it has a defect, as the theorem promises. `pass`: it has none. */
  readonly outcome: Outcome
}

export function reportOf(
  given: Pick<ValencyReport, 'protocol' | 'processes' | 'options' | 'findings'>,
): ValencyReport {
  const { findings } = given
  const complete = findings.every((each) => each.complete)
  // What is decided later was not looked at.
  const all = complete && given.options.bounds?.untilDecided !== true
  const claim = (holds: (each: InputFindings) => boolean): Claim =>
    !findings.every(holds) ? 'violated' : all ? 'holds' : 'unknown'
  const agreement = claim((each) => each.agreement)
  const validity = claim((each) => each.validity)
  const certain = sum(findings, ({ blocks }) => blocks)
  const blocks = complete || certain > 0 ? certain : undefined
  const undecided = findings.some(({ stories }) => stories.undecided !== undefined)
  const defects: readonly Defect[] = [
    ...(agreement === 'violated' ? (['agreement violated'] as const) : []),
    ...(validity === 'violated' ? (['validity violated'] as const) : []),
    ...(certain > 0 ? (['blocks'] as const) : []),
    ...(undecided ? (['fair undecided run'] as const) : []),
  ]
  return {
    ...given,
    configurations: sum(findings, ({ configurations }) => configurations),
    edges: sum(findings, ({ edges }) => edges),
    complete,
    agreement,
    validity,
    blocks,
    perhapsBlocks: sum(findings, ({ perhapsBlocks }) => perhapsBlocks),
    bivalentInitial: findings
      .filter(({ values }) => values.length > 1)
      .map(({ inputs }) => inputsText(inputs)),
    nullInitial: findings
      .filter(({ values, valuesBeyond }) => values.length === 0 && !valuesBeyond)
      .map(({ inputs }) => inputsText(inputs)),
    adjacent: adjacentPairs(findings),
    critical: sum(findings, ({ critical }) => critical),
    lemma1: together(findings.map(({ lemma1 }) => lemma1)),
    lemma3: together(findings.map(({ lemma3 }) => lemma3)),
    defects,
    outcome: defects.length > 0 ? 'fail' : all ? 'pass' : 'unknown',
  }
}

/** The first finding with an undecided run, one of bivalent configurations if there is any. */
export function shownRun({ findings }: ValencyReport): InputFindings | undefined {
  return (
    findings.find(({ stories }) => stories.undecided?.bivalent === true) ??
    findings.find(({ stories }) => stories.undecided !== undefined)
  )
}

function sum(findings: readonly InputFindings[], of: (each: InputFindings) => number): number {
  return findings.reduce((total, each) => total + of(each), 0)
}

function together(parts: readonly (Checked | undefined)[]): Checked | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length === 0) return undefined
  return {
    checked: known.reduce((total, { checked }) => total + checked, 0),
    failed: known.reduce((total, { failed }) => total + failed, 0),
    whole: known.length === parts.length && known.every(({ whole }) => whole),
  }
}

/** Pairs of neighbours of which one decides only one value and the other only another one. */
function adjacentPairs(findings: readonly InputFindings[]): readonly AdjacentPair[] {
  const pairs: AdjacentPair[] = []
  const only = ({ values, valuesBeyond }: InputFindings) => values.length === 1 && !valuesBeyond
  for (const [at, from] of findings.entries()) {
    for (const to of findings.slice(at + 1)) {
      const process = onlyDifference(from.inputs, to.inputs)
      if (process === undefined || !only(from) || !only(to)) continue
      if (from.values[0] === to.values[0]) continue
      pairs.push({
        from: inputsText(from.inputs),
        to: inputsText(to.inputs),
        process,
        fromValues: from.values,
        toValues: to.values,
        silentValues: from.silentValues[process] ?? [],
      })
    }
  }
  return pairs
}
