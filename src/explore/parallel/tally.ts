/**
 * What a worker counted: for each action how often it was taken, how many states it found, how
 * often it changed nothing; then which claims of `sometimes` were seen, how many initial states were
 * made, and whether some state was outside of the bounds of the model.
 */
export type Tally = Float64Array

export const tallyLength = (actions: number, claims: number): number => 3 * actions + claims + 2

export const takenAt = (action: number): number => 3 * action
export const foundAt = (action: number): number => 3 * action + 1
export const idleAt = (action: number): number => 3 * action + 2
export const claimAt = (actions: number, claim: number): number => 3 * actions + claim
export const initialAt = (actions: number, claims: number): number => 3 * actions + claims
export const cutAt = (actions: number, claims: number): number => 3 * actions + claims + 1
