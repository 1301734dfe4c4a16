import type { StateEdge, StateGraph, StateNode } from '../core/state-graph.ts'
import { UserError } from '../core/user-error.ts'
import type { AnyLayout, Variables } from '../state/index.ts'
import { stepText } from './story.ts'
import type { ModelSystem } from './system.ts'
import { valueText } from './value-text.ts'

export interface StateGraphOptions {
  readonly maxStates: number
  readonly selfLoops?: boolean
}

interface OpenNode {
  readonly state: Readonly<Record<string, unknown>>
  readonly initial: boolean
  readonly violating: boolean
  readonly within: boolean
  readonly mayEnd: boolean
  readonly steps: Map<number, string[]>
}

/**
 * All states of a small system and the steps between them, in the order of a breadth-first search.
 *
 * @throws UserError if there are more than `maxStates`.
 */
export function stateGraph(
  system: ModelSystem,
  { maxStates, selfLoops = false }: StateGraphOptions,
): StateGraph {
  const numbers = new Map<string, number>()
  const packed: Int32Array[] = []
  const nodes: OpenNode[] = []
  let from = -1
  const runner = system.runner((action) => {
    const words = runner.out.slice(0, system.words)
    const key = words.join()
    const isNew = !numbers.has(key)
    const number = numbers.get(key) ?? nodes.length
    if (isNew) {
      if (number >= maxStates) throw tooLarge(system.name, maxStates)
      numbers.set(key, number)
      packed.push(words)
      nodes.push(nodeOf(system, runner, from < 0))
    }
    if (from < 0) return isNew
    const name = system.actions[action]
    const parameters = [...runner.parameters()]
    const step = { ...(name === undefined ? {} : { action: name }), parameters, state: {} }
    const steps = nodes[from]?.steps
    const labels = steps?.get(number)
    if (labels === undefined) steps?.set(number, [stepText(system.model, step)])
    else labels.push(stepText(system.model, step))
    return isNew
  })
  runner.initial()
  for (from = 0; from < nodes.length; from++) {
    const words = packed[from]
    if (words !== undefined && nodes[from]?.within) runner.expand(words, 0)
  }
  return {
    title: system.name,
    nodes: nodes.map((node) => shownNode(node, nodes, system.model.state as Variables)),
    edges: nodes.flatMap(({ steps }, at) => edgesOf(steps, at, selfLoops)),
  }
}

function nodeOf(
  system: ModelSystem,
  runner: ReturnType<ModelSystem['runner']>,
  initial: boolean,
): OpenNode {
  return {
    state: system.snapshot(runner.out),
    initial,
    violating: runner.falseInvariant() >= 0,
    within: runner.within(),
    mayEnd: runner.mayEnd(),
    steps: new Map(),
  }
}

function tooLarge(name: string, maxStates: number): UserError {
  return new UserError(`${name} has more than ${maxStates} states, which nobody can look at`, {
    where: 'synod graph',
    hint: 'make its parameters smaller, or --max-states for more; synod explore has no such limit',
  })
}

function edgesOf(
  steps: ReadonlyMap<number, readonly string[]>,
  from: number,
  selfLoops: boolean,
): readonly StateEdge[] {
  return [...steps]
    .filter(([to]) => selfLoops || to !== from)
    .map(([to, labels]) => ({ from, to, labels }))
}

function shownNode(node: OpenNode, nodes: readonly OpenNode[], variables: Variables): StateNode {
  const { initial, violating, within, mayEnd, steps, state } = node
  const ended = ![...steps.keys()].some((to) => nodes[to] !== node) && within
  return {
    lines: Object.keys(state)
      .filter((name) => varies(name, nodes))
      .map((name) => `${name}: ${briefText(variables[name], state[name])}`),
    initial,
    violating,
    end: !ended ? 'no' : mayEnd || steps.size > 0 ? 'may' : 'stuck',
    outside: !within,
  }
}

const memory = new WeakMap<readonly OpenNode[], Map<string, boolean>>()

/** Whether a variable tells states apart: one that is always the same is left out. */
function varies(name: string, nodes: readonly OpenNode[]): boolean {
  const known = memory.get(nodes) ?? new Map<string, boolean>()
  memory.set(nodes, known)
  const before = known.get(name)
  if (before !== undefined) return before
  const texts = new Set(nodes.map(({ state }) => valueText(undefined, state[name])))
  const isNeeded = texts.size > 1
  known.set(name, isNeeded)
  return isNeeded
}

/** A map over identities is a row of values: who has which is known by the place. */
function briefText(layout: AnyLayout | undefined, value: unknown): string {
  if (layout?.shape.kind === 'mapOf' && layout.shape.keys.shape.kind === 'id') {
    const { of } = layout.shape
    return [...(value as ReadonlyMap<unknown, unknown>).values()]
      .map((one) => valueText(of, one))
      .join(' ')
  }
  return valueText(layout, value)
}
