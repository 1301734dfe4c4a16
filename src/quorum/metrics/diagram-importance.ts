import type { Chances } from './diagram-chance.ts'
import type { Diagram } from './diagram.ts'
import { TO_FAILED } from './diagram.ts'

/**
 * For each variable, the difference that it makes to the probability of failure: over all vertices
 * that ask for it, how likely they are reached times what the answer changes.
 */
export function diagramImportance(diagram: Diagram, { down, up }: Chances): Float64Array {
  const { vertices, variable, dead, live } = diagram
  const importance = new Float64Array(diagram.variables)
  if (diagram.root < 0) return importance
  const failure = new Float64Array(vertices)
  const after = (target: number) => (target >= 0 ? failure[target]! : target === TO_FAILED ? 1 : 0)
  for (let vertex = vertices - 1; vertex >= 0; vertex--) {
    const place = variable[vertex]!
    failure[vertex] = down[place]! * after(dead[vertex]!) + up[place]! * after(live[vertex]!)
  }
  const reached = new Float64Array(vertices)
  reached[0] = 1
  for (let vertex = 0; vertex < vertices; vertex++) {
    const place = variable[vertex]!
    const here = reached[vertex]!
    importance[place]! += here * (after(dead[vertex]!) - after(live[vertex]!))
    if (dead[vertex]! >= 0) reached[dead[vertex]!]! += here * down[place]!
    if (live[vertex]! >= 0) reached[live[vertex]!]! += here * up[place]!
  }
  return importance
}
