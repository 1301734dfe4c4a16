import { describe, expect, it } from 'vitest'
import { atomic } from '../../checkers/atomic.ts'
import type { Condition } from '../../checkers/condition.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { queue } from '../../checkers/models/queue.ts'
import { stringMap } from '../../checkers/models/string-map.ts'
import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import { strongRegular } from '../../checkers/strong-regular.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { timeline } from '../../src/history/timeline.ts'
import type { DrawOptions } from './register-twins.ts'
import { countHistories } from './register-enumeration.ts'
import { faultInVerdict } from './register-evidence.ts'
import {
  drawClash,
  drawRegisterHistory,
  hasOneOrder,
  historyOf,
  isAtomic,
  isRegular,
  isSafe,
  isStrongRegular,
} from './register-twins.ts'

const checks: readonly (readonly [
  Condition,
  (ops: readonly Operation[], initial: Json) => boolean,
])[] = [
  [safe, isSafe],
  [regular, isRegular],
  [strongRegular, isStrongRegular],
  [atomic, isAtomic],
]

const shapes: readonly DrawOptions[] = [true, false].flatMap((oneWriter) =>
  [true, false].flatMap((unique) =>
    [0, 20].map((crashes) => ({ operations: 6, clients: 3, oneWriter, unique, crashes })),
  ),
)

describe.each(checks)('the check of $name', (condition, twin) => {
  it('agrees with the definition on random histories, and proves what it says', () => {
    const count = { pass: 0, fail: 0, unknown: 0 }
    for (const options of shapes) {
      for (let seed = 0; seed < 240; seed++) {
        const operations = drawRegisterHistory(seeded(seed), options)
        const verdict = condition.check(historyOf(operations), { initial: 0 })
        count[verdict.outcome]++
        const fault = faultInVerdict(condition, operations, verdict, twin)
        if (fault !== undefined) expect.fail(JSON.stringify({ fault, verdict, operations }))
      }
    }
    expect(count.unknown).toBe(0)
    expect(Math.min(count.pass, count.fail)).toBeGreaterThan(300)
  })
})

describe('registers with values written again and again', () => {
  it.each([
    ['strong-regular', strongRegular, hasOneOrder, false, 1000],
    ['atomic', atomic, isAtomic, true, 3000],
  ] as const)('are %s as the definition says', (_, condition, twin, oneWriter, cases) => {
    const count = { pass: 0, fail: 0, unknown: 0 }
    for (let seed = 0; seed < cases; seed++) {
      const operations = drawClash(seeded(seed), oneWriter)
      // What a single read breaks is tested above.
      if (regular.check(historyOf(operations), { initial: 0 }).outcome !== 'pass') continue
      const verdict = condition.check(historyOf(operations), { initial: 0 })
      count[verdict.outcome]++
      const fault = faultInVerdict(condition, operations, verdict, twin)
      if (fault !== undefined) expect.fail(JSON.stringify({ seed, fault, verdict, operations }))
    }
    expect(count.unknown).toBe(0)
    expect(Math.min(count.pass, count.fail)).toBeGreaterThan(30)
  })

  it('are not decided at any price', () => {
    const history = timeline(`
      a: [write 1]
      b: [write 2]
      c: [write 1]
      d: [write 2]
      e:           [read 1]  [read 2]
    `)
    expect(strongRegular.check(history, { initial: 0 }).outcome).toBe('fail')
    const verdict = strongRegular.check(history, { initial: 0, budget: { steps: 3 } })
    expect(verdict.outcome).toBe('unknown')
  })
})

describe('all histories of one writer', () => {
  it('are as many as known, and atomic exactly if linearizable', () => {
    expect(countHistories(1, 1)).toMatchObject({ all: 12, mistakes: 0 })
    expect(countHistories(2, 1)).toMatchObject({ all: 45, mistakes: 0 })
    expect(countHistories(1, 2)).toMatchObject({ all: 180, mistakes: 0 })
    expect(countHistories(1, 3)).toMatchObject({ all: 3360, mistakes: 0 })
    expect(countHistories(2, 2)).toEqual({
      all: 1890,
      safe: 1434,
      regular: 906,
      atomic: 890,
      conditionOnly: 790,
      mistakes: 0,
    })
  })
})

/** Which of the conditions a drawing meets. */
function holding(drawing: string | History, initial: Json = 0): string[] {
  const history = typeof drawing === 'string' ? timeline(drawing) : drawing
  return checks
    .filter(([condition]) => condition.check(history, { initial }).outcome === 'pass')
    .map(([condition]) => condition.name)
}

const all = ['safe', 'regular', 'strong-regular', 'atomic']

describe('registers', () => {
  it('of all kinds show a finished write to later reads', () => {
    expect(
      holding(`
        a: [write 1]
        b:           [read 1]
      `),
    ).toEqual(all)
  })

  it('of all kinds may show a write that is under way, or not', () => {
    for (const seen of [0, 1]) {
      expect(
        holding(`
          a: [write 1       ]
          b:    [read -> ${seen}]     [read 1]
        `),
      ).toEqual(all)
    }
  })

  it('of no kind show an old value when nothing is being written', () => {
    expect(
      holding(`
        a: [write 1]
        b:           [read 0]
      `),
    ).toEqual([])
  })

  it('that are regular may show the new value and then the old one, atomic ones may not', () => {
    expect(
      holding(`
        a: [write 1                    ]
        b:    [read 1]
        c:              [read 0]
      `),
    ).toEqual(['safe', 'regular', 'strong-regular'])
  })

  it('that are safe may show anything while something is being written', () => {
    expect(
      holding(`
        a: [write 1     ]
        b:    [read 7]
      `),
    ).toEqual(['safe'])
  })

  it('that are not strongly regular show concurrent writes in different orders', () => {
    const twoReaders = `
      a: [write 1]
      b: [write 2]
      c:           [read 1]  [read 2]
      d:           [read 2]  [read 1]
    `
    expect(holding(twoReaders)).toEqual(['safe', 'regular'])
    expect(
      holding(`
        a: [write 1            ]
        b: [write 2            ]
        c:   [read 2] [read 1]    [read 2]
      `),
    ).toEqual(['safe', 'regular', 'strong-regular'])
  })

  it('that are strongly regular take a value from the write that leaves more open', () => {
    expect(
      holding(`
        a: [write 1                    ]
        b:   [write 2]
        c:              [write 1                          ]
        d:                 [read 1]
        e:                                 [read 2]
      `),
    ).toEqual(['safe', 'regular', 'strong-regular'])
  })

  /**
   * The errata of Vitanyi and Awerbuch to their FOCS 1986 paper, printed a year later, give this
   * run of their register with bounded tags. Three writers have written a, b and c, and start
   * again; the first two end with x and y; a read returns x, so that y came first; the third ends
   * with z; a read returns y, so that x came first.
   */
  it('of Vitanyi and Awerbuch are regular, not atomic', () => {
    const run = `
      w1: [write "a"]             [write "x"       ]
      w2: [write "b"]               [write "y"     ]
      w3: [write "c"]                 [write "z"                    ]
      r:                                             [read "x"]       [read "y"]
    `
    expect(holding(run)).toEqual(['safe', 'regular'])
  })

  it('excuse reads after a write without an answer, if they are only safe', () => {
    const drawing = `
      a: [write 1
      b:           [write 2]
      c:                     [read -> 7]
    `
    expect(holding(drawing)).toEqual(['safe'])
    expect(holding(drawing.replace('-> 7', '-> 1'))).toEqual(all)
    expect(holding(drawing.replace('-> 7', '-> 0'))).toEqual(['safe'])
  })

  it('are judged key by key, with the label of the one at fault', () => {
    const history = timeline(`
      a: [write x 1]  [write y 2]
      b:                          [read x -> 1]  [read y -> 0]
    `)
    const verdict = atomic.check(history, { initial: 0 })
    expect(verdict).toMatchObject({ outcome: 'fail', evidence: { part: 'key "y"' } })
    expect(holding(history)).toEqual([])
  })

  it('begin with null, or with an empty string where they are entries of a map', () => {
    const reads = timeline('a: [read -> null]')
    expect(regular.check(reads, {}).outcome).toBe('pass')
    const get: History = {
      ...reads,
      operations: reads.operations.map((op) => ({ ...op, f: 'get', result: '' })),
    }
    expect(regular.check(get, {}).outcome).toBe('pass')
    expect(regular.check(get, { model: stringMap, initial: 'a' }).outcome).toBe('fail')
  })

  it('are not what other objects are', () => {
    const reads = timeline('a: [read -> 0]')
    const cas = timeline('a: [cas 0 1]')
    for (const [condition] of checks) {
      expect(condition.unfit(reads, {})).toBe(undefined)
      expect(condition.unfit(reads, { model: casRegister })).toBe(undefined)
      expect(condition.unfit(reads, { model: queue })).toBe(
        'it is about registers, and this is a queue',
      )
      expect(condition.unfit(cas, {})).toBe(
        'it is about reads and writes, and client a called "cas"',
      )
    }
  })
})

describe('the evidence', () => {
  const timed = (history: History, ns: number): History => ({
    ...history,
    operations: history.operations.map((op) => ({
      ...op,
      calledAt: op.called * ns,
      returnedAt: op.returned * ns,
    })),
  })
  const violation = (condition: Condition, drawing: string, ns?: number) => {
    const history = timeline(drawing)
    const verdict = condition.check(ns === undefined ? history : timed(history, ns), { initial: 0 })
    if (verdict.outcome !== 'fail') throw new Error(verdict.outcome)
    return verdict.evidence
  }

  it('says of a stale read what had overwritten its value, and how long before', () => {
    const drawing = `
      a: [write 1]  [write 2]
      b:                      [read 1]
    `
    expect(violation(regular, drawing, 4.8e9)).toMatchObject({
      sentence: 'client b read 1, but 2 was written and acknowledged 4.8 s before',
      operations: [0, 1, 2],
      culprit: 2,
    })
    expect(violation(atomic, drawing).sentence).toBe(
      'client b read 1, but 2 was written and acknowledged before',
    )
    expect(violation(safe, drawing.replace('read 1', 'read 0'))).toMatchObject({
      sentence: 'client b read 0, the initial value, but 2 was written and acknowledged before',
      operations: [1, 2],
    })
  })

  it('says of a value from nowhere that nobody had written it', () => {
    expect(violation(regular, 'a: [read 7]')).toMatchObject({
      sentence: 'client a read 7, which nobody had written',
      operations: [0],
    })
    expect(violation(regular, 'a: [read 7] [write 7]').sentence).toBe(
      'client a read 7, which nobody had written yet: client a did so later',
    )
  })

  it('says who had read the newer value', () => {
    const drawing = `
      a: [write 1]  [write 2                      ]
      b:               [read 2]
      c:                          [read 1]
    `
    expect(violation(atomic, drawing, 1e6)).toMatchObject({
      sentence: 'client c read 1, but client b had read the newer 2 1 ms before',
      operations: [0, 1, 2, 3],
      culprit: 3,
    })
  })

  it('says also why the newer read is newer, where its value was written twice', () => {
    const drawing = `
      w:  [write 1] [write 2             ]     [write 1                    ]
      r0:             [read 2]
      r1:                        [read 1             ]
      r2:                                                 [read 2]
    `
    expect(violation(atomic, drawing).operations).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('says which reads no order of the writes explains', () => {
    const drawing = `
      a: [write 1]
      b: [write 2]
      c:           [read 1]
      d:           [read 2]
    `
    const { sentence, operations } = violation(strongRegular, drawing)
    expect(sentence).toMatch(
      /^client . read . after . had been [a-z]+, and client . read . after . had .* the later one$/,
    )
    expect(operations).toEqual([0, 1, 2, 3])
    const verdict = regular.check(timeline(drawing), { initial: 0 })
    expect(verdict).toMatchObject({ outcome: 'pass' })
    expect(JSON.stringify(verdict)).toContain('(not strong regular): client')
  })

  it('tells every wrong read, and counts those beyond a thousand', () => {
    const one = timeline('a: [read 7]').operations[0]
    if (one === undefined) throw new Error('no operation')
    const operations = Array.from({ length: 1500 }, (_, id) => ({
      ...one,
      id,
      called: 2 * id,
      returned: 2 * id + 1,
    }))
    const verdict = regular.check(historyOf(operations), { initial: 0 })
    if (verdict.outcome !== 'fail') throw new Error(verdict.outcome)
    expect(verdict.evidence.others).toHaveLength(1000)
    expect(verdict.evidence.others.at(-1)?.sentence).toBe('500 more reads like these')
  })
})
