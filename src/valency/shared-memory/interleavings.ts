import type { Meter } from '../../core/budget.ts'
import type { Json } from '../../core/json.ts'
import { BoundReached } from '../../explore/bounds.ts'
import { Configurations } from './configurations.ts'
import type { InternedProgram } from './interned-program.ts'

/** All configurations that are reached with the same inputs, breadth first, and all steps. */
export interface Interleavings {
  readonly configurations: Configurations
  readonly count: number
  /** The steps of configuration `c` are those from `offsets[c]` up to `offsets[c + 1]`. */
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly movers: Uint8Array
  /** The first configuration in which two processes decided differently, -1 if there is none. */
  readonly disagreement: number
  /** The first one in which something is decided that nobody proposed, -1 if there is none. */
  readonly invention: number
  /** What stopped the search. Configurations without their steps are then among the last. */
  readonly stopped?: { readonly bound: 'time' | 'steps' | 'memory'; readonly limit: number }
}

export interface InterleavingBounds {
  readonly states: number
  readonly bytes: number
}

/** Lets the processes take their steps in every order. */
export function interleavings(
  program: InternedProgram,
  inputs: readonly Json[],
  bounds: InterleavingBounds,
  meter: Meter,
): Interleavings {
  const configurations = new Configurations(program, bounds)
  const { visited, fields } = configurations
  const offsets = new Ints()
  const targets = new Ints()
  const movers = new Ints()
  let disagreement = -1
  let invention = -1
  let stopped: Interleavings['stopped']
  try {
    configurations.begin(inputs)
    const proposed = inputs.map((input) => program.decisions.find(input))
    for (let at = 0; at < visited.count; at++) {
      if (!meter.step()) {
        const { bound, limit } = meter.hit('')
        stopped = { bound: bound === 'method' ? 'steps' : bound, limit }
        break
      }
      configurations.read(at)
      offsets.push(targets.length)
      if (disagreement < 0 && disagree(program, fields)) disagreement = at
      if (invention < 0 && invented(program, fields, inputs, proposed)) invention = at
      expand(configurations, at, targets, movers)
    }
  } catch (error) {
    if (!(error instanceof BoundReached)) throw error
    stopped = { bound: error.bound === 'memory' ? 'memory' : 'steps', limit: error.limit }
  }
  const count = visited.count
  while (offsets.length <= count) offsets.push(targets.length)
  return {
    configurations,
    count,
    offsets: offsets.taken(),
    targets: targets.taken(),
    movers: Uint8Array.from(movers.taken()),
    disagreement,
    invention,
    ...(stopped === undefined ? {} : { stopped }),
  }
}

/** Adds all steps that lead away from the configuration in `fields`. */
function expand(configurations: Configurations, at: number, targets: Ints, movers: Ints): void {
  const { program, fields } = configurations
  for (let self = 0; self < program.processes; self++) {
    const code = configurations.codeOf(self)
    if (code < 0) continue
    const local = fields[self]!
    const state = fields[program.processes + program.objectOf(self, local)]!
    const first = program.firstOutcome(code)
    for (let outcome = first; outcome < first + program.outcomes(code); outcome++) {
      configurations.take(self, outcome)
      const added = configurations.add(at)
      configurations.takeBack(self, local, state)
      targets.push(added < 0 ? ~added : added)
      movers.push(self)
    }
  }
}

function disagree(program: InternedProgram, fields: Int32Array): boolean {
  let decided = -1
  for (let self = 0; self < program.processes; self++) {
    const decision = program.decisionOf(self, fields[self]!)
    if (decision < 0 || decision === decided) continue
    if (decided >= 0) return true
    decided = decision
  }
  return false
}

/** `proposed` remembers the numbers of inputs that were decided before. */
function invented(
  program: InternedProgram,
  fields: Int32Array,
  inputs: readonly Json[],
  proposed: number[],
): boolean {
  for (let self = 0; self < program.processes; self++) {
    const decision = program.decisionOf(self, fields[self]!)
    if (decision < 0 || proposed.includes(decision)) continue
    inputs.forEach((input, each) => (proposed[each] = program.decisions.find(input)))
    if (!proposed.includes(decision)) return true
  }
  return false
}

/** A list of integers that grows. */
class Ints {
  length = 0
  #list = new Int32Array(256)

  push(value: number): void {
    if (this.length === this.#list.length) {
      const longer = new Int32Array(this.length * 2)
      longer.set(this.#list)
      this.#list = longer
    }
    this.#list[this.length++] = value
  }

  taken(): Int32Array {
    return this.#list.subarray(0, this.length)
  }
}
