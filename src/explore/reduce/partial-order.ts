import { UserError } from '../../core/user-error.ts'
import type { Variables } from '../../state/index.ts'
import type { AnyModel, Processes } from '../model.ts'
import type { OpenStep } from '../model-steps.ts'
import { stepsOf } from '../model-steps.ts'
import type { Emit, ModelSystem, Runner } from '../system.ts'
import type { Enabled, Turn } from './independence.ts'
import { Independence } from './independence.ts'
import { predicatesOf } from './predicates.ts'
import { processesOf, refuseNobodys } from './processes.ts'
import type { ReducedSystem } from './reduction.ts'
import { SearchAgain } from './reduction.ts'
import { retrace, sameWords } from './retrace.ts'
import { observed, Parts, Uses } from './uses.ts'

/** What is known of a system beyond one search. */
interface Knowledge {
  readonly steps: readonly OpenStep[]
  readonly processes: Processes<Variables>
  /** For each part of the state whether something is claimed about it, as far as was seen. */
  readonly claimed: Uint8Array
  /** States that were gone on from, and those of them from which only one process took steps. */
  expanded: number
  reduced: number
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
    expanded: 0,
    reduced: 0,
  }
  return {
    ...whole,
    whole,
    runner: (emit) => orderedRunner(whole, known, emit, options.check === 'all'),
    retrace: (path) => retrace(whole, path, sameWords),
    report: () => ({
      kind: 'partial order',
      about:
        `in ${String(known.reduced)} of ${String(known.expanded)} states ` +
        'only one process took its steps',
    }),
  }
}

/** Partial orders keep what is claimed of states, and nothing about the long run. */
export function refuseLongRunInOrder(name: string, model: AnyModel): void {
  if (model.properties === undefined && model.refines === undefined) return
  throw new UserError('partial order is not used with the long run, or with refinements', {
    where: name,
    hint: 'leave the reduction away, or the properties and refinements',
  })
}

function orderedRunner(
  whole: ModelSystem,
  known: Knowledge,
  emit: Emit,
  checksAll: boolean,
): Runner {
  const independence = new Independence(whole, known.steps, known.processes)
  const learn = learner(whole, known)
  const out = new Int32Array(whole.words)
  const count = known.processes.kind.size
  const turns: (Turn | undefined)[] = []
  let choice: readonly unknown[] = []
  let isLoaded = false

  const inner = whole.runner((action, instance) => {
    out.set(inner.out)
    choice = inner.parameters()
    isLoaded = true
    return tell(action, instance)
  })
  const asked = () => {
    if (!isLoaded) inner.load(out, 0)
    isLoaded = true
    return inner
  }
  const tell = (action: number, instance: number): boolean => {
    const isNew = emit(action, instance)
    if (isNew || !asked().within()) learn(out)
    return isNew
  }
  /** Answers whether one of the steps leads to a new state. */
  const take = (steps: readonly Enabled[]): boolean => {
    let found = false
    for (const step of steps) {
      out.set(step.words)
      choice = step.choice
      isLoaded = false
      found = tell(step.action, step.instance) || found
    }
    return found
  }

  return {
    out,
    initial: inner.initial,
    expand: (words, offset) => {
      independence.load(words, offset)
      if (checksAll || isSampled(known.expanded))
        for (let process = 0; process < count; process++) independence.turn(process, known.claimed)
      known.expanded++
      turns.length = 0
      const taken = new Set<number>()
      let emitted = 0
      for (let process = 0; process < count; process++) {
        const turn = independence.turn(process, known.claimed)
        turns.push(turn)
        if (turn.steps.length === 0 || !turn.independent || turn.visible) continue
        taken.add(process)
        emitted += turn.steps.length
        if (!take(turn.steps)) continue
        known.reduced++
        return emitted
      }
      for (const [process, turn] of turns.entries()) {
        if (turn === undefined || taken.has(process)) continue
        take(turn.steps)
        emitted += turn.steps.length
      }
      return emitted
    },
    load: (words, offset) => {
      out.set(words.subarray(offset, offset + out.length))
      isLoaded = false
    },
    falseInvariant: () => asked().falseInvariant(),
    sometimes: (index) => asked().sometimes(index),
    within: () => asked().within(),
    mayEnd: () => asked().mayEnd(),
    parameters: () => choice,
  }
}

/** Notes which parts of a state are looked at by what is claimed of states. */
function learner(whole: ModelSystem, known: Knowledge): (words: Int32Array) => void {
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
      const { variable, way } = parts.all[part]!
      // What is claimed of one process is claimed of all, sooner or later.
      for (const [other, { variable: of, way: there }] of parts.all.entries())
        if (of === variable && there === way) known.claimed[other] = 1
      learned = variable + way
    }
    if (learned === undefined || known.reduced === 0) return
    known.reduced = 0
    known.expanded = 0
    throw new SearchAgain(`something is claimed of ${learned}`)
  }
}

/** The first states, and ever fewer after them. */
function isSampled(index: number): boolean {
  return index < 200 || (index & (index - 1)) === 0 || index % 100 === 0
}
