/**
 * What a worker counted. For each action, and before them for the way to begin, which is number -1:
 * how often it was taken, how many states it found, how often it changed nothing. Then which claims
 * of `sometimes` were seen, and whether some state was outside of the bounds of the model.
 */
export type Tally = Float64Array

export const tallyLength = (actions: number, claims: number): number => claimAt(actions, claims) + 1

export const takenAt = (action: number): number => 3 * (action + 1)
export const foundAt = (action: number): number => 3 * (action + 1) + 1
export const idleAt = (action: number): number => 3 * (action + 1) + 2
export const claimAt = (actions: number, claim: number): number => 3 * (actions + 1) + claim
export const cutAt = (actions: number, claims: number): number => claimAt(actions, claims)
