import type { Down, QuorumSet } from '../quorum-set.ts'
import { binomial, combinations, range } from './combinations.ts'
import { listOfQuorums } from './list-of-quorums.ts'
import { NOTHING, plus, times, toChance, wide, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/**
 * The nucleus system of Erdős & Lovász (1975): any r of the 2 r - 2 nodes of the nucleus, or half
 * of the nucleus with the outer node of that half, which is also that of the other half. Outer
 * nodes follow the nucleus, in the order of the halves with node 0.
 */
export function nucleusQuorums(r: number): QuorumSet {
  const middle = 2 * r - 2
  const halves = [...combinations(middle, r - 1)]
  const outer = new Map<string, number>()
  halves
    .filter((half) => half[0] === 0)
    .forEach((half, place) => {
      const other = range(middle).filter((node) => !half.includes(node))
      for (const one of [half, other]) outer.set(one.join(), middle + place)
    })
  const completed = halves.map((half) => [...half, outer.get(half.join()) as number])
  const whole = [...combinations(middle, r)]
  const size = middle + completed.length / 2
  const list = listOfQuorums([...whole, ...completed], size, { structure: 'nucleus' })
  const set: QuorumSet = {
    ...list,
    // Of a set and its complement one holds a quorum: by the half they are, or by number.
    dual: () => set,
    countMinimal: () => binomial(middle, r) + binomial(middle, r - 1),
    failure: (down) => toChance(failing(r, completed, down)),
  }
  return set
}

/** Too few of the nucleus are alive, or just a half and the outer node of it is down. */
function failing(r: number, completed: readonly (readonly number[])[], down: Down): Wide {
  const middle = 2 * r - 2
  const probability = (node: number): number =>
    typeof down === 'number' ? down : (down[node] as number)
  // By how many of the nucleus are alive.
  let masses: Wide[] = [WHOLE, ...range(middle).map(() => NOTHING)]
  for (let node = 0; node < middle; node++) {
    const [up, dead] = [wide(1 - probability(node)), wide(probability(node))]
    masses = masses.map((mass, count) => {
      return plus(times(mass, dead), times(count === 0 ? NOTHING : (masses[count - 1] as Wide), up))
    })
  }
  let failing = masses.slice(0, r - 1).reduce(plus, NOTHING)
  for (const quorum of completed) {
    let mass = wide(probability(quorum.at(-1) as number))
    for (let node = 0; node < middle; node++) {
      const chance = probability(node)
      mass = times(mass, wide(quorum.includes(node) ? 1 - chance : chance))
    }
    failing = plus(failing, mass)
  }
  return failing
}
