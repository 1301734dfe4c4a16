import { bits } from '../impls/flp/shared-memory/objects/registers.ts'
import { queue } from '../impls/flp/shared-memory/objects/collections.ts'
import { testAndSet } from '../impls/flp/shared-memory/objects/read-modify-write.ts'
import { together } from '../impls/flp/shared-memory/objects/together.ts'
import type { Budget } from '../src/core/budget.ts'
import type { Outcome } from '../src/core/verdict.ts'
import { counted } from '../src/core/wording.ts'
import type { ObjectType, SharedProtocol } from '../src/node/index.ts'
import { consensusNumber } from '../src/valency/shared-memory/discerning.ts'
import type { ConsensusNumber } from '../src/valency/shared-memory/discerning.ts'
import { operationTrees } from '../src/valency/shared-memory/operation-trees.ts'
import { readability } from '../src/valency/shared-memory/readable.ts'
import { sharedConsensus } from '../src/valency/shared-memory/shared-consensus.ts'
import { typeTable } from '../src/valency/shared-memory/type-table.ts'
import { immediateSnapshots, writeAndRead } from '../src/valency/shared-memory/view-complexes.ts'
import { countRegisterHistories } from './register-histories.ts'
import { countTwoRegisters } from './two-registers.ts'

/** A statement about shared memory that can be decided. */
export type HierarchyClaim =
  /** The type lets exactly so many processes agree; `most` where no end is found. */
  | {
      readonly type: 'consensus number'
      readonly object: ObjectType
      readonly most: number
      readonly equals: number
    }
  /** The protocol solves wait-free consensus. */
  | {
      readonly type: 'protocol'
      readonly protocol: SharedProtocol
      readonly processes: number
      readonly mutant?: string
    }
  /** No protocol of so many steps on this object is consensus. */
  | {
      readonly type: 'no protocol'
      readonly object: BoundedObject
      readonly processes: number
      readonly steps: number
    }
  /** All views of the protocol in which everybody tells everything hang together. */
  | {
      readonly type: 'views'
      readonly of: 'write and read' | 'immediate snapshots'
      readonly processes: number
      readonly rounds: number
    }
  /** `regular` and ordered reads are the same as linearizable. */
  | { readonly type: 'registers'; readonly writes: number; readonly reads: number }
  /** Linearizable is the same as each register being so. */
  | { readonly type: 'composition' }

export interface HierarchyFinding {
  readonly outcome: Outcome
  readonly sentence: string
  /** How it was found. */
  readonly method: string
  readonly counts: Readonly<Record<string, number>>
  /** What was looked at until a bound was hit. */
  readonly stopped?: string
}

/** What can be tried with all protocols of a few steps. */
export const boundedObjects = {
  'one bit': bits(1),
  'two bits': bits(2),
  'three bits': bits(3),
  'one bit and test-and-set': together('one bit and test-and-set', [bits(1), testAndSet]),
  queue: queue(6),
} as const

export type BoundedObject = keyof typeof boundedObjects

/** Finds out whether a statement is so. */
export function checkHierarchy(claim: HierarchyClaim, budget: Budget = {}): HierarchyFinding {
  switch (claim.type) {
    case 'consensus number':
      return checkNumber(claim.object, claim.most, claim.equals, budget)
    case 'protocol':
      return checkProtocol(claim, budget)
    case 'no protocol':
      return checkTrees(claim, budget)
    case 'views':
      return checkViews(claim)
    case 'registers':
      return checkRegisters(claim.writes, claim.reads)
    case 'composition':
      return checkComposition()
  }
}

function checkNumber(
  object: ObjectType,
  most: number,
  equals: number,
  budget: Budget,
): HierarchyFinding {
  const method = 'n-discerning'
  const table = typeTable(object)
  const { states, operations } = table
  const counts = { states: states.length, operations: operations.length }
  const readable = readability(table)
  if (!readable.readable) {
    const sentence = `${object.name} is ${readable.because}: the criterion says nothing about it`
    return { outcome: 'unknown', sentence, method, counts }
  }
  const found = consensusNumber(table, most, budget)
  const sentence = `${object.name}: consensus number ${numberText(found, most)}`
  const outcome = found.atLeast === equals && found.exact === equals < most ? 'pass' : 'fail'
  const isOpen = found.answers.some(({ answer }) => answer.outcome === 'unknown')
  const doubt = isOpen && outcome === 'fail'
  return {
    outcome: doubt ? 'unknown' : outcome,
    sentence,
    method,
    counts: { ...counts, number: found.atLeast },
  }
}

/** `2`, `at least 4`. */
export function numberText({ atLeast, exact }: ConsensusNumber, most: number): string {
  if (exact) return String(atLeast)
  return atLeast === most ? `at least ${atLeast}` : `at least ${atLeast}, not decided for more`
}

function checkProtocol(
  { protocol, processes, mutant }: Extract<HierarchyClaim, { type: 'protocol' }>,
  { seconds }: Budget,
): HierarchyFinding {
  const found = sharedConsensus(protocol, {
    processes,
    ...(mutant === undefined ? {} : { mutant }),
    ...(seconds === undefined ? {} : { budget: { seconds } }),
  })
  const { outcome, configurations, steps, violations, bound } = found
  const [violation] = violations
  const sentence =
    violation === undefined
      ? (bound?.covered ??
        `all decide alike within ${counted(steps ?? 0, 'access', 'accesses')} of their own`)
      : `${violation.claim}: ${violation.sentence}`
  return {
    outcome,
    sentence,
    method: 'every interleaving',
    counts: {
      configurations,
      ...(steps === null ? {} : { steps }),
      ...(violation === undefined ? {} : { depth: violation.trace.steps.length }),
    },
    ...(bound === undefined ? {} : { stopped: bound.covered }),
  }
}

function checkTrees(
  { object, processes, steps }: Extract<HierarchyClaim, { type: 'no protocol' }>,
  budget: Budget,
): HierarchyFinding {
  const table = typeTable(boundedObjects[object])
  const found = operationTrees(table, { processes, steps, budget })
  const { combinations, separating, bound } = found
  const all = `${counted(combinations, 'combination')} of protocols`
  return {
    outcome: separating > 0 ? 'fail' : bound === undefined ? 'pass' : 'unknown',
    sentence: bound?.covered ?? `${separating} of ${all} can tell who was first`,
    method: 'all operation trees',
    counts: { combinations, separating },
    ...(bound === undefined ? {} : { stopped: bound.covered }),
  }
}

function checkViews({
  of,
  processes,
  rounds,
}: Extract<HierarchyClaim, { type: 'views' }>): HierarchyFinding {
  const found =
    of === 'write and read' ? writeAndRead(rounds) : immediateSnapshots(processes, rounds)
  const { runs, views, components } = found
  return {
    outcome: components === 1 ? 'pass' : 'fail',
    sentence: [counted(runs, 'run'), counted(views, 'view'), counted(components, 'component')].join(
      ', ',
    ),
    method: 'full information',
    counts: { runs, views, components },
  }
}

function checkRegisters(writes: number, reads: number): HierarchyFinding {
  const found = countRegisterHistories(writes, reads)
  const { writes: _writes, reads: _reads, ...counts } = found
  return {
    outcome: counts.mismatches === 0 ? 'pass' : 'fail',
    sentence:
      `${counted(counts.orderedOnly, 'history', 'histories')} of ` +
      `${counted(counts.histories, 'history', 'histories')} with no older value read after a ` +
      'newer one, and yet not linearizable',
    method: 'every history',
    counts,
  }
}

function checkComposition(): HierarchyFinding {
  const { witness, ...counts } = countTwoRegisters()
  return {
    outcome: counts.mismatches === 0 && counts.witnesses > 0 ? 'pass' : 'fail',
    sentence: `linearizability composes, sequential consistency does not: ${witness.join('; ')}`,
    method: 'every history',
    counts,
  }
}
