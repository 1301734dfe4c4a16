import { Interner } from '../src/core/json.ts'
import type { Operation } from '../src/core/operation.ts'
import { shown } from '../src/core/wording.ts'
import type { ConditionVerdict } from './condition.ts'

/** One thing that is wrong with a history. */
export interface Finding {
  readonly sentence: string
  /** Ids of the operations that contradict each other. */
  readonly operations: readonly number[]
  /** The operation to point at; one of `operations`. */
  readonly culprit?: number
  /** Which object: `key "x"`. */
  readonly part?: string | undefined
  /**
   * True if nothing forbidden happened: something due had not happened when the recording ended.
   */
  readonly atEnd?: boolean
  /** True if `operations` names only the culprit, to save the search for what it contradicts. */
  readonly bare?: boolean
}

/** The operations on one object, in order of invocation. */
export interface ObjectHistory {
  /** `key "x"`; `undefined` when the history has only one object. */
  readonly part: string | undefined
  readonly operations: readonly Operation[]
}

/** Takes a history apart by key, in order of first use. */
export function perObject(operations: readonly Operation[]): readonly ObjectHistory[] {
  const keys = new Interner()
  const objects: { part: string | undefined; operations: Operation[] }[] = []
  const byKey: (typeof objects)[number][] = []
  let keyless: (typeof objects)[number] | undefined
  for (const op of operations) {
    let object = op.key === undefined ? keyless : byKey[keys.id(op.key)]
    if (object === undefined) {
      object = { part: op.key === undefined ? undefined : `key ${shown(op.key)}`, operations: [] }
      objects.push(object)
      if (op.key === undefined) keyless = object
      else byKey[keys.id(op.key)] = object
    }
    object.operations.push(op)
  }
  return objects
}

/**
 * A pass if nothing was found. Otherwise the finding shown first is one of something that did
 * happen, if there is one, with the fewest operations, the earliest among equals.
 */
export function verdictOf(
  engine: string,
  findings: readonly Finding[],
  sentence: string,
): ConditionVerdict {
  const main = findings.reduce<Finding | undefined>(
    (best, next) => (best === undefined || isClearer(next, best) ? next : best),
    undefined,
  )
  if (main === undefined) return { outcome: 'pass', engine, evidence: { orders: [], sentence } }
  return {
    outcome: 'fail',
    engine,
    evidence: {
      sentence: main.sentence,
      operations: ascending(main.operations),
      ...(main.culprit === undefined ? {} : { culprit: main.culprit }),
      ...(main.part === undefined ? {} : { part: main.part }),
      others: findings
        .filter((finding) => finding !== main)
        .map((finding) => ({
          sentence: finding.sentence,
          operations: ascending(finding.operations),
        })),
    },
  }
}

function isClearer(a: Finding, b: Finding): boolean {
  const rank = weight(a) - weight(b)
  return rank < 0 || (rank === 0 && a.operations.length < b.operations.length)
}

function weight({ atEnd = false, bare = false }: Finding): number {
  return 2 * Number(atEnd) + Number(bare)
}

/** Ids grow with the order of invocation. */
function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}
