import { describe, expect, it } from 'vitest'

import { asynchronousProtocols } from '../../suites/valency.ts'
import { inputChoices, onlyDifference } from '../../src/valency/inputs.ts'
import type { ValencyReport } from '../../src/valency/report.ts'
import type { ValencyOptions } from '../../src/valency/valency.ts'
import { deterministic } from '../../suites/claims/deterministic-protocols.ts'
import { valency } from '../../src/valency/valency.ts'

const remembered = new Map<string, ValencyReport>()

function judged(name: string, processes: number, options: ValencyOptions = {}): ValencyReport {
  const key = `${name} ${processes} ${JSON.stringify(options)}`
  const protocol = asynchronousProtocols.find((each) => each.name === name)
  if (protocol === undefined) throw new Error(`no protocol is called ${name}`)
  const report = remembered.get(key) ?? valency(protocol, processes, options)
  remembered.set(key, report)
  return report
}

const SMALL = [...deterministic, ['ben-or-received', 2], ['ben-or', 2]] as const

describe('what is said of asynchronous consensus', () => {
  it('FLP-01: every protocol has one of the four defects', () => {
    for (const [name, processes] of SMALL) {
      expect(judged(name, processes).defects.length, name).toBeGreaterThan(0)
    }
  })

  it('FLP-02, FLP-03, FLP-05: events, configurations and schedules are those of a told run', () => {
    const run = judged('wait-for-n-1', 3).findings[3]?.stories.disagreement
    expect(run?.inputs).toEqual([0, 1, 1])
    expect(run?.start).toHaveLength(3)
    expect(run?.steps.map(({ process, message }) => [process, message])).toEqual([
      [0, undefined],
      [1, [0, 0]],
      [2, [1, 1]],
    ])
  })

  it('FLP-06: a run in which a message is never received is not fair', () => {
    // Everybody may do nothing for ever while messages wait; that does not count.
    for (const name of ['wait-for-all', '2pc', 'fixed-leader'])
      expect(judged(name, 3).findings.every(({ stories }) => stories.undecided === undefined)).toBe(
        true,
      )
  })

  it('FLP-07: events of different processes commute', () => {
    expect(judged('wait-for-all', 3).lemma1).toEqual({ checked: 7440, failed: 0, whole: true })
    expect(judged('wait-for-n-1', 3).lemma1).toEqual({ checked: 8268, failed: 0, whole: true })
    expect(judged('paxos', 2).lemma1).toMatchObject({ failed: 0, whole: true })
  })

  it('FLP-08, FLP-09: there are four valencies, and one of them is none', () => {
    const never = judged('ben-or-received', 2).findings[0]
    expect(never?.values).toEqual([0])
    const report = judged('paxos', 2)
    expect(report.findings.map(({ values }) => [...values].sort())).toEqual([
      [0],
      [0, 1],
      [0, 1],
      [1],
    ])
    const stuck = judged('rotating-coordinator', 3, { options: { rounds: 1 } })
    expect(stuck.findings[0]?.values).toEqual([0])
  })

  it('FLP-10: two proposers have bivalent inputs; protocols that block may have none', () => {
    expect(judged('paxos', 2).bivalentInitial).toEqual(['01', '10'])
    for (const name of ['wait-for-all', '2pc']) {
      const report = judged(name, 3)
      expect(report.bivalentInitial).toEqual([])
      expect(report.blocks).toBeGreaterThan(0)
      // Between neighbours that decide differently nothing is decided without the one that differs.
      expect(report.adjacent.length).toBeGreaterThan(0)
      for (const pair of report.adjacent) expect(pair.silentValues).toEqual([])
    }
  })

  it('FLP-11: if everybody alone decides its own value, different inputs are bivalent', () => {
    const report = judged('own-value', 2)
    expect(report.bivalentInitial).toEqual(['01', '10'])
    expect(report.findings[1]?.silentValues).toEqual([[1], [0]])
    expect(report.agreement).toBe('violated')
  })

  it('FLP-12: neighbours differ in one input, and all inputs are one walk of neighbours', () => {
    const choices = inputChoices(3, 2)
    const gray = choices.map((_, at) => choices[at ^ (at >> 1)] ?? [])
    for (const [at, inputs] of gray.entries())
      if (at > 0) expect(onlyDifference(gray[at - 1] ?? [], inputs)).toBeDefined()
    expect(new Set(gray.map(String)).size).toBe(8)
  })

  it('FLP-13: lemma 3 fails where its hypothesis does, at deciders of what blocks', () => {
    expect(judged('2pc-timeout', 3)).toMatchObject({
      critical: 2,
      lemma3: { checked: 46, failed: 10, whole: true },
    })
    expect(judged('paxos', 2).lemma3).toMatchObject({ failed: 0 })
  })

  it('FLP-14, FLP-15: the adversary delays for ever, as prefix and cycle', () => {
    const run = judged('paxos', 2).findings[1]?.stories.undecided
    expect(run).toMatchObject({ bivalent: true, silent: -1, component: 6 })
    expect(run?.run).toMatchObject({ loop: 2, replayed: true })
    expect(run?.run.steps).toHaveLength(8)
  })

  it('FLP-18: with one fault two values can be agreed on, but not one', () => {
    expect(judged('wait-for-n-1', 3, { agree: 2 })).toMatchObject({ outcome: 'pass', defects: [] })
    expect(judged('wait-for-n-1', 3).agreement).toBe('violated')
  })

  it('FLP-19: synchrony from some time on, or a leader, ends the duel', () => {
    const ends = (options: ValencyOptions) =>
      judged('paxos', 2, options).findings.every(({ stories }) => stories.undecided === undefined)
    expect([ends({}), ends({ gst: true }), ends({ omega: true })]).toEqual([false, true, true])
  })

  it('FLP-21: whoever waits may wait for ever, whoever decides may be wrong', () => {
    expect(judged('wait-for-all', 3).defects).toEqual(['blocks'])
    expect(judged('wait-for-n-1', 3).defects).toEqual(['agreement violated'])
  })
})
