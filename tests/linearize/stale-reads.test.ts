import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import { sameJson } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Operation, Process } from '../../src/core/operation.ts'
import { seeded } from '../../src/core/random.ts'
import { anything, nothing } from '../../src/core/shape.ts'
import { timeline } from '../../src/history/timeline.ts'
import { staleReads } from '../../src/linearize/stale-reads.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { nth } from './fuzz.ts'
import { registerNames, registerProblem, withOldReads } from './register-cases.ts'

/** A register that remembers its past: `seen` returns the present value or any earlier one. */
const remembering: Model<readonly Json[]> = {
  name: 'remembering register',
  summary: 'a register whose reads may be old',
  operations: { ...casRegister.operations, seen: { value: nothing, result: anything } },
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

/** The problem with all reads taken as possibly old, but one. */
function distrusted({ operations, initial }: Problem, trusted: number): Problem {
  const weak = operations.flatMap((op, index): readonly Operation[] => {
    const [from, to] = Array.isArray(op.value) ? (op.value as readonly Json[]) : []
    const isRead = op.f === 'read' || (op.f === 'cas' && sameJson(from, to))
    if (op.f === 'cas' && op.result === false) return []
    if (!isRead) return [op]
    if (op.result === undefined) return []
    const result = op.f === 'cas' ? from : op.result
    return [{ ...op, f: index === trusted ? 'read' : 'seen', value: null, result }]
  })
  return { model: remembering, initial: [initial], operations: weak }
}

/** The definition: reads that cannot have been up to date in any order of the writes. */
function staleByDefinition(problem: Problem): number[] | undefined {
  if (!isLinearizable(distrusted(problem, -1))) return undefined
  return problem.operations.flatMap((_, index) =>
    isLinearizable(distrusted(problem, index)) ? [] : [index],
  )
}

const sentences = (drawing: string) =>
  staleReads(
    { model: casRegister, initial: null, operations: timeline(drawing).operations },
    registerNames,
  )?.map(({ reason }) => reason)

describe('stale reads', () => {
  it('are exactly those that the definition names, on random histories', () => {
    let named = 0
    for (let n = 0; n < 2500; n++) {
      const random = seeded(n)
      const problem = withOldReads(random, registerProblem(random))
      const found = staleReads(problem, registerNames)
      if (found === undefined) continue
      expect({ n, stale: found.map(({ read }) => read) }).toEqual({
        n,
        stale: staleByDefinition(problem),
      })
      named += found.length
      for (const { proof, reason, read } of found) {
        const operations = proof.map((index) => nth(problem.operations, index))
        const alone = staleByDefinition({ ...problem, operations })
        expect({ n, proven: alone?.includes(proof.indexOf(read)) }).toEqual({ n, proven: true })
        expect(reason).not.toMatch(/undefined|NaN/)
      }
    }
    expect(named).toBeGreaterThan(120)
  })

  it('are told with what had overwritten them', () => {
    expect(
      sentences(`
        a: [write 1] [write 2] [write 3]
        b:                               [read -> 1] [read -> 3] [read -> 2]
      `),
    ).toEqual([
      'client b read 1, but client a wrote 2 before, and that after client a wrote 1',
      'client b read 2, but client a wrote 3 before, and that after client a wrote 2',
    ])
    expect(sentences('a: [cas null 1 -> true] [cas 1 2 -> true] [read -> 1]')).toEqual([
      'client a read 1, but client a changed 1 into 2 before',
    ])
  })

  it('are not told where one of two reads is old, but nobody can say which', () => {
    const drawing = `
      a: [write 1                                    ]
      b: [write 2                                    ]
      c: [read -> 1] [read -> 2] [read -> 1] [read -> 2]
    `
    expect(sentences(drawing)).toEqual([])
  })

  it('cannot be told where the writes contradict each other', () => {
    expect(sentences('a: [write 1] [cas 1 2 -> true] [cas 1 3 -> true]')).toBeUndefined()
    expect(sentences('a: [read -> 1] [write 1]')).toBeUndefined()
  })
})

/** An operation of a recording, with the server's own stamp of the value. */
interface Stamped extends Operation {
  readonly rev: number
}

interface RecordedEvent {
  readonly process: Process
  readonly type: string
  readonly f: string
  readonly key: string
  readonly value: Json
  readonly rev?: number
}

/** The operations of a recording on one key. Only this test may look at the stamps. */
function recorded(path: string, key: string): Stamped[] {
  const open = new Map<Process, Stamped>()
  const operations: Stamped[] = []
  const failed = new Set<Stamped>()
  for (const [position, line] of readFileSync(path, 'utf8').trimEnd().split('\n').entries()) {
    const { process, type, f, value, rev, ...event } = JSON.parse(line) as RecordedEvent
    const op = open.get(process)
    if (type === 'invoke' && event.key === key) {
      const times = { calledAt: undefined, returnedAt: undefined }
      const call = { id: position, process, f, key, value, called: position, ...times }
      const pending = { ...call, result: undefined, returned: Infinity, rev: 0 }
      open.set(process, pending)
      operations.push(pending)
    } else if (op !== undefined) {
      open.delete(process)
      if (type === 'fail') failed.add(op)
      if (type === 'ok') Object.assign(op, { result: value, returned: position, rev: rev ?? 0 })
    }
  }
  return operations.filter((op) => !failed.has(op))
}

describe('stale reads of recordings', () => {
  it.each([
    ['etcd-ser-partition', 31],
    ['zk-plain-partition', 4],
    ['etcd-lin-faults', 0],
  ])('of %s are the %i that the stamps of the servers know', (name, expected) => {
    let total = 0
    for (const key of ['x', 'y', 'z']) {
      const path = join('examples', 'histories', `${name}.jsonl`)
      const operations = recorded(path, key)
      const stale = staleReads({ model: casRegister, initial: null, operations }, registerNames)
      const known = operations.flatMap(({ f, result, rev, called }, index) => {
        if (f !== 'read' || result === undefined) return []
        const newer = operations.some((op) => op.returned < called && op.rev > rev)
        return newer ? [index] : []
      })
      expect(stale?.map(({ read }) => read)).toEqual(known)
      total += known.length
    }
    expect(total).toBe(expected)
  })
})
