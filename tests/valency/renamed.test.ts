import { describe, expect, it } from 'vitest'

import { plainConfigurations } from '../../bench/plain-configurations.ts'
import { benOr } from '../../impls/flp/ben-or.ts'
import { paxos } from '../../impls/flp/paxos.ts'
import { rotatingCoordinator } from '../../impls/flp/rotating-coordinator.ts'
import type { Process } from '../../src/valency/process.ts'
import { asynchronous } from '../../src/valency/process.ts'
import { Graph } from '../../src/valency/graph.ts'
import { Successors } from '../../src/valency/successors.ts'
import { valency } from '../../src/valency/valency.ts'

describe('configurations that are renamed, and messages that are dropped', () => {
  it('need no dropping for the same verdict', () => {
    const kept = asynchronous('kept', { about: 'nothing is dropped' }, (processes) => {
      const { normal = {}, ...process } = paxos.make(processes)
      const { spent: _, ...rest } = normal
      return { ...process, normal: rest }
    })
    const bounds = { states: 4000 }
    const options = { inputs: [[0, 1]], bounds }
    const whole = valency(paxos, 2, options)
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

  it('are as many where it is the asker as a whole that says what is dropped', () => {
    const process: Process = {
      start: () => ({ asked: false }),
      step: (local, _, self) => {
        if (self > 0 || local === 'gone') return { local }
        const { asked } = local as { asked: boolean }
        return asked ? { local: 'gone' } : { local: { asked: true }, sends: [[1, 'ask']] }
      },
      decided: () => undefined,
      normal: { asker: () => 0, spent: (_message, _receiver, asker) => asker === 'gone' },
    }
    const { count } = new Graph(new Successors('mine', process, 2), [0, 1])
    expect(count).toBe(plainConfigurations(process, [0, 1]).known)
  })

  it('are as many as a plain search over texts finds that renames and drops as it is told', () => {
    for (const [protocol, processes, options] of [
      [paxos, 2, {}],
      [paxos, 3, { proposers: 1 }],
      [benOr, 2, {}],
      [rotatingCoordinator, 2, { rounds: 3 }],
    ] as const) {
      const process = protocol.make(processes, options)
      for (const input of [0, 1]) {
        const inputs = [0, input, 1].slice(0, processes)
        const graph = new Graph(new Successors(protocol.name, process, processes), inputs)
        expect(graph.count, protocol.name).toBe(plainConfigurations(process, inputs).known)
      }
    }
  })

  it('are within the bound of Ben-Or, and nothing more is said', () => {
    const report = valency(benOr, 2, { inputs: [[0, 1]] })
    expect(report).toMatchObject({ configurations: 275, complete: false, agreement: 'unknown' })
    expect(report).toMatchObject({ blocks: undefined, perhapsBlocks: 550, outcome: 'fail' })
  })

  it('are found in the run that the protocol itself takes', () => {
    const report = valency(paxos, 2, { inputs: [[0, 1]] })
    const run = report.findings[0]?.stories.undecided?.run
    expect(run).toMatchObject({ loop: 2, replayed: true })
    const ballots = run?.steps.map(
      ({ message }) => (message as { ballot?: number } | undefined)?.ballot,
    )
    expect(ballots).toEqual([undefined, undefined, 1, 1, undefined, 2, 2, undefined])
  })
})
