import type { Outcome } from '../core/verdict.ts'

/**
 * What the exit code of every command means; violations and mistakes of the user never share one.
 */
export const EXIT = {
  /** It holds, or everything is as expected. */
  pass: 0,
  /** It is violated, or something is not as expected. */
  fail: 1,
  /** A bound was hit before it was decided. */
  unknown: 2,
  /** Bad arguments or bad input. */
  badInput: 254,
  /** Our own fault. */
  crash: 255,
} as const

/**
 * There is no code for 'interrupted' above: a command ends by the signal itself, which shells show
 * as 130. A handler could not run while a search holds the thread, so it would delay the end.
 */
const WORST_FIRST: readonly number[] = [EXIT.crash, EXIT.badInput, EXIT.fail, EXIT.unknown]

/** The exit code for several inputs: the worst counts. */
export function worstExit(codes: readonly number[]): number {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.pass
}

export function exitOf(outcome: Outcome): number {
  return EXIT[outcome]
}
