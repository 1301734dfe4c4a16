/**
 * Asynchronous protocols, and what keeps them from solving consensus.
 *
 * @packageDocumentation
 */
export { asynchronous, toOthers } from './process.ts'
export type {
  AnyAsynchronous,
  Asynchronous,
  AsynchronousHeader,
  Normal,
  Outcome,
  Process,
  Ranks,
  Send,
} from './process.ts'
export { asynchronousOf } from './node-process.ts'
export { delay } from './adversary/adversary.ts'
export type { AdversaryBounds, Delay } from './adversary/adversary.ts'
export { valency } from './valency.ts'
export type { ValencyOptions } from './valency.ts'
export type { GraphBounds, Growing, Stopped } from './graph.ts'
export type { InputFindings, Stories } from './findings.ts'
export type { Checked } from './lemmas.ts'
export type { AdjacentPair, Claim, Defect, ValencyReport } from './report.ts'
export type { ToldRun, ToldStep } from './told-run.ts'
export type { ValencyEdge, ValencyGraph, ValencyNode } from '../core/valency-graph.ts'
