import type { Bits } from './bits.ts'
import { hasBit } from './bits.ts'
import type { Components } from './components.ts'
import type { Graph } from './graph.ts'

/**
 * Where a behaviour may stay for ever: parts of a region that are strongly connected, keep every
 * promise, and meet what is to be met (Emerson and Lei 1987; Lichtenstein and Pnueli 1985 for
 * strong fairness, which takes states away and looks again).
 *
 * Answers for each state the number of the part that it is in, from 1, and 0 for none. `undefined`
 * when there is no part at all. `cyclic` are the states that lie on some cycle of the graph; to
 * stay where one is, is possible everywhere.
 */
export function fairParts(
  graph: Graph,
  count: number,
  region: Bits | undefined,
  meets: Bits | undefined,
  cyclic: Bits,
  components: Components,
): Int32Array | undefined {
  const part = new Int32Array(count)
  const group = new Int32Array(count)
  let parts = 0
  let groups = 1
  let waiting = 0
  for (let state = 0; state < count; state++) {
    if (region !== undefined && !hasBit(region, state)) continue
    if (hasBit(cyclic, state)) {
      group[state] = 1
      waiting++
    } else if (mayStay(graph, state) && (meets === undefined || hasBit(meets, state))) {
      part[state] = ++parts
    }
  }
  const all = new Int32Array(waiting)
  for (let state = 0, at = 0; at < waiting; state++) if (group[state] === 1) all[at++] = state

  const work: { readonly vertices: Int32Array; readonly own: number }[] = [
    { vertices: all, own: 1 },
  ]
  for (let job = work.pop(); job !== undefined; job = work.pop()) {
    components.find(job.vertices, group, job.own, 1, (component) => {
      const own = ++groups
      for (const state of component) group[state] = own
      const rest = judge(graph, component, group, own, meets)
      if (rest === 'fair') {
        parts++
        for (const state of component) part[state] = parts
      } else if (rest.length > 0) {
        for (const state of component) group[state] = 0
        const again = ++groups
        for (const state of rest) group[state] = again
        work.push({ vertices: rest, own: again })
      }
    })
  }
  return parts === 0 ? undefined : part
}

/** Whether doing nothing for ever keeps every promise: nothing promised is enabled. */
export function mayStay(graph: Graph, state: number): boolean {
  const words = graph.promises.words
  for (let word = 0; word < words; word++)
    if (graph.enabled[state * words + word] !== 0) return false
  return true
}

const NONE = new Int32Array(0)

/** Whether to stay in a component may be fair; if not, the states that are still worth a look. */
function judge(
  graph: Graph,
  component: Int32Array,
  group: Int32Array,
  own: number,
  meets: Bits | undefined,
): 'fair' | Int32Array {
  if (meets !== undefined && !component.some((state) => hasBit(meets, state))) return NONE
  const words = graph.promises.words
  let broken: Int32Array | undefined
  for (let word = 0; word < words; word++) {
    const { taken, somewhere, everywhere } = summary(graph, component, group, own, word)
    // What stays enabled and is not taken in here is not taken in a part of it either.
    if ((everywhere & ~taken & graph.promises.weak[word]!) !== 0) return NONE
    const unkept = somewhere & ~taken & graph.promises.strong[word]!
    if (unkept === 0) continue
    broken ??= new Int32Array(words)
    broken[word] = unkept
  }
  if (broken === undefined) return 'fair'
  const unkept = broken
  return component.filter((state) => {
    for (let word = 0; word < words; word++)
      if ((graph.enabled[state * words + word]! & unkept[word]!) !== 0) return false
    return true
  })
}

/** The promised steps that are taken in a component, and enabled somewhere and everywhere there. */
function summary(
  graph: Graph,
  component: Int32Array,
  group: Int32Array,
  own: number,
  word: number,
): { readonly taken: number; readonly somewhere: number; readonly everywhere: number } {
  const { first, targets, labels, enabled, promises } = graph
  let taken = 0
  let somewhere = 0
  let everywhere = -1
  for (const state of component) {
    const here = enabled[state * promises.words + word]!
    somewhere |= here
    everywhere &= here
    for (let edge = first[state]!; edge < first[state + 1]!; edge++)
      if (group[targets[edge]!] === own)
        taken |= promises.about[labels![edge]! * promises.words + word]!
  }
  return { taken, somewhere, everywhere }
}
