import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { queue } from '../../checkers/models/queue.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { sequential } from '../../checkers/sequential.ts'
import type { Json } from '../../src/core/json.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { Meter } from '../../src/core/budget.ts'
import { decideSequential } from '../../src/linearize/order-sequential.ts'
import { faultInMerge } from '../../src/linearize/order-replay.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { isSequential } from '../oracle/client-orders.ts'
import type { Deed } from './client-histories.ts'
import { allHistories, deeds, historyOf, problemOf } from './client-histories.ts'
import { perKey, timed, together } from './interleavings.ts'
import type { Tally } from './order-cases.ts'
import { compareSearches, compareSequential, compareSequentialModels } from './order-cases.ts'

const RECORDINGS = ['etcd-lin-faults', 'etcd-ser-partition', 'zk-plain-partition']

function check(text: string) {
  return sequential.check(deeds(text), { model: casRegister })
}

function deed(client: number, f: string, value: Json, result: Json): Deed {
  return { client, f, value, result }
}

describe('sequential consistency', () => {
  it('agrees with trying every merge of the clients', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 600; seed++) compareSequential(seed, tally)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(150)
    for (const outcome of ['pass', 'fail']) {
      expect(tally.get(`saturated-order ${outcome}`)).toBeGreaterThan(130)
      expect(tally.get(`search alone ${outcome}`)).toBeGreaterThan(60)
      expect(tally.get(`client-merge ${outcome}`)).toBeGreaterThan(1)
    }
  })

  it('agrees with trying every merge for queues, stacks, locks and transactions', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 300; seed++) compareSequentialModels(seed, tally)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(40)
  })

  it('is decided alike by its three ways to search, on histories of 24 operations', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 400; seed++) compareSearches(seed, tally)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(30)
    // One of 40,000 in which it matters that going back makes keys owed again.
    compareSearches(47_795, tally)
  })

  it('does not compose: 560 of 55,440 little histories hold for each key and not at large', () => {
    let whole = 0
    let eachKey = 0
    for (const history of allHistories([2, 2])) {
      const holds = isSequentialByEngine(problemOf(history))
      expect(holds).toBe(isSequential(problemOf(history)))
      const perKeyHolds = perKey(problemOf(history)).every(isSequentialByEngine)
      if (holds) {
        whole++
        expect(perKeyHolds).toBe(true)
      }
      if (perKeyHolds) eachKey++
    }
    // Every history comes with 70 ways to interleave the calls and returns of two clients.
    expect([whole * 70, eachKey * 70, (eachKey - whole) * 70]).toEqual([36_960, 37_520, 560])
  })

  it('composes where real time counts: linearizable exactly if every key alone is', () => {
    let sample = 0
    for (const history of allHistories([2, 2])) {
      // One of the 70 interleavings of each; the long tests try them all.
      const problem = timed(history, (sample += 27) % 70)
      const linearizable = isLinearizable(together(problem))
      expect(perKey(problem).every(isLinearizable)).toBe(linearizable)
      if (linearizable) expect(isSequentialByEngine(problem)).toBe(true)
    }
  })

  it('shows the smallest history that is consistent key by key and not as a whole', () => {
    const verdict = check('0: w x 1; 0: w y 2; 1: r y 2; 1: r x -')
    expect(check('0: w x 1; 1: r x -').outcome).toBe('pass')
    expect(check('0: w y 2; 1: r y 2').outcome).toBe('pass')
    expect(verdict).toMatchObject({
      outcome: 'fail',
      engine: 'saturated-order',
      evidence: {
        sentence:
          'no order fits all clients: ' +
          'client 0 wrote 1 at "x" before it wrote 2 at "y" (same client); ' +
          'client 0 wrote 2 at "y" before client 1 read 2 at "y" (the second saw the first); ' +
          'client 1 read 2 at "y" before it read null at "x" (same client); ' +
          'client 1 read null at "x" before client 0 wrote 1 at "x" ' +
          '(the first did not see the second)',
        operations: [0, 1, 2, 3],
        culprit: 3,
      },
    })
  })

  it('accepts what is not linearizable: a snapshot without u3, written long before it', () => {
    const history = historyOf([
      deed(0, 'write', ['u1', 5], null),
      deed(0, 'read', 'u1', 5),
      deed(1, 'read', 'u2', null),
      deed(1, 'write', ['u2', 7], null),
      deed(2, 'write', ['u3', 2], null),
      deed(1, 'snapshot', null, { u1: 5, u2: 7 }),
    ])
    const problem = { model: snapshot, initial: {}, operations: history.operations }
    const verdict = sequential.check(history, { model: snapshot })
    expect(verdict).toMatchObject({ outcome: 'pass', engine: 'client-merge' })
    expect(isLinearizable(problem)).toBe(false)
  })

  it('rejects two snapshots that see two writes in opposite orders', () => {
    const history = historyOf([
      deed(0, 'write', ['x', 1], null),
      deed(1, 'write', ['y', 1], null),
      deed(2, 'snapshot', null, { x: 1 }),
      deed(3, 'snapshot', null, { y: 1 }),
    ])
    expect(sequential.check(history, { model: snapshot })).toMatchObject({
      outcome: 'fail',
      evidence: { operations: [0, 1, 2, 3] },
    })
  })

  it('rejects two readers that see two writes in opposite orders, with the circle', () => {
    const verdict = check('0: w x 1; 1: w y 2; 2: r x 1; 2: r y -; 3: r y 2; 3: r x -')
    expect(verdict).toMatchObject({ outcome: 'fail', evidence: { operations: [0, 1, 2, 3, 4, 5] } })
  })

  it('is proved only by orders that keep each client and give every answer', () => {
    const problem = problemOf(deeds('0: w x 1; 0: w y 2; 1: r y 2; 1: r x 1; 0: w x 3 ?'))
    expect(faultInMerge([0, 1, 2, 3], problem)).toBeUndefined()
    expect(faultInMerge([0, 1, 2, 3, 4], problem)).toBeUndefined()
    expect(faultInMerge([1, 2, 0, 3], problem)).toMatch(/1 is not in the order of its client/)
    expect(faultInMerge([4, 0, 1, 2, 3], problem)).toMatch(/4 is not in the order of its client/)
    expect(faultInMerge([0, 2, 1, 3], problem)).toMatch(/2 cannot have had its result there/)
    expect(faultInMerge([0, 1, 2], problem)).toMatch(/3 is missing/)
    expect(faultInMerge([0, 0], problem)).toMatch(/0 is there twice/)
  })

  it('lets an operation without an answer happen late, or never', () => {
    expect(check('0: w x 1 ?; 1: r x -; 1: r x 1').outcome).toBe('pass')
    expect(check('0: w x 1 ?; 1: r x -; 1: w x 2; 1: r x 2').outcome).toBe('pass')
    expect(check('0: w x 1 ?; 1: r x 1; 1: r x -').outcome).toBe('fail')
    expect(check('0: w x 1 ?; 0: r x -; 1: r x 1').outcome).toBe('pass')
  })

  it('names the read of a value that nobody wrote', () => {
    expect(check('0: w x 1; 1: r x 3')).toMatchObject({
      evidence: {
        sentence: 'client 1 read 3 at "x", but nobody ever wrote 3 there',
        operations: [1],
        culprit: 1,
      },
    })
  })

  it('takes one compare-and-set from a value only, and refused ones into account', () => {
    expect(check('0: w x 1; 1: c x 1 2; 2: c x 1 3').outcome).toBe('fail')
    expect(check('0: w x 1; 1: c x 1 2; 2: c x 2 3').outcome).toBe('pass')
    expect(check('0: w x 1; 0: c x 1 2 false').outcome).toBe('fail')
    expect(check('0: w x 1; 1: c x 1 2 false').outcome).toBe('pass')
  })

  it('says unknown when a budget ends', () => {
    const history = historyOf(
      Array.from({ length: 40 }, (_, i) =>
        i % 2 === 0 ? deed(i % 8, 'enqueue', i % 3, null) : deed(i % 8, 'dequeue', null, i % 5),
      ),
    )
    const options = { model: queue, budget: { steps: 20 } }
    expect(sequential.check(history, options)).toMatchObject({
      outcome: 'unknown',
      evidence: { bound: 'steps', limit: 20 },
    })
    const meager = { model: casRegister, budget: { bytes: 10 } }
    expect(sequential.check(deeds('0: w x 1; 1: r x 1'), meager)).toMatchObject({
      outcome: 'unknown',
      evidence: { bound: 'memory' },
    })
    expect(sequential.unfit(history, {})).toBe('it needs a sequential object to compare with')
  })

  it.each(RECORDINGS)(
    'of three keys together of %s is proved by an order to replay',
    async (name) => {
      const history = await readHistory(`examples/histories/${name}.jsonl`)
      const verdict = sequential.check(history, { model: casRegister })
      expect(verdict).toMatchObject({ outcome: 'pass', engine: 'saturated-order' })
      const order = verdict.outcome === 'pass' ? (verdict.evidence.orders[0]?.order ?? []) : []
      const problem = { model: casRegister, initial: null, operations: history.operations }
      expect(faultInMerge(order, problem)).toBeUndefined()
    },
  )
})

function isSequentialByEngine(problem: Parameters<typeof decideSequential>[0]): boolean {
  return decideSequential(problem, new Meter()).outcome === 'pass'
}
