/**
 * Regular registers. With one writer: a read returns the value of the last write that had returned
 * before it was called, or of a write that it overlaps (Lamport, On interprocess communication,
 * 1986).
 *
 * With several writers the word has several meanings (Shao, Welch, Pierce & Lee 2011 compare four).
 * Here `regular` is the weakest of them, MWRegWeak, also called weak regularity: for each read by
 * itself there is an order of it and all writes, in real time, in which it returns what was written
 * last. In other words: the write was called before the read returned, and no other write lies in
 * real time between the write and the read. Different reads may see the writes in different orders.
 * The evidence says whether the stronger meaning, one order for all reads, holds too: see
 * `strong-regular`.
 *
 * A write of unknown outcome may be returned by any later read, and never overwrites anything.
 */
import { Meter } from '../src/core/budget.ts'
import { counted } from '../src/core/wording.ts'
import type { Condition } from './condition.ts'
import { verdictOf } from './findings.ts'
import { registerParts, unfitForRegisters } from './register-part.ts'
import { readFacts, unexplainedReads } from './register-reads.ts'
import { checkStrongRegular, mayDiffer } from './strong-regular.ts'

const ENGINE = 'per-read'

export const regular: Condition = {
  name: 'regular',
  summary:
    'a read returns the value written last before it, or one that is being written meanwhile',
  source: 'Lamport, On interprocess communication II, Distributed Computing 1, 1986',
  unfit: unfitForRegisters,

  check(history, options) {
    const meter = new Meter(options.budget)
    const parts = registerParts(history, options)
    const findings = parts.flatMap((part) => unexplainedReads(part, readFacts(part)))
    if (findings.length > 0) return verdictOf(ENGINE, findings, '')
    const reads = parts.reduce((sum, part) => sum + part.reads.length, 0)
    const found = `${counted(reads, 'read')} returned what was written last or meanwhile`
    if (!mayDiffer(parts)) return verdictOf(ENGINE, [], found)
    return verdictOf(ENGINE, [], `${found}, each by itself; ${stronger()}`)

    /** Only a remark, so it may not take long. */
    function stronger(): string {
      const { rest } = meter
      const brief = new Meter({ ...rest, seconds: Math.min(rest.seconds ?? Infinity, 2) })
      const { outcome, evidence } = checkStrongRegular(parts, brief)
      if (outcome === 'pass')
        return 'one order of all writes explains them together (strong regular)'
      if (outcome === 'unknown') return 'whether one order of all writes explains them is not known'
      const none = 'no one order of all writes explains them together (not strong regular)'
      return `${none}: ${evidence.sentence}`
    }
  },
}
