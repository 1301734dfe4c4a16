/**
 * A monotone function whose variables are decided one after the other, in a fixed order. What is
 * left of it after some decisions is a state; equal states have the same future, so each is looked
 * at once. Variables are known by their place in the order.
 */
export interface Residuals {
  readonly root: number
  /** The first variable that matters to a state; never asked of the two constants. */
  variable(state: number): number
  /** What is left when that variable is down. */
  dead(state: number): number
  /** What is left when it is up. */
  live(state: number): number
  /** Memory in use, in bytes. */
  readonly bytes: number
}

/** Never holds, whatever is decided. */
export const FAILED = 0
/** Holds whatever is decided. */
export const LIVE = 1
