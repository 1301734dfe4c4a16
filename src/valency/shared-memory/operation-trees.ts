/**
 * All protocols of so many steps at once. What a process does with an object is a tree: an
 * operation at its root, and for each response what it does then. Which values the leaves decide
 * is not enumerated: leaves that occur together in one interleaving must decide alike, so a
 * decision exists only if the leaves of processes that run alone, which decide their own inputs,
 * do not all hang together. If they do for all combinations of trees, no protocol within the
 * bound solves consensus, with whatever inputs lead to these trees.
 */
import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import type { BoundHit } from '../../core/verdict.ts'
import { Components } from './components.ts'
import type { TypeTable } from './type-table.ts'

export interface TreesAsked {
  readonly processes: number
  /** How many operations each process makes. */
  readonly steps: number
  /** In which state of the table the object is made. Default: the first. */
  readonly state?: number
  readonly budget?: Budget
}

export interface TreesFound {
  /** Trees of one process. */
  readonly trees: number
  /** Combinations of one tree for each process. */
  readonly combinations: number
  readonly tried: number
  /** Combinations in which the leaves of lonely processes do not all hang together. */
  readonly separating: number
  /** The first of them: the number of the tree of each process. */
  readonly witness: readonly number[] | undefined
  readonly bound?: BoundHit
}

/** Tries every combination of trees. */
export function operationTrees(table: TypeTable, asked: TreesAsked): TreesFound {
  const { processes, steps, state = 0, budget = {} } = asked
  const meter = new Meter(budget)
  const forest = new Forest(table, steps)
  const runs = new Runs(table, forest, processes, steps)
  const trees = forest.count(steps)
  const combinations = trees ** processes
  const chosen = new Int32Array(processes)
  let tried = 0
  let separating = 0
  let witness: readonly number[] | undefined
  do {
    if (!meter.step()) {
      const covered = `${tried} of ${combinations} combinations of trees, ${separating} separate`
      return { trees, combinations, tried, separating, witness, bound: meter.hit(covered) }
    }
    tried++
    if (!runs.separate(chosen, state)) continue
    separating++
    witness ??= [...chosen]
  } while (nextTuple(chosen, trees))
  return { trees, combinations, tried, separating, witness }
}

function nextTuple(chosen: Int32Array, below: number): boolean {
  let at = chosen.length - 1
  while (at >= 0 && chosen[at] === below - 1) chosen[at--] = 0
  if (at < 0) return false
  chosen[at]! += 1
  return true
}

/** All trees up to a height, numbered for each height from 0. */
class Forest {
  /** How many different responses an operation has at most. */
  readonly width: number
  /** For each height and tree: its operation. */
  readonly operation: readonly Int32Array[]
  /** For each height and tree: the trees that follow, by response. */
  readonly children: readonly Int32Array[]
  /** For each operation and response of the table: which of the operation's responses it is. */
  readonly #places: Int32Array
  readonly #responses: number

  constructor(table: TypeTable, height: number) {
    const kinds = responsesOf(table)
    this.#responses = table.responses.length
    this.width = kinds.reduce((most, { length }) => Math.max(most, length), 1)
    this.#places = new Int32Array(kinds.length * this.#responses).fill(-1)
    kinds.forEach((responses, operation) => {
      responses.forEach((response, place) => {
        this.#places[operation * this.#responses + response] = place
      })
    })
    const operation: Int32Array[] = [new Int32Array(1)]
    const children: Int32Array[] = [new Int32Array(this.width)]
    for (let level = 1; level <= height; level++) {
      const below = operation[level - 1]!.length
      const roots: number[] = []
      const links: number[] = []
      kinds.forEach((responses, root) => {
        for (let choice = 0; choice < below ** responses.length; choice++) {
          roots.push(root)
          for (let place = 0, rest = choice; place < this.width; place++) {
            links.push(place < responses.length ? rest % below : 0)
            rest = Math.floor(rest / below)
          }
        }
      })
      operation.push(Int32Array.from(roots))
      children.push(Int32Array.from(links))
    }
    this.operation = operation
    this.children = children
  }

  count(height: number): number {
    return this.operation[height]!.length
  }

  place(operation: number, response: number): number {
    return this.#places[operation * this.#responses + response]!
  }
}

/** The responses that each operation has in any state. */
function responsesOf({ operations, states, response }: TypeTable): readonly number[][] {
  return operations.map((_, operation) => [
    ...new Set(states.map((__, state) => response[state * operations.length + operation]!)),
  ])
}

/** All interleavings of one combination of trees. */
class Runs {
  readonly #table: TypeTable
  readonly #forest: Forest
  readonly #processes: number
  readonly #steps: number
  /** Leaves of one process: a number in the base of `width` has a digit for each response. */
  readonly #leaves: number
  readonly #ties: Components
  // By depth: the state, whose turn it was, and which tree, height and responses it had before.
  readonly #states: Int32Array
  readonly #movers: Int32Array
  readonly #oldTrees: Int32Array
  readonly #oldPaths: Int32Array
  readonly #trees: Int32Array
  readonly #heights: Int32Array
  readonly #paths: Int32Array

  constructor(table: TypeTable, forest: Forest, processes: number, steps: number) {
    this.#table = table
    this.#forest = forest
    this.#processes = processes
    this.#steps = steps
    this.#leaves = forest.width ** steps
    this.#ties = new Components(processes * this.#leaves)
    const depth = processes * steps + 1
    this.#states = new Int32Array(depth)
    this.#movers = new Int32Array(depth)
    this.#oldTrees = new Int32Array(depth)
    this.#oldPaths = new Int32Array(depth)
    this.#trees = new Int32Array(processes)
    this.#heights = new Int32Array(processes)
    this.#paths = new Int32Array(processes)
  }

  /** Whether the leaves of the processes that run alone do not all hang together. */
  separate(chosen: Int32Array, state: number): boolean {
    this.#ties.clear()
    this.#trees.set(chosen)
    this.#heights.fill(this.#steps)
    this.#paths.fill(0)
    this.#states[0] = state
    this.#walk()
    const first = this.#ties.find(this.#alone(0, chosen[0]!, state))
    for (let process = 1; process < this.#processes; process++) {
      const leaf = this.#alone(process, chosen[process]!, state)
      if (this.#ties.find(leaf) !== first) return true
    }
    return false
  }

  /** Depth first; nobody's turn left is the end of one interleaving. */
  #walk(): void {
    const last = this.#processes * this.#steps
    let depth = 0
    let process = 0
    for (;;) {
      while (process < this.#processes && this.#heights[process] === 0) process++
      if (process < this.#processes) {
        this.#move(depth++, process)
        process = 0
        if (depth === last) this.#tie()
        else continue
      }
      if (depth === 0) return
      process = this.#undo(--depth) + 1
    }
  }

  #move(depth: number, process: number): void {
    const { operations, next, response } = this.#table
    const height = this.#heights[process]!
    const tree = this.#trees[process]!
    const operation = this.#forest.operation[height]![tree]!
    const at = this.#states[depth]! * operations.length + operation
    const place = this.#forest.place(operation, response[at]!)
    this.#movers[depth] = process
    this.#oldTrees[depth] = tree
    this.#oldPaths[depth] = this.#paths[process]!
    this.#states[depth + 1] = next[at]!
    this.#trees[process] = this.#forest.children[height]![tree * this.#forest.width + place]!
    this.#paths[process] = this.#paths[process]! * this.#forest.width + place
    this.#heights[process] = height - 1
  }

  #undo(depth: number): number {
    const process = this.#movers[depth]!
    this.#trees[process] = this.#oldTrees[depth]!
    this.#paths[process] = this.#oldPaths[depth]!
    this.#heights[process]! += 1
    return process
  }

  /** Leaves that occur together decide alike. */
  #tie(): void {
    const first = this.#paths[0]!
    for (let process = 1; process < this.#processes; process++) {
      this.#ties.join(first, process * this.#leaves + this.#paths[process]!)
    }
  }

  /** The leaf of a process that is alone. */
  #alone(process: number, root: number, from: number): number {
    const { operations, next, response } = this.#table
    let tree = root
    let state = from
    let path = 0
    for (let height = this.#steps; height > 0; height--) {
      const operation = this.#forest.operation[height]![tree]!
      const at = state * operations.length + operation
      const place = this.#forest.place(operation, response[at]!)
      path = path * this.#forest.width + place
      tree = this.#forest.children[height]![tree * this.#forest.width + place]!
      state = next[at]!
    }
    return process * this.#leaves + path
  }
}
