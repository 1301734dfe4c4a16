import type { Process } from '../../src/valency/process.ts'
import { Successors } from '../../src/valency/successors.ts'
import type { RuleFailures } from './rule-failures.ts'
import { isGood, ruleFailures } from './rule-failures.ts'

/** `null`: nothing is decided yet. */
type Decision = 0 | 1 | null

/**
 * What a process with one input does: what it answers to the other one's input, what it decides on
 * the other one's answer, and what it decides when there is nothing to hear. Where two numbers
 * choose, the other one's input comes first: `decides[2 * other + answer]`.
 */
interface Row {
  readonly answers: readonly number[]
  readonly decides: readonly number[]
  /** Before anything was heard. */
  readonly alone: Decision
  /** After the other one's input was heard. */
  readonly left: readonly Decision[]
}

interface Local {
  /** Absent before the first step. */
  readonly told: boolean
  readonly given: number
  readonly other: number | null
  /** An answer may come before the input. */
  readonly answer: number | null
  readonly decided: Decision
}

interface Message {
  readonly round: 1 | 2
  readonly value: number
}

const BITS = [0, 1] as const
const CHOICES: readonly Decision[] = [0, 1, null]

/** All that a process may do with one input. */
export const twoRoundRows: readonly Row[] = bits(2).flatMap((answers) =>
  bits(4).flatMap((decides) =>
    CHOICES.flatMap((alone) =>
      CHOICES.flatMap((zero) =>
        CHOICES.map((one): Row => ({ answers, decides, alone, left: [zero, one] })),
      ),
    ),
  ),
)

const UNDECIDED: Row = { answers: [], decides: [], alone: null, left: [] }

/** Inputs are given as `2 * row + input`. */
export const twoRounds: Process<Local, Message> = {
  start: (_, given) => ({ told: false, given, other: null, answer: null, decided: null }),
  step(local, message, self) {
    const row = twoRoundRows[local.given >> 1] ?? UNDECIDED
    const sends: [number, Message][] = []
    if (!local.told) sends.push([1 - self, { round: 1, value: local.given & 1 }])
    const heard = { ...local, told: true }
    if (message?.round === 1) {
      heard.other = message.value
      sends.push([1 - self, { round: 2, value: row.answers[message.value] ?? 0 }])
    } else if (message?.round === 2) heard.answer = message.value
    const { other, answer } = heard
    const silent = message === undefined && local.told
    const now =
      other !== null && answer !== null
        ? (row.decides[2 * other + answer] as 0 | 1)
        : !silent
          ? null
          : other === null
            ? row.alone
            : (row.left[other] ?? null)
    return { local: { ...heard, decided: local.decided ?? now }, sends }
  },
  decided: ({ decided }) => decided ?? undefined,
}

/** What came of all protocols of two rounds in which both processes have the same rules. */
export interface TwoRounds {
  readonly protocols: number
  /** Rows that are right where both have that input, of all rows: for input 0 and for input 1. */
  readonly rows: number
  readonly right: readonly [number, number]
  /** Protocols that are right for the inputs 00 and 11. */
  readonly candidates: number
  /** How many candidates fail at what for the inputs 01. */
  readonly disagree: number
  readonly block: number
  /** Those that are right for all inputs. */
  readonly good: number
}

/**
 * All protocols of two processes that tell each other their inputs, then answer once, and decide:
 * each by a table, the same for both, and by another table when there is nothing to hear. A
 * protocol that is wrong where both have the same input is not looked at further.
 */
export function twoRoundProtocols(): TwoRounds {
  const successors = new Successors('two rounds', twoRounds, 2)
  const verdict = (zero: number, one: number, inputs: readonly [number, number]): RuleFailures => {
    const given = inputs.map((input) => 2 * (input === 0 ? zero : one) + input)
    return ruleFailures(successors, given, inputs)
  }
  const all = [...twoRoundRows.keys()]
  const zeros = all.filter((row) => isGood(verdict(row, row, [0, 0])))
  const ones = all.filter((row) => isGood(verdict(row, row, [1, 1])))
  const mixed = zeros.flatMap((zero) => ones.map((one) => verdict(zero, one, [0, 1])))
  return {
    protocols: all.length ** 2,
    rows: all.length,
    right: [zeros.length, ones.length],
    candidates: mixed.length,
    disagree: mixed.filter(({ agreement }) => agreement).length,
    block: mixed.filter(({ blocks }) => blocks).length,
    good: mixed.filter(isGood).length,
  }
}

function bits(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return bits(length - 1).flatMap((rest) => BITS.map((bit) => [...rest, bit]))
}
