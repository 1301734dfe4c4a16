import type { Json } from '../../core/json.ts'
import type { Interleavings } from './interleavings.ts'
import { operationText } from './type-table.ts'

/** One access, and what it led to. */
export interface SharedStep {
  readonly process: number
  readonly object: string
  /** `write(1)` */
  readonly operation: string
  readonly response: Json
  /** The state of the object after it. */
  readonly state: Json
  /** What the process decides then, if it does. */
  readonly decides?: Json
}

export interface SharedTrace {
  readonly inputs: readonly Json[]
  readonly steps: readonly SharedStep[]
  /** For what may go on for ever: the step that comes again after the last one. */
  readonly loop?: number
  /** What each process has decided in the end, `undefined` if nothing. */
  readonly decided: readonly (Json | undefined)[]
}

/** The shortest way to a configuration. */
export function traceTo(graph: Interleavings, configuration: number): SharedTrace {
  return traceAlong(graph, pathTo(graph, configuration))
}

/** The shortest way to a cycle, and once round. */
export function cycleTrace(graph: Interleavings, cycle: readonly number[]): SharedTrace {
  // Numbers ascend with the distance from the start.
  const first = cycle.indexOf(cycle.reduce((a, b) => (a < b ? a : b)))
  const round = [...cycle.slice(first), ...cycle.slice(0, first + 1)]
  const prefix = pathTo(graph, round[0] ?? 0)
  return { ...traceAlong(graph, [...prefix, ...round.slice(1)]), loop: prefix.length - 1 }
}

function pathTo({ configurations }: Interleavings, configuration: number): readonly number[] {
  const { parents } = configurations.visited
  const path: number[] = []
  for (let at = configuration; at >= 0; at = parents[at] ?? -1) path.push(at)
  return path.reverse()
}

function traceAlong({ configurations }: Interleavings, path: readonly number[]): SharedTrace {
  const { program, fields } = configurations
  const [start = 0] = path
  configurations.read(start)
  const decisions = (): (Json | undefined)[] =>
    Array.from({ length: program.processes }, (_, self) => {
      const decision = program.decisionOf(self, fields[self]!)
      return decision < 0 ? undefined : program.decisions.value(decision)
    })
  const steps = path.slice(1).map((to, at): SharedStep => {
    const { process, outcome } = configurations.edge(path[at]!, to)
    configurations.read(path[at]!)
    const local = fields[process]!
    const object = program.objectOf(process, local)
    const decision = program.decisionOf(process, program.locals[outcome]!)
    return {
      process,
      object: program.objects[object]!,
      operation: operationText(program.operationOf(process, local)),
      response: program.responses[outcome]!,
      state: program.stateOf(object, program.states[outcome]!),
      ...(decision < 0 ? {} : { decides: program.decisions.value(decision) }),
    }
  })
  configurations.read(path.at(-1) ?? start)
  return { inputs: configurations.inputs, steps, decided: decisions() }
}
