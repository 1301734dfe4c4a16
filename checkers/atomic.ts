/**
 * Atomic registers. With one writer: the register is regular, and no read returns an older value
 * than a read that had returned before it was called (Lamport, On interprocess communication,
 * 1986). The second half alone would admit a register that always returns its initial value. With
 * several writers that overlap: linearizable (Herlihy & Wing 1990), which for one writer is the
 * same.
 */
import { Meter } from '../src/core/budget.ts'
import { counted } from '../src/core/wording.ts'
import type { Condition, ConditionVerdict, Witness } from './condition.ts'
import type { Finding } from './findings.ts'
import { verdictOf } from './findings.ts'
import { linearizable } from './linearizable.ts'
import { hasOneWriter, registerModel, registerParts, unfitForRegisters } from './register-part.ts'
import { readFacts, unexplainedReads } from './register-reads.ts'
import { decideSingleWriter } from './single-writer.ts'

const ENGINE = 'single-writer'

export const atomic: Condition = {
  name: 'atomic',
  summary: 'regular, and no read returns an older value than a read before it',
  source: 'Lamport, On interprocess communication II, Distributed Computing 1, 1986',
  unfit: unfitForRegisters,

  check(history, options) {
    const meter = new Meter(options.budget)
    const parts = registerParts(history, options)
    const findings: Finding[] = []
    const orders: Witness['orders'][number][] = []
    for (const part of parts.filter(hasOneWriter)) {
      const facts = readFacts(part)
      const unexplained = unexplainedReads(part, facts)
      findings.push(...unexplained)
      if (unexplained.length > 0) continue
      const decision = decideSingleWriter(part, facts)
      if (decision.outcome === 'fail') findings.push(decision.finding)
      else orders.push({ part: part.label, order: decision.order })
    }
    if (findings.length > 0) return verdictOf(ENGINE, findings, '')

    const shared = parts.filter((part) => !hasOneWriter(part))
    const found = 'no read returned an older value than a read before it'
    const sentence = `${found}: ${counted(orders.length, 'register')} with one writer`
    const alone: ConditionVerdict = {
      outcome: 'pass',
      engine: ENGINE,
      evidence: { orders, sentence },
    }
    if (shared.length === 0) return alone
    const operations = shared.flatMap((part) => part.operations)
    const rest = linearizable.check(
      { ...history, operations: operations.sort((a, b) => a.called - b.called) },
      { ...options, model: registerModel(history, options), budget: meter.rest },
    )
    return orders.length === 0 ? rest : together(alone.evidence, rest)
  },
}

/** One verdict for the registers with one writer, which are atomic, and the others. */
function together(alone: Witness, rest: ConditionVerdict): ConditionVerdict {
  const engine = `${ENGINE} + ${rest.engine}`
  if (rest.outcome !== 'pass') return { ...rest, engine }
  return {
    ...rest,
    engine,
    evidence: {
      orders: [...alone.orders, ...rest.evidence.orders],
      sentence: `${alone.sentence}; with several: ${rest.evidence.sentence}`,
    },
  }
}
