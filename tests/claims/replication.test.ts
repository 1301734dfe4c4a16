import { describe, expect, it } from 'vitest'

import { replicationGroup } from '../../suites/claims/replication.ts'
import {
  after,
  commute,
  counterMachine,
  logText,
  logsOf,
  machines,
  registerMachine,
  statesOf,
  swappedAt,
  without,
} from '../../suites/claims/state-machines.ts'
import { totalOrderGroup } from '../../suites/claims/total-order.ts'
import { answersItsQuestions } from './questions.ts'

answersItsQuestions(replicationGroup, [
  'three replicas of the key-value store that apply the same log are in the same state',
])

answersItsQuestions(totalOrderGroup, [
  'three processes with two messages, one of which may crash at any moment',
  'where messages may be lost for ever, one may deliver what another one never does',
  'so it does in the runs of the real code',
])

describe('logs of small machines', () => {
  it('are all there are', () => {
    expect(logsOf(registerMachine, 3)).toHaveLength(1 + 3 + 9 + 27)
    expect(new Set(logsOf(registerMachine, 3).map(logText)).size).toBe(40)
  })

  it('lead to the state that a client alone would see', () => {
    const [one, two] = counterMachine.commands
    if (one === undefined || two === undefined) throw new Error('a counter has commands')
    expect(after(counterMachine, [one, two, two])).toBe(5)
    expect(after(registerMachine, registerMachine.commands)).toBe(2)
    expect(statesOf(registerMachine, 2)).toEqual([null, 1, 2])
  })

  it('are cut and changed at one place', () => {
    expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c'])
    expect(swappedAt(['a', 'b', 'c'], 1)).toEqual(['a', 'c', 'b'])
  })

  it('tell commands that commute from those that do not', () => {
    const found = machines.map((machine) => {
      const [one, two] = machine.commands
      if (one === undefined || two === undefined) throw new Error('a machine has commands')
      return [machine.name, commute(machine, statesOf(machine, 3), one, two)]
    })
    expect(Object.fromEntries(found)).toEqual({
      register: false,
      counter: true,
      'cas-register': false,
      set: true,
      queue: false,
    })
  })
})
