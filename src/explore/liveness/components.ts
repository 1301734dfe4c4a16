import type { Graph } from './graph.ts'

/** Finds strongly connected components, again and again in the same memory. */
export class Components {
  readonly #graph: Pick<Graph, 'first' | 'targets'>
  readonly #seen: Int32Array
  readonly #low: Int32Array
  readonly #next: Uint32Array
  readonly #path: Int32Array
  readonly #open: Int32Array

  constructor(graph: Pick<Graph, 'first' | 'targets'>, count: number) {
    this.#graph = graph
    this.#seen = new Int32Array(count)
    this.#low = new Int32Array(count)
    this.#next = new Uint32Array(count)
    this.#path = new Int32Array(count)
    this.#open = new Int32Array(count)
  }

  /**
   * Strongly connected components (Tarjan 1972, without recursion) of those `vertices`, all of a
   * `group`, by edges within the group. `visit` gets each component of
   * at least `least` states as a part of an array, and may not keep it.
   */
  find(
    vertices: Int32Array,
    group: Int32Array,
    own: number,
    least: number,
    visit: (component: Int32Array) => void,
  ): void {
    const { first, targets } = this.#graph
    const seen = this.#seen
    const low = this.#low
    const next = this.#next
    const path = this.#path
    const open = this.#open
    let clock = 0
    let deep = 0
    let opened = 0
    const enter = (vertex: number) => {
      seen[vertex] = low[vertex] = ++clock
      next[vertex] = first[vertex]!
      open[opened++] = vertex
      path[deep++] = vertex
    }
    const ends: number[] = []
    const order = new Int32Array(vertices.length)
    let closed = 0
    for (const root of vertices) {
      if (seen[root] !== 0) continue
      enter(root)
      while (deep > 0) {
        const vertex = path[deep - 1]!
        if (next[vertex]! < first[vertex + 1]!) {
          const to = targets[next[vertex]!++]!
          if (group[to] !== own) continue
          if (seen[to] === 0) enter(to)
          else if (seen[to]! < low[vertex]!) low[vertex] = seen[to]!
          continue
        }
        deep--
        if (deep > 0 && low[vertex]! < low[path[deep - 1]!]!) low[path[deep - 1]!] = low[vertex]!
        if (low[vertex] !== seen[vertex]) continue
        for (let member = -1; member !== vertex;) {
          member = open[--opened]!
          // Later than everything: a closed component does not pull anybody down.
          seen[member] = CLOSED
          order[closed++] = member
        }
        ends.push(closed)
      }
    }
    for (const vertex of vertices) seen[vertex] = 0
    let start = 0
    for (const end of ends) {
      if (end - start >= least) visit(order.subarray(start, end))
      start = end
    }
  }
}

const CLOSED = 0x7fffffff
