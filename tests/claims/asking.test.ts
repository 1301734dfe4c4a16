import { describe, expect, it } from 'vitest'
import { twoPhaseCommit as code } from '../../impls/commit/two-phase-commit.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { askedOnce } from '../../suites/claims/asked-once.ts'
import { answer, question } from '../../suites/claims/check.ts'
import { countedByType, quietRun, sentIn, subsets } from '../../suites/claims/quiet-run.ts'
import {
  always,
  claimsHold,
  everyStep,
  reaches,
  someStepIsNot,
} from '../../suites/claims/spec-states.ts'
import { readsOnlyCommitted, serialOrder, transactions } from '../../suites/claims/transactions.ts'

const sound = { spec: twoPhaseCommit, size: { rm: 2 } }
const broken = { ...sound, mutant: 'commit-without-all' } as const
const none = { seconds: 10 }
const split = (s: { readonly rm: { some(is: (one: string) => boolean): boolean } }): boolean =>
  s.rm.some((one) => one === 'committed') && s.rm.some((one) => one === 'aborted')

describe('questions about the states of a spec', () => {
  it('find a state that a bug makes possible, and not without it', async () => {
    const wrong = await reaches('they split', broken, split).find(none)
    expect(wrong.outcome).toBe('pass')
    expect(wrong.shown?.join()).toContain('aborted')
    expect((await reaches('they split', sound, split).find(none)).outcome).toBe('fail')
  })

  it('say whether all states are like something', async () => {
    const whole = await always('they do not split', sound, (s) => !split(s)).find(none)
    expect(whole.sentence).toContain('56 states')
    expect(whole.outcome).toBe('pass')
    const bug = await always('they do not split', broken, (s) => !split(s)).find(none)
    expect(bug.outcome).toBe('fail')
  })

  it('say whether all claims hold, also of a model that is changed', async () => {
    expect((await claimsHold('it is right', sound).find(none)).outcome).toBe('pass')
    expect((await claimsHold('it is right', broken).find(none)).outcome).toBe('fail')
    const changed = {
      about: 'nobody prepares',
      model: (made: ReturnType<typeof twoPhaseCommit.make>) => {
        const prepare = made.actions['rmPrepare']
        if (prepare === undefined) throw new Error('there is an action of that name')
        return {
          ...made,
          actions: { ...made.actions, rmPrepare: { ...prepare, when: () => false } },
        }
      },
    }
    const idle = await claimsHold('it is right', { ...sound, changed }).find(none)
    expect(idle.outcome).toBe('fail')
    expect(idle.sentence).toContain('all commit')
  })

  it('say whether all steps are like something', async () => {
    const stays = (before: object, after: object): boolean =>
      (before as { readonly tm: string }).tm === 'init' ||
      (before as { readonly tm: string }).tm === (after as { readonly tm: string }).tm
    const steps = await everyStep('the manager does not change its mind', sound, stays).find(none)
    expect(steps.outcome).toBe('pass')
    // Of 154 that are generated the first is the initial state.
    expect(steps.sentence).toContain('all 153 steps')
    const never = await someStepIsNot('nothing happens', sound, () => false).find(none)
    expect(never.outcome).toBe('pass')
    const all = await someStepIsNot('nothing is wrong', sound, () => true).find(none)
    expect(all.outcome).toBe('fail')
  })
})

describe('a question that several claims ask', () => {
  it('is answered once', async () => {
    let asked = 0
    const once = askedOnce(question('metric', 'how often', () => answer(true, String(++asked))))
    await once.find(none)
    expect(await once.find(none)).toMatchObject({ sentence: '1' })
  })
})

describe('a quiet run', () => {
  const about = { protocol: code, nodes: 3, asks: [[{ f: 'add', value: 1 }]] }

  it('is the same each time, and another one with a bug', () => {
    const options = { oneNoIn: 1000 }
    const counts = countedByType(sentIn(quietRun({ ...about, options })))
    expect(countedByType(sentIn(quietRun({ ...about, options })))).toEqual(counts)
    expect(counts).toEqual({ 'vote?': 2, yes: 2, commit: 2, ended: 2 })
    const down = [{ type: 'crash', node: 'n3', at: 0 }] as const
    const without = { ...about, options, faults: down }
    expect(countedByType(sentIn(quietRun(without)))['commit']).toBeUndefined()
    const silence = quietRun({ ...without, mutant: 'silence-is-yes' })
    expect(countedByType(sentIn(silence))['commit']).toBeGreaterThan(0)
  })

  it('tells nothing of what comes after its end', () => {
    const { trace } = quietRun({ ...about, forMs: 30 })
    expect(Math.max(...trace.map(({ time }) => time))).toBeLessThan(30_000)
  })
})

describe('subsets', () => {
  it('are as many as there are ways to choose', () => {
    const items = [1, 2, 3, 4, 5]
    expect([0, 1, 2, 3, 4, 5].map((size) => subsets(items, size).length)).toEqual([
      1, 5, 10, 10, 5, 1,
    ])
    expect(subsets(items, 6)).toEqual([])
  })
})

describe('histories of transactions', () => {
  it('allow to read what was written before, and one order explains it', () => {
    const history = transactions(`
      T1: w(x)1
      T2: r(x)1 w(y)2
      T3: r(y)2`)
    expect(readsOnlyCommitted(history)).toBe(true)
    expect(serialOrder(history)).toEqual(['T1', 'T2', 'T3'])
  })

  it('refuse what an aborted transaction wrote, and what nobody has left behind', () => {
    expect(readsOnlyCommitted(transactions('T1: w(x)1 aborted\nT2: r(x)1'))).toBe(false)
    expect(readsOnlyCommitted(transactions('T1: w(x)1 w(x)2\nT2: r(x)1'))).toBe(false)
    expect(readsOnlyCommitted(transactions('T1: w(x)1 r(x)1 w(x)2'))).toBe(true)
  })

  it('refuse what is no step', () => {
    expect(() => transactions('T1: x(y)1')).toThrow(/neither a read nor a write/)
  })
})
