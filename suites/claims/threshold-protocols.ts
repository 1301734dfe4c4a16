import type { Process } from '../../src/valency/process.ts'
import { toOthers } from '../../src/valency/process.ts'
import { Successors } from '../../src/valency/successors.ts'
import type { RuleFailures } from './rule-failures.ts'
import { isGood, ruleFailures } from './rule-failures.ts'

/** Decides 1 if at least so many ones are known, 0 otherwise; `null` decides nothing. */
type Threshold = number | null

/** What all three processes do. */
export interface ThresholdRule {
  /** After one message, after two. */
  readonly heard: readonly [Threshold, Threshold]
  /** When there is nothing to hear, after no message, one, two. */
  readonly silence: readonly [Threshold, Threshold, Threshold]
}

interface Local {
  readonly rule: number
  readonly input: number
  readonly told: boolean
  readonly heard: number
  /** Its own input counts. */
  readonly ones: number
  readonly decided: number | null
}

const PROCESSES = 3

/** `null`, and each number of ones that can be known or is one too many. */
function thresholds(known: number): readonly Threshold[] {
  return [null, ...Array.from({ length: known + 2 }, (_, least) => least)]
}

/** All rules. */
export const thresholdRules: readonly ThresholdRule[] = thresholds(2).flatMap((first) =>
  thresholds(3).flatMap((second) =>
    thresholds(1).flatMap((none) =>
      thresholds(2).flatMap((one) =>
        thresholds(3).map((two): ThresholdRule => ({
          heard: [first, second],
          silence: [none, one, two],
        })),
      ),
    ),
  ),
)

const UNDECIDED: ThresholdRule = { heard: [null, null], silence: [null, null, null] }

/** All send their input in the first step. Inputs are given as `2 * rule + input`. */
export const byThresholds: Process<Local, number> = {
  start: (_, given) => ({
    rule: given >> 1,
    input: given & 1,
    told: false,
    heard: 0,
    ones: given & 1,
    decided: null,
  }),
  step(local, message, self) {
    const rule = thresholdRules[local.rule] ?? UNDECIDED
    const heard = local.heard + (message === undefined ? 0 : 1)
    const ones = local.ones + (message ?? 0)
    const least =
      message === undefined
        ? local.told
          ? rule.silence[heard as 0 | 1 | 2]
          : null
        : rule.heard[(heard - 1) as 0 | 1]
    const now = least === null ? null : Number(ones >= least)
    return {
      local: { ...local, told: true, heard, ones, decided: local.decided ?? now },
      sends: local.told ? [] : toOthers(PROCESSES, self, local.input),
    }
  },
  decided: ({ decided }) => decided ?? undefined,
}

/** What came of all rules of three processes that are the same for all of them. */
export interface Thresholds {
  readonly protocols: number
  /** Those that are right where all have the same input. */
  readonly candidates: number
  /** How many of those fail at what for some other inputs. */
  readonly disagree: number
  readonly block: number
  readonly good: number
}

/**
 * All protocols of three processes that tell each other their inputs, count ones, and decide by a
 * threshold, which depends on how much was heard and on whether there is nothing to hear. All are
 * alike, so it does not matter who has which input. A rule that is wrong where all have the same
 * input is not looked at further.
 */
export function thresholdProtocols(): Thresholds {
  const successors = new Successors('thresholds', byThresholds, PROCESSES)
  const verdict = (rule: number, inputs: readonly number[]): RuleFailures =>
    ruleFailures(
      successors,
      inputs.map((input) => 2 * rule + input),
      inputs,
    )
  const rules = [...thresholdRules.keys()]
  const candidates = rules.filter(
    (rule) => isGood(verdict(rule, [0, 0, 0])) && isGood(verdict(rule, [1, 1, 1])),
  )
  const mixed = candidates.map((rule) => [verdict(rule, [0, 0, 1]), verdict(rule, [0, 1, 1])])
  const some = (which: (failures: RuleFailures) => boolean): number =>
    mixed.filter((both) => both.some(which)).length
  return {
    protocols: rules.length,
    candidates: candidates.length,
    disagree: some(({ agreement }) => agreement),
    block: some(({ blocks }) => blocks),
    good: mixed.filter((both) => both.every(isGood)).length,
  }
}
