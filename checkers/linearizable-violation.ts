import { Meter } from '../src/core/budget.ts'
import type { Contradiction, Problem } from '../src/core/engine.ts'
import type { Operation } from '../src/core/operation.ts'
import { longestBeginning } from '../src/linearize/longest-beginning.ts'
import type { Shrunk } from '../src/linearize/shrink.ts'
import { shrink } from '../src/linearize/shrink.ts'
import type { Violation } from './condition.ts'
import type { DecidedPart } from './decide-parts.ts'
import { explain } from './explain.ts'
import { counted } from '../src/core/wording.ts'

/** No counterexamples are worth more time than this to make them smaller. */
const SECONDS_TO_SHRINK = 10
/** Where each of several failing parts can be made smaller in its share of that, it is. */
const LEAST_SECONDS_FOR_A_PART = 0.2
/** More contradictions in one part than this are counted, but not told one by one. */
const TOLD_AT_MOST = 1000

/**
 * Why a history with these failing parts is not linearizable: one reason in full, the others in
 * short.
 */
export function violationOf(failed: readonly DecidedPart[], meter: Meter): Violation {
  const { rest } = meter
  const seconds = Math.min(rest.seconds ?? Infinity, SECONDS_TO_SHRINK)
  const forAll = new Meter({ ...rest, seconds })
  const told: Rated[] = []
  let untold = 0
  for (const [rank, part] of failed.entries()) {
    const share = (forAll.rest.seconds ?? 0) / (failed.length - rank)
    if (rank > 0 && share < Math.min(LEAST_SECONDS_FOR_A_PART, seconds / 20)) untold++
    else told.push(violationIn(part, new Meter({ ...forAll.rest, seconds: share })))
  }
  told.sort((a, b) => b.gravity - a.gravity || a.size - b.size)
  const [main, ...others] = told.map(({ violation }) => violation)
  if (main === undefined) throw new Error('a failure has a failing part')
  const more = { sentence: `${counted(untold, 'further part')} failed too`, operations: [] }
  return {
    ...main,
    others: [
      ...main.others,
      ...others.flatMap(({ sentence, operations, others }) => [
        { sentence, operations },
        ...others,
      ]),
      ...(untold === 0 ? [] : [more]),
    ],
    ...(untold === 0 ? {} : { cut: `${counted(untold, 'failing part')} had no time to be told` }),
  }
}

/** A violation, and what decides which of several is told in full. */
interface Rated {
  readonly violation: Violation
  /** How long ago the truth had been known, if that can be told; else 0. */
  readonly gravity: number
  readonly size: number
}

function violationIn({ part, decision, engine }: DecidedPart, meter: Meter): Rated {
  if (decision.outcome !== 'fail') throw new Error('only a failure is explained')
  const { problem } = part
  const [gravest, ...others] = contradictionsIn(problem, engine)
  const hints =
    gravest === undefined ? decision : { core: gravest.core, impossible: gravest.culprit }
  const { seconds = 0, ...rest } = meter.rest
  const shrunk = shrink(problem, hints, { ...rest, seconds: seconds / 2 })
  const ids = shrunk.indices.map((index) => problem.operations[index]!.id)
  const culprit = culpritOf(problem, shrunk, hints.impossible)
  const violation = {
    sentence: explain(shrunk.problem, culprit, hints === decision ? decision.reason : ''),
    operations: ids,
    culprit: culprit.id,
    ...(part.label === '' ? {} : { part: part.label }),
    ...caveatOf(shrunk, engine),
    ...beginningOf(problem, meter),
    others: toldInShort(problem, others),
  }
  const gravity = gravest === undefined ? 0 : ageOf(problem, gravest)
  return { violation, gravity, size: ids.length }
}

function caveatOf({ minimal, proven }: Shrunk, engine: string) {
  const size = minimal ? '' : 'it may not be the smallest, as the time for that was up'
  const proof = proven ? '' : `the general search did not get to confirm what ${engine} says`
  const caveat = [size, proof].filter(Boolean).join('; ')
  return caveat === '' ? {} : { caveat }
}

/** How far the part could be followed, if the budget suffices to find out. */
function beginningOf(problem: Problem, meter: Meter) {
  const beginning = longestBeginning(problem, meter)
  if (beginning === undefined) return {}
  const id = (index: number) => problem.operations[index]!.id
  return { firstImpossible: id(beginning.impossible), longest: beginning.order.map(id) }
}

/** Every contradiction that the engine can tell apart, the gravest first. */
function contradictionsIn(problem: Problem, name: string): readonly Contradiction[] {
  const engine = problem.model.engines?.find((candidate) => candidate.name === name)
  const contradictions = engine?.contradictions?.(problem) ?? []
  return contradictions.toSorted((a, b) => ageOf(problem, b) - ageOf(problem, a))
}

function ageOf({ operations }: Problem, { culprit, since }: Contradiction): number {
  const [late, early] = [operations[culprit]!, operations[since]!]
  return (late.calledAt ?? late.called) - (early.returnedAt ?? early.returned)
}

function toldInShort(problem: Problem, contradictions: readonly Contradiction[]) {
  const told = contradictions.slice(0, TOLD_AT_MOST).map(({ core, culprit, reason }) => {
    const operations = core.map((index) => problem.operations[index]!)
    return {
      sentence: explain({ ...problem, operations }, problem.operations[culprit]!, reason),
      operations: operations.map((operation) => operation.id),
    }
  })
  const untold = contradictions.length - told.length
  if (untold > 0) told.push({ sentence: `and ${counted(untold, 'more', 'more')}`, operations: [] })
  return told
}

/** The operation to point at: the one the engine says, or else the last that was called. */
function culpritOf(problem: Problem, { indices }: Shrunk, impossible?: number): Operation {
  const index = indices.find((at) => at === impossible) ?? Math.max(...indices)
  return problem.operations[index]!
}
