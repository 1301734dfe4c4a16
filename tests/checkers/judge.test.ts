import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Violation } from '../../checkers/condition.ts'
import type { Judgement } from '../../checkers/judge.ts'
import { judge } from '../../checkers/judge.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { queue } from '../../checkers/models/queue.ts'
import { generate } from '../../src/history/generate.ts'
import type { History } from '../../src/history/history.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { isLinearizable } from '../oracle/brute-force.ts'

const RECORDINGS = new URL('../../examples/histories/', import.meta.url)

describe('the recordings of real systems', () => {
  const judged = new Map<string, { history: History; judgement: Judgement }>()
  const recording = (name: string) => present(judged.get(name))
  beforeAll(async () => {
    for (const name of ['etcd-lin-faults', 'etcd-ser-partition', 'zk-plain-partition']) {
      const history = await readHistory(new URL(`${name}.jsonl`, RECORDINGS).pathname)
      judged.set(name, { history, judgement: await judge(history) })
    }
  })

  it('etcd with linearizable reads is linearizable under faults', () => {
    expect(judged.get('etcd-lin-faults')?.judgement).toMatchObject({
      outcome: 'pass',
      condition: 'linearizable',
      model: 'cas-register',
      engine: 'register-zones',
    })
  })

  it('etcd with serializable reads is not, under a partition, but sequentially consistent', () => {
    const { judgement } = recording('etcd-ser-partition')
    expect(judgement).toMatchObject({
      outcome: 'fail',
      evidence: { holds: ['sequential'], broken: [] },
    })
    expect(judgement.evidence.sentence).toMatch(
      /^client 40 read 536, but 546 had been written and acknowledged 4\.7 s before$/,
    )
  })

  it('ZooKeeper with plain reads is not either', () => {
    const { judgement } = recording('zk-plain-partition')
    expect(judgement).toMatchObject({
      outcome: 'fail',
      evidence: { holds: ['sequential'], broken: [] },
    })
  })

  it.each([
    ['etcd-ser-partition', 31, ['x', 'y', 'z']],
    ['zk-plain-partition', 4, ['x', 'z']],
  ])('in %s all %i stale reads are named, the servers’ own stamps agree', (name, count, keys) => {
    const { history, judgement } = recording(name)
    const { violation } = judgement.evidence
    const all = allOf(violation).map((one) => present(one.operations.at(-1)))
    const reads = all.map((id) => present(history.operations[id]))
    expect(new Set(reads.map((read) => read.id))).toHaveLength(count)
    expect([...new Set(reads.map((read) => read.key))].sort()).toEqual(keys)
    expect(new Set(all)).toEqual(staleByStamp(name))
  })

  it('have the same verdict whatever the stamps of the servers say', async () => {
    const path = new URL('etcd-ser-partition.jsonl', RECORDINGS)
    const text = readFileSync(path, 'utf8').replace(/"rev":\d+/g, '"rev":7')
    const bytes = (async function* () {
      yield await Promise.resolve(new TextEncoder().encode(text))
    })()
    const again = await judge(await readHistory(bytes))
    const { judgement } = recording('etcd-ser-partition')
    expect(again.evidence).toEqual(judgement.evidence)
  })

  it('have counterexamples that cannot be ordered, by the definition', () => {
    for (const { history, judgement } of judged.values()) {
      const { violation } = judgement.evidence
      for (const { operations } of allOf(violation)) {
        const some = operations.map((id) => present(history.operations[id]))
        expect(isLinearizable({ model: casRegister, initial: null, operations: some })).toBe(false)
      }
    }
  })
})

describe('judge', () => {
  it('says which weaker conditions hold and which do not, each with its proof', async () => {
    const judgement = await judge(
      timeline(`
        a: [write x 1] [write x 2]
        b:                         [read x -> 2] [read x -> 1]
      `),
    )
    expect(judgement.outcome).toBe('fail')
    const broken = judgement.evidence.broken?.map(({ condition }) => condition)
    expect(broken).toContain('monotonic-reads')
    expect(broken).not.toContain('sequential')
    expect(judgement.evidence.holds).toContain('read-your-writes')
  })

  it('gives operations that no model knows to the direct check that knows them', async () => {
    const history = timeline(`
      a: [generate -> 1] [generate -> 2]
      b:                                 [generate -> 1]
    `)
    expect(await judge(history)).toMatchObject({
      outcome: 'fail',
      condition: 'unique-ids',
      model: null,
    })
  })

  it('names the first operation that fits no model and no direct check', async () => {
    const history = timeline(`a: [write 1] [frobnicate 2]`)
    await expect(judge(history)).rejects.toThrow(/frobnicate/)
  })

  it('refuses conditions, models and engines that do not exist and names the nearest', async () => {
    const history = timeline(`a: [write 1]`)
    await expect(judge(history, { condition: 'linearisable' })).rejects.toMatchObject({
      hint: expect.stringContaining('did you mean linearizable') as string,
    })
    await expect(judge(history, { engine: 'fast' })).rejects.toThrow(/no engine 'fast'/)
    await expect(judge(history, { condition: 'causal', engine: 'just-in-time' })).rejects.toThrow(
      /no engines to choose from/,
    )
  })

  it('refuses a history whose operations are not those of the model asked for', async () => {
    await expect(judge(timeline(`a: [write 1]`), { model: queue })).rejects.toThrow(/write/)
  })

  it('says unknown when a condition says nothing about a history', async () => {
    const judgement = await judge(timeline(`a: [enqueue 1]`), { condition: 'leader' })
    expect(judgement).toMatchObject({
      outcome: 'unknown',
      evidence: { bound: { bound: 'method' } },
    })
  })

  it.each(['just-in-time', 'wing-gong-lowe', 'register-zones'])(
    'can be made to use %s',
    async (engine) => {
      const history = timeline(`
      a: [write 1] [write 2]
      b:                     [read -> 1]
    `)
      expect(await judge(history, { engine })).toMatchObject({ outcome: 'fail', engine })
    },
  )

  it('finds the violation in one key though another key is too hard for the budget', async () => {
    const easy = generate({ model: casRegister, seed: 1, operations: 200, values: 3 }).operations
    const stale = easy.map((op) =>
      op.f === 'read' && op.id > 150 ? { ...op, result: 'never' } : op,
    )
    const crowd = generate({
      model: casRegister,
      seed: 2,
      operations: 6000,
      clients: 60,
      values: 3,
      thinkNs: 0,
    })
    const operations = [
      ...crowd.operations.map((op) => ({ ...op, key: 'crowded' })),
      ...stale.map((op) => ({ ...op, key: 'stale' })),
    ].map((op, id) => ({ ...op, id }))
    const judgement = await judge({ ...crowd, operations }, { budget: { steps: 150_000 } })
    expect(judgement.outcome).toBe('fail')
    expect(judgement.evidence.violation?.part).toBe('key "stale"')
  })

  it('keeps to its budget of time, within a twentieth', async () => {
    // Every set of the additions is another state, and no sum of them is what was read.
    const additions = Array.from({ length: 48 }, (_, n) => `c${n}: [add ${2 * n + 2}  ]`)
    const history = timeline([...additions, 'r:            [read -> 7]'].join('\n'))
    const started = performance.now()
    const judgement = await judge(history, { budget: { seconds: 1 }, condition: 'linearizable' })
    const seconds = (performance.now() - started) / 1000
    expect(judgement).toMatchObject({
      outcome: 'unknown',
      evidence: { bound: { bound: 'time', limit: 1 } },
    })
    expect(seconds).toBeLessThan(1.05 + 0.2)
  })
})

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('it is not there')
  return value
}

function allOf(violation: Violation | undefined) {
  return violation === undefined ? [] : [violation, ...violation.others]
}

/**
 * Ids of reads whose stamp is older than that of a write of the key which had returned before the
 * call.
 */
function staleByStamp(name: string): Set<number> {
  const lines = readFileSync(new URL(`${name}.jsonl`, RECORDINGS), 'utf8')
    .trimEnd()
    .split('\n')
  const stale = new Set<number>()
  const newest = new Map<string, number>()
  const open = new Map<number, { id: number; seen: number }>()
  const failed = failedCalls(lines)
  let id = 0
  for (const [at, line] of lines.entries()) {
    const event = JSON.parse(line) as {
      process: number
      type: string
      f: string
      key: string
      rev?: number
    }
    const { process, type, key, rev } = event
    if (typeof process !== 'number') continue
    if (type === 'invoke') {
      open.set(process, { id, seen: newest.get(key) ?? 0 })
      if (!failed.has(at)) id++
      continue
    }
    const call = present(open.get(process))
    if (type !== 'ok' || rev === undefined) continue
    if (event.f === 'read' && rev < call.seen) stale.add(call.id)
    newest.set(key, Math.max(newest.get(key) ?? 0, rev))
  }
  return stale
}

function failedCalls(lines: readonly string[]): Set<number> {
  const failed = new Set<number>()
  const calls = new Map<unknown, number>()
  for (const [at, line] of lines.entries()) {
    const { process, type } = JSON.parse(line) as { process: unknown; type: string }
    if (type === 'invoke') calls.set(process, at)
    if (type === 'fail') failed.add(present(calls.get(process)))
  }
  return failed
}
