import type { GeneralsQuestion } from './attacked.ts'

/** The commander is `C`, the lieutenants are `L1`, `L2`, ... */
export function generalName(general: number): string {
  return general === 0 ? 'C' : `L${general}`
}

/** Lieutenants alone, or the commander too: the first lieutenants stand for any others. */
export function traitorSets({ processes, traitors }: GeneralsQuestion): (readonly number[])[] {
  const lieutenants = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)
  const sets = [lieutenants(traitors), [0, ...lieutenants(traitors - 1)]]
  // Somebody loyal has to be there that obeys or not.
  return sets.filter(
    (set) => traitors > 0 && set.filter((general) => general > 0).length < processes - 1,
  )
}
