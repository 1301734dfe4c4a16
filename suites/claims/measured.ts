import { load } from '../../src/quorum/load/load.ts'
import { failureProbability } from '../../src/quorum/metrics/failure-probability.ts'
import { resilience } from '../../src/quorum/metrics/resilience.ts'
import { smallestQuorum } from '../../src/quorum/metrics/smallest-quorum.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { Rational } from '../../src/quorum/rational.ts'
import type { QuorumSystem } from '../../src/quorum/system.ts'
import type { Question } from './check.ts'
import { answer, question, Undecided } from './check.ts'

/** What a system must come out as; exactly, in fractions. */
interface Wanted {
  readonly work?: number
  readonly load?: string
  readonly resilience?: number
  /** At which probability that a node is down, and that of having no quorum. */
  readonly failure?: readonly [down: string, chance: string]
}

/** Asks whether a system has these measures. */
export function measures(text: string, wanted: Wanted): Question {
  const { failure } = wanted
  const parts = [
    ...(wanted.work === undefined ? [] : [`work ${wanted.work}`]),
    ...(wanted.load === undefined ? [] : [`load ${wanted.load}`]),
    ...(wanted.resilience === undefined ? [] : [`resilience ${wanted.resilience}`]),
    ...(failure === undefined ? [] : [`failure ${failure[1]} at p = ${failure[0]}`]),
  ]
  return question('metric', `${text} has ${parts.join(', ')}`, async () => {
    const system = parseSystem(text)
    const found: [string, string, boolean][] = []
    if (wanted.work !== undefined) {
      const { read, write } = smallestQuorum(system)
      const work = Math.min(read, write)
      found.push(['smallest quorum', String(work), work === wanted.work])
    }
    if (wanted.load !== undefined) {
      const exact = await exactLoad(system)
      found.push(['load', exact.toString(), exact.equals(Rational.from(wanted.load))])
    }
    if (wanted.resilience !== undefined) {
      const { both } = resilience(system)
      found.push(['resilience', String(both), both === wanted.resilience])
    }
    if (failure !== undefined) {
      const [down, chance] = failure
      const exact = exactFailure(system, down)
      found.push([`failure at p = ${down}`, numberText(exact), exact.equals(Rational.from(chance))])
    }
    const sentence = found.map(([what, value]) => `${what} ${value}`).join(', ')
    return answer(
      found.every(([, , isSo]) => isSo),
      `${text}: ${sentence}`,
    )
  })
}

/** As a fraction. @throws Undecided where it is known within bounds only */
export async function exactLoad(system: QuorumSystem, readFraction?: string): Promise<Rational> {
  const { exact } = await load(system, readFraction === undefined ? {} : { readFraction })
  if (exact === undefined) throw new Undecided(`the load of ${system.name} is not known exactly`)
  return exact
}

/** As a fraction. @throws Undecided where it is not short enough to be one, or not found */
export function exactFailure(
  system: QuorumSystem,
  down: string,
  side: 'both' | 'read' | 'write' = 'both',
): Rational {
  const { exact } = failureProbability(system, { down, side })
  if (exact === undefined) throw new Undecided(`F of ${system.name} is not known as a fraction`)
  return exact
}

/** `41/81`, or with digits where the fraction is long. */
export function numberText(value: Rational): string {
  const text = value.toString()
  return text.length <= 20 ? text : value.toNumber().toPrecision(6)
}

/** `a / b` */
export function fraction(above: number, below: number): Rational {
  return Rational.of(BigInt(above), BigInt(below))
}

/** A power with a whole exponent. */
export function power(base: Rational, exponent: number): Rational {
  return [...new Array(exponent).keys()].reduce((product) => product.times(base), Rational.one)
}

/** A square grid. */
export const gridText = (side: number): string => `grid(rows=${side},cols=${side})`

/** Systems of all kinds, small enough to be measured at once. */
export const SYSTEMS = [
  'singleton(n=3)',
  'majority(n=5)',
  'majority(n=8)',
  'rowa(n=4)',
  'grid(rows=3,cols=3)',
  'grid-below(rows=3,cols=3)',
  'grid-rw(rows=3,cols=4)',
  'bgrid(d=4,h=2,r=2)',
  'fpp(order=2)',
  'tree(levels=3)',
  'hqc(3,3)',
]
