import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import type { Process } from '../../src/valency/process.ts'
import { Successors } from '../../src/valency/successors.ts'
import { ruleFailures } from '../../suites/claims/rule-failures.ts'
import { byThresholds, thresholdRules } from '../../suites/claims/threshold-protocols.ts'
import { twoRoundRows, twoRounds } from '../../suites/claims/two-round-protocols.ts'
import { plainGraph, plainVerdict } from './plain.ts'

/** What is found of a rule, beside what a plain search over texts finds of it. */
function compare(process: Process, given: readonly number[], tally: Record<string, number>): void {
  const inputs = given.map((each) => each & 1)
  const successors = new Successors('rules', process, given.length)
  const found = ruleFailures(successors, given, inputs)
  const graph = plainGraph(process, given)
  if (graph === undefined) throw new Error('rules have few configurations')
  // The plain twin knows what is proposed only from what processes are started with.
  const plain = plainVerdict(process, graph, given)
  const shown = {
    agreement: plain.disagreementDepth !== undefined,
    validity: plain.values.some((value) => !inputs.includes(value as number)),
    blocks: plain.blocks > 0,
  }
  expect(found, given.join(' ')).toMatchObject(shown)
  for (const [name, isSo] of Object.entries(shown)) tally[`${name} ${isSo}`] ??= 0
  for (const [name, isSo] of Object.entries(shown)) tally[`${name} ${isSo}`]! += 1
}

describe('what rules break', () => {
  it.each([
    ['two rounds', twoRounds as Process, 2, twoRoundRows.length, 100],
    ['thresholds', byThresholds as Process, 3, thresholdRules.length, 60],
  ] as const)('%s: is what a plain search finds', (_, process, processes, rules, times) => {
    const random = seeded(7)
    const tally: Record<string, number> = {}
    for (let time = 0; time < times; time++) {
      const rule = random.int(0, rules - 1)
      const given = Array.from({ length: processes }, () => {
        const own = processes === 2 ? random.int(0, rules - 1) : rule
        return 2 * own + (time % 2 === 0 ? 1 : random.int(0, 1))
      })
      compare(process, given, tally)
    }
    expect(Object.keys(tally).length).toBe(6)
    for (const [what, seen] of Object.entries(tally)) expect(seen, what).toBeGreaterThan(2)
  })
})
