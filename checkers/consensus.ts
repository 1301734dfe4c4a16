import { canonical } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import { Interner } from '../src/core/json.ts'
import type { Operation, Process } from '../src/core/operation.ts'
import { acknowledged, anything, nothing } from '../src/core/shape.ts'
import { shown } from '../src/core/wording.ts'
import type { DirectCondition } from './direct-condition.ts'
import { misfit, processText } from './direct-condition.ts'
import type { Finding, ObjectHistory } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * | operation | argument | result |
 * |---|---|---|
 * | propose | the proposed value | the decision; `null` if it is told later, by `decide` |
 * | decide | nothing | the decision of this process |
 * | crash | ignored | ignored: the process is faulty |
 *
 * `null` cannot be proposed. Different keys are different instances.
 *
 * - Agreement (uniform): no two decisions differ, not even of processes that crash later.
 * - Validity: what is decided was proposed, and its proposal had been called by then.
 * - Integrity: a process decides at most once; if it is told twice, it is told the same.
 * - Termination: every correct process that proposed has decided when the recording ends. Whoever
 *   crashed, or has an operation of unknown outcome, may be faulty and owes no decision.
 */
const shapes = {
  propose: {
    value: { ...anything, text: 'the proposed value, not `null`' },
    result: { ...anything, text: 'the decision; `null` if it is told by `decide`' },
  },
  decide: { value: nothing, result: { ...anything, text: 'the decision of this process' } },
  crash: { value: nothing, result: acknowledged },
}

/** Processes decide on one of the values that they propose. */
export const consensus: DirectCondition = consensusAmong([])

/**
 * The same where some processes are known to be correct: they owe a decision even to a proposal
 * without answer.
 */
export function consensusAmong(correct: readonly Process[]): DirectCondition {
  const condition: DirectCondition = {
    name: 'consensus',
    summary: 'agreement, validity, integrity and termination of consensus',
    source: 'Hadzilacos & Toueg 1994, A modular approach to fault-tolerant broadcasts',
    operations: shapes,

    unfit(history) {
      const none = history.operations.some((op) => op.f === 'propose' && op.value === null)
      if (none) return 'null is proposed in it, which stands for no value'
      return misfit(history, condition, ['propose'], 'ignored')
    },

    check(history) {
      const faulty = new Set<Process>()
      for (const { process, f, result } of history.operations) {
        if (f === 'crash' || result === undefined) faulty.add(process)
      }
      for (const process of correct) faulty.delete(process)
      const findings: Finding[] = []
      let decided = 0
      for (const instance of perObject(history.operations)) {
        const decisions = decisionsOf(instance.operations)
        decided += decisions.length
        findings.push(
          ...disagreements(decisions, instance),
          ...inventions(decisions, instance),
          ...repetitions(decisions, instance),
          ...debts(decisions, instance, faulty),
        )
      }
      return verdictOf(
        'consensus-properties',
        findings,
        `${decided} decisions, all as they must be`,
      )
    },
  }
  return condition
}

interface Decision {
  readonly op: Operation
  readonly value: Json
}

function decisionsOf(operations: readonly Operation[]): readonly Decision[] {
  const decisions: Decision[] = []
  for (const op of operations) {
    if (op.f !== 'propose' && op.f !== 'decide') continue
    if (op.result === undefined || op.result === null) continue
    decisions.push({ op, value: op.result })
  }
  return decisions
}

/** Each value that differs from the first decision, once. */
function disagreements(decisions: readonly Decision[], { part }: ObjectHistory): Finding[] {
  const values = new Interner()
  const findings: Finding[] = []
  const first = decisions[0]
  for (const decision of decisions) {
    const known = values.size
    if (values.id(decision.value) < known || known === 0 || first === undefined) continue
    const sentence = `${decisionText(decision)}, but ${decisionText(first)}`
    const operations = [first.op.id, decision.op.id]
    findings.push({ sentence, operations, culprit: decision.op.id, part })
  }
  return findings
}

/** Each decided value that nobody can have proposed by then, once. */
function inventions(
  decisions: readonly Decision[],
  { part, operations }: ObjectHistory,
): Finding[] {
  const values = new Interner()
  const proposedAt: number[] = []
  for (const op of operations) {
    if (op.f === 'propose') proposedAt[values.id(op.value)] ??= op.called
  }
  const findings: Finding[] = []
  const reported = new Set<number>()
  for (const decision of decisions) {
    const { op } = decision
    const value = values.id(decision.value)
    const proposed = proposedAt[value] ?? Infinity
    if (proposed < op.returned || reported.has(value)) continue
    reported.add(value)
    const when = proposed === Infinity ? 'which nobody proposed' : 'before anybody proposed it'
    const sentence = `${decisionText(decision)}, ${when}`
    findings.push({ sentence, operations: [op.id], culprit: op.id, part })
  }
  return findings
}

function repetitions(decisions: readonly Decision[], { part }: ObjectHistory): Finding[] {
  const findings: Finding[] = []
  const firstOf = new Map<Process, Decision>()
  const decidedBy = new Map<Process, Decision>()
  for (const decision of decisions) {
    const { op } = decision
    const first = firstOf.get(op.process)
    const before = decidedBy.get(op.process)
    if (op.f === 'decide' && before !== undefined) {
      const sentence = `${processText(op)} decided twice`
      findings.push({ sentence, operations: [before.op.id, op.id], culprit: op.id, part })
    } else if (first !== undefined && canonical(first.value) !== canonical(decision.value)) {
      const sentence = `${decisionText(decision)}, but had decided ${shown(first.value)}`
      findings.push({ sentence, operations: [first.op.id, op.id], culprit: op.id, part })
    }
    if (first === undefined) firstOf.set(op.process, decision)
    if (op.f === 'decide') decidedBy.set(op.process, decision)
  }
  return findings
}

/** Processes that proposed, are correct, and have not decided. */
function debts(
  decisions: readonly Decision[],
  { part, operations }: ObjectHistory,
  faulty: ReadonlySet<Process>,
): Finding[] {
  const done = new Set(decisions.map(({ op }) => op.process))
  const findings: Finding[] = []
  for (const op of operations) {
    if (op.f !== 'propose' || done.has(op.process) || faulty.has(op.process)) continue
    done.add(op.process)
    const proposed = `${processText(op)} proposed ${shown(op.value)}`
    const sentence = `${proposed}, but had not decided when the recording ended`
    findings.push({ sentence, operations: [op.id], culprit: op.id, part, atEnd: true })
  }
  return findings
}

function decisionText({ op, value }: Decision): string {
  return `${processText(op)} decided ${shown(value)}`
}
