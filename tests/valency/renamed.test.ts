import { describe, expect, it } from 'vitest'

import { benOr } from '../../impls/flp/ben-or.ts'
import { paxos } from '../../impls/flp/paxos.ts'
import type { AnyAsynchronous, Process } from '../../src/valency/process.ts'
import { asynchronous } from '../../src/valency/process.ts'
import { valency } from '../../src/valency/valency.ts'

describe('configurations that are renamed, and messages that are dropped', () => {
  it('need no dropping for the same verdict', () => {
    const kept = asynchronous('kept', { about: 'nothing is dropped' }, (processes) => {
      const { normal = {}, ...process } = paxos.make(processes)
      const { spent: _, ...rest } = normal
      return { ...process, normal: rest } as Process
    })
    const bounds = { states: 100_000 }
    const options = { inputs: [[0, 1]], bounds }
    const whole = valency(paxos as AnyAsynchronous, 2, options)
    const other = valency(kept, 2, options)
    expect(whole.complete).toBe(true)
    const facts = ({ agreement, validity, bivalentInitial }: typeof whole) => ({
      agreement: agreement === 'violated',
      validity: validity === 'violated',
      bivalentInitial,
    })
    expect(facts(other)).toEqual(facts(whole))
    expect(other.configurations).toBeGreaterThan(whole.configurations)
  })

  it('are within the bound of Ben-Or, and nothing more is said', () => {
    const report = valency(benOr as AnyAsynchronous, 2, { inputs: [[0, 1]] })
    expect(report).toMatchObject({ configurations: 275, complete: false, agreement: 'unknown' })
    expect(report).toMatchObject({ blocks: undefined, perhapsBlocks: 550, outcome: 'fail' })
  })

  it('are found in the run that the protocol itself takes', () => {
    const report = valency(paxos as AnyAsynchronous, 2, { inputs: [[0, 1]] })
    const run = report.findings[0]?.stories.undecided?.run
    expect(run).toMatchObject({ loop: 2, replayed: true })
    const ballots = run?.steps.map(({ message }) => (message as { ballot?: number })?.ballot)
    expect(ballots).toEqual([undefined, undefined, 1, 1, undefined, 2, 2, undefined])
  })
})
