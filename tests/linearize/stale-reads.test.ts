import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import { sameJson } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Operation } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import { anything, nothing } from '../../src/core/shape.ts'
import { staleReads } from '../../src/linearize/stale-reads.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { extraData } from '../extra-data.ts'
import { registerNames, registerProblem, withOldReads } from './register-cases.ts'

/** A register that remembers its past: `seen` returns the present value or any earlier one. */
const remembering: Model<readonly Json[]> = {
  name: 'remembering register',
  summary: 'a register whose reads may be old',
  operations: {
    ...casRegister.operations,
    seen: { value: nothing, result: anything },
  },
  initial: (value = null) => [value],
  step(past, call) {
    if (call.f === 'seen') return past.map((result) => ({ state: past, result }))
    const now = past[past.length - 1] as Json
    return casRegister.step(now, call).map(({ state, result }) => ({
      state: sameJson(state, now) ? past : [...past, state],
      result,
    }))
  },
}

/** The definition: no order of the writes, with all other reads taken as old, has the read up to date. */
function provablyStale({ operations, initial }: Problem): number[] | undefined {
  const weakened = (trusted: number): Problem => ({
    model: remembering,
    initial: [initial],
    operations: operations.flatMap((op, index): readonly Operation[] => {
      const [from, to] = Array.isArray(op.value) ? (op.value as readonly Json[]) : []
      const same = op.f === 'cas' && sameJson(from, to)
      if (op.f === 'cas' && op.result === false) return []
      if (op.result === undefined && (op.f === 'read' || same)) return []
      if (op.f !== 'read' && !same) return [op]
      const result = same ? from : op.result
      return [{ ...op, f: index === trusted ? 'read' : 'seen', value: null, result }]
    }),
  })
  if (!isLinearizable(weakened(-1))) return undefined
  return operations.flatMap((_, index) => (isLinearizable(weakened(index)) ? [] : [index]))
}

describe('stale reads', () => {
  it('are exactly those that the definition names, on random histories', () => {
    let named = 0
    for (let n = 0; n < 4000; n++) {
      const random = seeded(n)
      const problem = withOldReads(random, registerProblem(random))
      const found = staleReads(problem, registerNames)
      if (found === undefined) continue
      expect({ n, found: found.map(({ read }) => read) }).toEqual({
        n,
        found: provablyStale(problem),
      })
      named += found.length
      for (const { proof, reason, read } of found) {
        const operations = proof.map((index) => problem.operations[index]!)
        const small = provablyStale({ ...problem, operations })
        expect({ n, small }).toEqual({
          n,
          small: expect.arrayContaining([proof.indexOf(read)]) as unknown,
        })
        expect(reason).not.toMatch(/undefined|NaN/)
      }
    }
    console.log(named)
    expect(named).toBeGreaterThan(200)
  })

  const folder = extraData()
  for (const [file, expected] of [
    ['etcd-ser-partition', 31],
    ['zk-plain-partition', 4],
    ['etcd-lin-faults', 0],
  ] as const) {
    it.skipIf(folder === undefined)(`${file}`, () => {
      const open = new Map<unknown, any>()
      const ops: any[] = []
      readFileSync(`${folder}/corpus/recorded/${file}.jsonl`, 'utf8')
        .trim()
        .split('\n')
        .forEach((line, i) => {
          const e = JSON.parse(line)
          if (e.process === 'nemesis') return
          if (e.type === 'invoke') {
            const op = { ...e, id: ops.length, result: undefined, called: i, returned: Infinity }
            ops.push(op)
            open.set(e.process, op)
          } else if (e.type === 'ok')
            Object.assign(open.get(e.process), { result: e.value ?? null, returned: i, rev: e.rev })
          else if (e.type === 'fail') open.get(e.process).failed = true
        })
      let total = 0
      const wrong: any[] = []
      for (const key of ['x', 'y', 'z']) {
        const operations = ops.filter((op) => op.key === key && !op.failed)
        const found = staleReads({ model: casRegister, initial: null, operations }, registerNames)
        total += found!.length
        const named = new Set(found!.map((f) => f.read))
        operations.forEach((r, i) => {
          if (r.f !== 'read' || r.result === undefined) return
          const max = Math.max(
            0,
            ...operations.filter((o) => o.returned < r.called).map((o) => o.rev ?? 0),
          )
          const stale = (r.rev ?? 0) < max
          if (stale !== named.has(i)) wrong.push([key, i, r.rev, max, stale])
        })
        console.log(
          key,
          found!.map((f) => f.reason),
        )
      }
      console.log(total, expected, wrong)
    })
  }
})
