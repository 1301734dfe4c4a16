/**
 * Safe registers (Lamport, On interprocess communication, part II, 1986): a read that overlaps no
 * write returns the value written last before it; one that does may return anything whatever.
 *
 * With several writers 'last' is what some order of the finished writes that respects real time
 * puts last (Malkhi & Reiter, Byzantine quorum systems, 1998). A write of unknown outcome may be
 * under way for ever, so it excuses every later read: after one, this condition demands nothing.
 */
import { counted } from '../src/core/wording.ts'
import type { Condition } from './condition.ts'
import type { Finding } from './findings.ts'
import { verdictOf } from './findings.ts'
import { registerParts, unfitForRegisters } from './register-part.ts'
import { readFacts, unexplainedReads } from './register-reads.ts'

export const safe: Condition = {
  name: 'safe',
  summary: 'a read that overlaps no write returns the value written last before it',
  source: 'Lamport, On interprocess communication II, Distributed Computing 1, 1986',
  unfit: unfitForRegisters,

  check(history, options) {
    const findings: Finding[] = []
    let free = 0
    let reads = 0
    for (const part of registerParts(history, options)) {
      const facts = readFacts(part)
      reads += part.reads.length
      for (const disturbed of facts.disturbed) free += disturbed
      findings.push(...unexplainedReads(part, facts, (r) => facts.disturbed[r] === 0))
    }
    const sentence =
      `${counted(reads - free, 'read')} overlapped no write and returned what was written last; ` +
      `${counted(free, 'read')} overlapped one, where anything may be returned`
    return verdictOf('per-read', findings, sentence)
  },
}
