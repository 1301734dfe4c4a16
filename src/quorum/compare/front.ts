/** Differences below this are noise of floating point, not merits. */
const NOISE = 1e-12

/**
 * Which of the candidates no other one dominates: is at least as good in everything, and better in
 * something. Less is better; of equals all stay; without numbers nobody is on the front.
 */
export function undominated(
  candidates: readonly (readonly number[] | undefined)[],
): readonly boolean[] {
  return candidates.map(
    (mine) =>
      mine !== undefined &&
      !candidates.some((other) => other !== undefined && dominates(other, mine)),
  )
}

function dominates(one: readonly number[], other: readonly number[]): boolean {
  const compared = one.map((value, at) => order(value, other[at] ?? value))
  return compared.every((sign) => sign <= 0) && compared.some((sign) => sign < 0)
}

function order(a: number, b: number): number {
  if (a === b) return 0
  const apart = Math.abs(a - b)
  return apart < Infinity && apart <= NOISE * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b
}
