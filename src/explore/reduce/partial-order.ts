import type { Variables } from '../../state/index.ts'
import type { Processes } from '../model.ts'
import type { OpenStep } from '../model-steps.ts'
import { stepsOf } from '../model-steps.ts'
import type { Emit, ModelSystem, Runner } from '../system.ts'
import type { Enabled, Turn } from './independence.ts'
import { Independence } from './independence.ts'
import { observed } from './observed.ts'
import { outletOf } from './outlet.ts'
import { predicatesOf } from './predicates.ts'
import { processesOf, refuseNobodys } from './processes.ts'
import type { ReducedSystem } from './reduction.ts'
import { SearchAgain } from './reduction.ts'
import { retrace, sameWords } from './retrace.ts'
import { Parts, Uses } from './uses.ts'

/** What is known of a system beyond one search. */
interface Knowledge {
  readonly steps: readonly OpenStep[]
  readonly processes: Processes<Variables>
  /** For each part of the state whether something is claimed about it, as far as was seen. */
  readonly claimed: Uint8Array
  readonly tallies: Tally[]
}

interface Tally {
  /** States that were gone on from, and those of them from which only one process took steps. */
  expanded: number
  reduced: number
  /** Whether it was part of a search, in which states are new. */
  searched: boolean
}

export interface PartialOrderOptions {
  /**
   * Whether all processes are held to what the model says of them in every state that is gone on
   * from, or only those of which steps are taken and, in some of the states, all. Default: `some`.
   */
  readonly check?: 'all' | 'some'
}

/**
 * The same machine, with fewer of the orders in which processes take turns: where the steps of one
 * process are independent of all that the others may do, only they are taken (ample sets; Clarke,
 * Grumberg, Peled 1999, chapter 10). What is claimed about states, and where nothing more happens,
 * stays as it is; how long it takes to get there, and what happens for ever, may not.
 *
 * - Steps that change what something is claimed about are never put before all others. Which parts
 *   those are is seen while claims are asked of states; when one turns up late, `SearchAgain` is
 *   thrown, and the search has to begin again with the same system.
 * - That a link is too short, where no guard asks for room, may not be noticed: another order may
 *   need less of it.
 * - Steps are not put off for ever: where those of one process lead to no new state, the others
 *   take theirs as well (Bosnacki, Leue and Lluch Lafuente 2009, on breadth-first searches).
 */
export function partialOrder(whole: ModelSystem, options: PartialOrderOptions = {}): ReducedSystem {
  const { actions } = stepsOf(whole.model)
  const processes = processesOf(whole.name, whole.model)
  refuseNobodys(whole.name, actions, processes)
  const known: Knowledge = {
    steps: actions,
    processes,
    claimed: new Uint8Array(new Parts(whole.type.variables).all.length),
    tallies: [],
  }
  return {
    ...whole,
    whole,
    runner: (emit) => orderedRunner(whole, known, emit, options.check === 'all'),
    retrace: (path) => retrace(whole, path, sameWords),
    report: () => {
      const tallies = known.tallies.filter(({ searched }) => searched)
      const sum = (of: (tally: Tally) => number) =>
        String(tallies.reduce((all, tally) => all + of(tally), 0))
      const reduced = sum((tally) => tally.reduced)
      const expanded = sum((tally) => tally.expanded)
      return {
        kind: 'partial order',
        about: `in ${reduced} of ${expanded} states only one process took its steps`,
      }
    },
  }
}

function orderedRunner(
  whole: ModelSystem,
  known: Knowledge,
  emit: Emit,
  checksAll: boolean,
): Runner {
  const independence = new Independence(whole, known.steps, known.processes)
  const tally: Tally = { expanded: 0, reduced: 0, searched: false }
  known.tallies.push(tally)
  const learn = learner(whole, known, tally)
  const count = known.processes.kind.size
  const { put, runner } = outletOf(whole, (action, instance) => tell(action, instance))
  const tell = (action: number, instance: number): boolean => {
    const isNew = emit(action, instance)
    tally.searched ||= isNew
    if (isNew || !runner.within()) learn(runner.out)
    return isNew
  }
  /** Answers whether one of the steps leads to a new state. */
  const take = (steps: readonly Enabled[]): boolean => {
    let found = false
    for (const step of steps) {
      put(step.words, 0, step.choice)
      found = tell(step.action, step.instance) || found
    }
    return found
  }
  const expand: Runner['expand'] = (words, offset) => {
    independence.load(words, offset)
    if (checksAll || isSampled(tally.expanded))
      for (let process = 0; process < count; process++) independence.turn(process, known.claimed)
    tally.expanded++
    const others: Turn[] = []
    let emitted = 0
    for (let process = 0; process < count; process++) {
      const turn = independence.turn(process, known.claimed)
      if (turn.steps.length === 0) continue
      if (!turn.independent || turn.visible) {
        others.push(turn)
        continue
      }
      emitted += turn.steps.length
      if (!take(turn.steps)) continue
      tally.reduced++
      return emitted
    }
    for (const { steps } of others) {
      take(steps)
      emitted += steps.length
    }
    return emitted
  }
  return { ...runner, expand }
}

/** Notes which parts of a state are looked at by what is claimed of states. */
function learner(whole: ModelSystem, known: Knowledge, tally: Tally): (words: Int32Array) => void {
  const { type } = whole
  const parts = new Parts(type.variables)
  const uses = new Uses(parts)
  const { state, slots } = type.workspace()
  const view = observed(state, type.variables, uses)
  const predicates = predicatesOf(whole.model)
  return (words) => {
    type.unpack(words, 0, slots)
    uses.clear()
    for (const { holds } of predicates) holds(view)
    let learned: string | undefined
    for (const [part, how] of uses.of.entries()) {
      if (how === 0 || known.claimed[part] === 1) continue
      const { variable, fields } = parts.all[part]!
      // What is claimed of one process is claimed of all, sooner or later.
      for (const [other, there] of parts.all.entries())
        if (there.variable === variable && there.fields === fields) known.claimed[other] = 1
      learned = variable + fields
    }
    if (learned === undefined || tally.reduced === 0) return
    known.tallies.length = 0
    throw new SearchAgain(`something is claimed of ${learned}`)
  }
}

/** The first states, and ever fewer after them. */
function isSampled(index: number): boolean {
  return index < 200 || (index & (index - 1)) === 0 || index % 100 === 0
}
