import { Meter } from '../src/core/budget.ts'
import type { Json } from '../src/core/json.ts'
import { counted, who } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { Accesses } from '../src/linearize/order-accesses.ts'
import type { CausalFinding, CausalLevel } from '../src/linearize/order-causal.ts'
import { breakCausality } from '../src/linearize/order-causal.ts'
import type { CheckOptions, ConditionVerdict, Violation } from './condition.ts'
import {
  circleText,
  idsOf,
  initialOf,
  operationOf,
  readsFrom,
  smallest,
  thinAir,
  told,
  unreadableText,
} from './reads-from.ts'

/** What makes the three versions of causal consistency one check; see causal.ts. */
export function checkCausality(
  history: History,
  options: CheckOptions,
  level: CausalLevel,
): ConditionVerdict {
  const engine = 'causal-patterns'
  const meter = new Meter(options.budget)
  const reading = readsFrom(history, options)
  if (reading.type === 'unreadable') return undecidable(engine, unreadableText(reading.reason))
  if (reading.type === 'thin-air') {
    return { outcome: 'fail', engine, evidence: thinAir(reading.chain) }
  }
  const { accesses } = reading
  const finding = breakCausality(accesses, level, meter)
  if (finding.type === 'bound') {
    const covered = `no contradiction was found among ${counted(accesses.count, 'event')}`
    return { outcome: 'unknown', engine, evidence: meter.hit(covered) }
  }
  if (finding.type === 'broken') {
    const initial = initialOf(history, options)
    const evidence = violation(finding, accesses, level, initial, meter)
    return { outcome: 'fail', engine, evidence }
  }
  if (accesses.refused > 0) return undecidable(engine, refusedText(accesses))
  const judged = counted(accesses.count, 'read or write', 'reads and writes')
  const sentence = `the pasts of ${judged} agree`
  return { outcome: 'pass', engine, evidence: { orders: [], sentence } }
}

/** Outside what the checks on reads and writes can decide. */
export function undecidable(engine: string, covered: string): ConditionVerdict {
  return { outcome: 'unknown', engine, evidence: { bound: 'method', limit: 0, covered } }
}

export function refusedText({ refused }: Accesses): string {
  const them = counted(refused, 'refused compare-and-set')
  return `nothing contradicts it, but ${them} could not be taken into account`
}

function violation(
  finding: CausalFinding & { type: 'broken' },
  accesses: Accesses,
  level: CausalLevel,
  initial: Json,
  meter: Meter,
): Violation {
  const breaks = (part: Accesses) => breakCausality(part, level, new Meter()).type === 'broken'
  const small = smallest(accesses, finding.events, breaks, initial, meter)
  const again = breakCausality(small, level, new Meter())
  if (again.type !== 'broken') throw new Error('a smaller counterexample is none')
  return {
    sentence: `${sentenceOf(again, small)} (${again.pattern})`,
    operations: idsOf(small.operations),
    culprit: culpritOf(again, small),
    others: [],
  }
}

function sentenceOf(finding: CausalFinding & { type: 'broken' }, accesses: Accesses): string {
  const { cycle, pattern, chain } = finding
  const last = cycle.at(-1)!
  const from = operationOf(accesses, last.from)
  const to = operationOf(accesses, last.to)
  switch (pattern) {
    case 'CyclicCO':
      return `a value came from the future: ${circleText(accesses, cycle)}`
    case 'WriteCOInitRead':
      return `${told(from)}, the initial value, although its causal past contains that ${told(to)}`
    case 'WriteCORead':
      return (
        `${told(operationOf(accesses, last.by))}, although its causal past contains that ` +
        `${told(from)}, causally after that ${told(to)}`
      )
    case 'CyclicCF':
      return `no one order of writes explains all reads: ${circleText(accesses, cycle)}`
    case 'WriteHBInitRead':
    case 'CyclicHB': {
      const client = operationOf(accesses, accesses.start[chain!]!).process
      return (
        `no order of what ${who(client)} knew explains its reads: ` + circleText(accesses, cycle)
      )
    }
  }
}

function culpritOf({ cycle }: CausalFinding & { type: 'broken' }, accesses: Accesses): number {
  const last = cycle.at(-1)!
  if (last.why === 'overwritten') return operationOf(accesses, last.by).id
  if (last.why === 'overwrites') return operationOf(accesses, last.from).id
  // A circle of clients and reads: the read that saw the future.
  const read = cycle.find(({ why }) => why === 'reads')!
  return operationOf(accesses, read.to).id
}
