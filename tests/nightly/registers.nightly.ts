import { expect, it } from 'vitest'
import { atomic } from '../../checkers/atomic.ts'
import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import { strongRegular } from '../../checkers/strong-regular.ts'
import { seeded } from '../../src/core/random.ts'
import { faultInVerdict } from '../checkers/register-evidence.ts'
import {
  drawClash,
  drawRegisterHistory,
  hasOneOrder,
  historyOf,
  isAtomic,
  isRegular,
  isSafe,
} from '../checkers/register-twins.ts'

/** SYNOD_CASES shortens the run. */
const CASES = Number(process.env['SYNOD_CASES'] ?? 250_000)

const checks = [
  { name: safe.name, condition: safe, twin: isSafe },
  { name: regular.name, condition: regular, twin: isRegular },
  { name: strongRegular.name, condition: strongRegular, twin: hasOneOrder },
  { name: atomic.name, condition: atomic, twin: isAtomic },
]

it.each(checks)(
  'judges registers as the definition of $name says',
  ({ condition, twin }) => {
    const count = { pass: 0, fail: 0, unknown: 0 }
    for (let seed = 0; seed < CASES; seed++) {
      const random = seeded(seed)
      const oneWriter = random.chance(1, 2)
      const operations = random.chance(1, 2)
        ? drawClash(random, oneWriter)
        : drawRegisterHistory(random, {
            operations: random.int(3, 9),
            clients: random.int(2, 4),
            oneWriter,
            unique: random.chance(1, 2),
            crashes: random.pick([0, 20]),
          })
      const verdict = condition.check(historyOf(operations), { initial: 0 })
      count[verdict.outcome]++
      const fault = faultInVerdict(condition, operations, verdict, twin)
      if (fault !== undefined) expect.fail(JSON.stringify({ seed, fault, verdict, operations }))
    }
    expect(count.unknown).toBe(0)
    expect(Math.min(count.pass, count.fail)).toBeGreaterThan(CASES / 20)
  },
  3_600_000,
)
