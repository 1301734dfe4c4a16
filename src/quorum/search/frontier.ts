import { Meter } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import { node } from '../expression.ts'
import type { Expression } from '../expression.ts'
import type { Obtained } from '../obtained.ts'
import type { Rational } from '../rational.ts'
import { quorumSystem } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import { frontOfAll } from './front-of-all.ts'
import { frontOfReadOnce } from './front-of-read-once.ts'
import type { Merits } from './front.ts'
import { questionOf } from './question.ts'
import type { BestOptions } from './question.ts'

/** A system that no other one matches in load, resilience, F and size of quorums at once. */
export interface FrontierPoint extends Merits {
  readonly system: QuorumSystem
  readonly text: string
  /** The load as a fraction, where it is known as one. */
  readonly exactLoad: Rational | undefined
  readonly smallestQuorum: { readonly read: number; readonly write: number }
}

export interface Frontier extends Obtained {
  /** By ascending load. */
  readonly points: readonly FrontierPoint[]
  /** Whether all systems of the kind were looked at. */
  readonly finished: boolean
  readonly looked: number
  readonly seconds: number
}

/** A point before it is written down as a system. */
export interface FoundPoint extends Merits {
  readonly exact: () => Rational | undefined
  readonly reads: (nodes: readonly Expression[]) => Expression
  readonly smallestQuorum: FrontierPoint['smallestQuorum']
}

/** For which nodes and which work systems are compared. */
export type FrontierOptions = Omit<BestOptions, 'optimise' | 'limits' | 'failures' | 'among'>

const DEFAULT_SECONDS = 20
const MOST_FOR_ALL = 6

/**
 * The systems worth choosing from: for each, any other one is worse in load, in resilience, in the
 * probability of failure or in the size of its smallest quorums, or is the same in all of them. On
 * up to 6 nodes of all read-write systems, beyond of read-once expressions.
 *
 * @throws UserError if no system is as resilient as asked.
 */
export function frontier(options: FrontierOptions): Frontier {
  const started = performance.now()
  const question = questionOf(options)
  const meter = new Meter({ seconds: DEFAULT_SECONDS, ...options.budget })
  const all = question.size <= MOST_FOR_ALL
  const { points, finished, looked } = all
    ? frontOfAll(question, meter)
    : frontOfReadOnce(question, meter)
  if (points.length === 0) throw new UserError('no system was found', { hint: 'a bigger budget' })
  const nodes = question.nodes.map((own) => node(own))
  const kind = all ? 'monotone functions' : 'read-once expressions'
  return {
    points: points.map(({ exact, reads, ...merits }) => {
      const system = quorumSystem({ reads: reads(nodes) })
      return { ...merits, exactLoad: exact(), system, text: system.name }
    }),
    finished,
    looked,
    quality: all && finished ? 'exact' : 'bounds',
    method: finished ? `all ${kind}` : `${kind}, until the budget ran out`,
    seconds: (performance.now() - started) / 1000,
  }
}
