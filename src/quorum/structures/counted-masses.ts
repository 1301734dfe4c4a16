import { every, not } from './likelihood.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus, STEP, times, wide, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** How likely each count is, from 0 up: wide numbers in arrays. */
export interface Masses {
  readonly parts: Float64Array
  readonly twos: Int32Array
}

export function noMasses(most: number): Masses {
  return { parts: new Float64Array(most + 1), twos: new Int32Array(most + 1) }
}

export function massAt({ parts, twos }: Masses, count: number): Wide {
  return { part: parts[count] as number, twos: twos[count] as number }
}

export function setMass({ parts, twos }: Masses, count: number, mass: Wide): void {
  parts[count] = mass.part
  twos[count] = mass.twos
}

/** That the count is `least` or more. */
export function totalMass(masses: Masses, least: number): Wide {
  let sum = NOTHING
  for (let count = least; count < masses.parts.length; count++) {
    sum = plus(sum, massAt(masses, count))
  }
  return sum
}

/** That `after` stay of `before` independent ones, at after * width + before; after < before. */
export interface BinomialSteps extends Masses {
  readonly width: number
}

export function binomialSteps(one: Likelihood, most: number): BinomialSteps {
  const width = most + 1
  const steps = { ...noMasses(width * width - 1), width }
  const stay = Array.from({ length: width }, (_, count) => every(one, count).yes)
  const leave = Array.from({ length: width }, (_, count) => every(not(one), count).yes)
  for (let after = 0; after < most; after++) {
    // C(before, after), where one more `before` multiplies it by before / (before - after).
    let ways = WHOLE
    for (let before = after + 1; before <= most; before++) {
      ways = times(ways, wide(before / (before - after)))
      const chance = times(stay[after] as Wide, leave[before - after] as Wide)
      setMass(steps, after * width + before, times(ways, chance))
    }
  }
  return steps
}

const LOWER = 2 ** -STEP

/**
 * The masses after a step in which counts only get less; those below `least` are left out. What
 * does not change is multiplied by `stays`.
 */
export function stepped(
  masses: Masses,
  steps: BinomialSteps,
  stays: readonly Wide[],
  least: number,
): Masses {
  const { parts, twos } = masses
  const { parts: stepParts, twos: stepTwos } = steps
  const most = parts.length - 1
  const result = noMasses(most)
  for (let after = least; after <= most; after++) {
    const same = times(massAt(masses, after), stays[after] as Wide)
    let sum = same.part
    let sumTwos = same.twos
    const row = after * steps.width
    for (let before = after + 1; before <= most; before++) {
      const twosHere = (twos[before] as number) + (stepTwos[row + before] as number)
      const above = twosHere - sumTwos
      // Three steps lower it is nothing beside what there is already.
      if (above < -2 * STEP && sum !== 0) continue
      const part = (parts[before] as number) * (stepParts[row + before] as number)
      if (above === 0) sum += part
      else if (part === 0) continue
      else if (above > 0 || sum === 0) {
        sum = part + shifted(sum, above)
        sumTwos = twosHere
      } else sum += above === -STEP ? part * LOWER : part * LOWER * LOWER
    }
    setMass(result, after, wide(sum, sumTwos))
  }
  return result
}

/** value / 2^twos, for any number of steps above 0. */
function shifted(value: number, twos: number): number {
  if (value === 0 || twos > 2 * STEP) return 0
  return twos === STEP ? value * LOWER : value * LOWER * LOWER
}
