/**
 * The general search: linearizability by just-in-time linearization (Lowe 2017, 'Testing for
 * linearizability', section 4), depth first.
 *
 * Events are taken in real-time order, and an operation is ordered only when it must be: at its own
 * return, or before another one that is returning. A configuration is therefore the event, the
 * state, and which of the *open* operations are ordered already; its size depends on the
 * concurrency, not on the length of the history. Four reductions, each with the reason why nothing
 * is lost:
 *
 * - Observers (operations that never change the state) are ordered the moment they are legal.
 *   Moving one earlier, to a moment at which it is open and legal, changes nothing for the others.
 * - Crashed operations with the same name and argument are interchangeable, so only their number
 *   counts, and an attempt that has used fewer of every class can do all that one with more can.
 * - A crashed operation is used only where a state it leads to is needed: some other operation has
 *   an outcome there that it would not have had before. Otherwise leave it out, or use it later.
 * - Relaxed, crashed operations may be used without limit. That is a larger set of orders, so if it
 *   has no legal one, neither has the history; and the usage vanishes from the configuration. If it
 *   has one, and that one happens to use every crashed operation once at most, it is a proof as
 *   well.
 */
import { Meter } from '../core/budget.ts'
import type { Decision, Engine } from '../core/engine.ts'
import { scratch } from './arrays.ts'
import { JustInTimeSearch } from './just-in-time-search.ts'
import type { Prepared } from './prepared.ts'
import { prepare } from './prepared.ts'
import { impossibleClass } from './reachable.ts'

export const justInTime: Engine = {
  name: 'just-in-time',
  decide: (problem, meter) =>
    scratch.lend((arrays) => decideIn(prepare(problem, meter, arrays), meter)),
}

function decideIn(history: Prepared, meter: Meter): Decision {
  const { problem, transitions } = history
  const impossible = impossibleClass(transitions, 4 * problem.operations.length + 1000)
  if (impossible !== -1) return impossibleAnywhere(history, impossible)
  return refutation(history, meter) ?? new JustInTimeSearch(history, meter, false).run()
}

function impossibleAnywhere({ transitions }: Prepared, classId: number): Decision {
  const culprit = transitions.classOf.indexOf(classId)
  return { outcome: 'fail', core: [culprit], reason: '', impossible: culprit }
}

/** The relaxed search gets this share of the budget, and the exact one the rest. */
const SHARE_OF_RELAXED = 1 / 4

/** What the relaxed search can say: that there is no order, or one that happens to be a proof. */
function refutation(history: Prepared, meter: Meter): Decision | undefined {
  if (history.crashes.count === 0) return undefined
  const { seconds = Infinity, steps = Infinity, bytes = 0 } = meter.rest
  const part = new Meter({
    seconds: seconds * SHARE_OF_RELAXED,
    steps: steps * SHARE_OF_RELAXED,
    bytes: bytes * SHARE_OF_RELAXED,
  })
  const relaxed = new JustInTimeSearch(history, part, true)
  const decision = relaxed.run()
  meter.step(part.steps)
  if (decision.outcome === 'unknown') return undefined
  return decision.outcome === 'pass' && relaxed.overused ? undefined : decision
}
