import type { Outcome, Process } from '../../src/valency/process.ts'

/**
 * The slow twin: configurations are texts, sets are sets, and every definition is written down as
 * it is said. Renaming and dropping are unknown to it.
 */
interface Configuration {
  readonly locals: readonly unknown[]
  /** Each message as `to|JSON`, in order. */
  readonly buffer: readonly string[]
}

interface Edge {
  readonly process: number
  readonly message: string | undefined
  readonly to: number
  /** Numbers the events of a configuration: outcomes of a coin have the same. */
  readonly event: number
}

export interface PlainGraph {
  readonly configurations: readonly Configuration[]
  readonly edges: readonly (readonly Edge[])[]
  readonly depths: readonly number[]
}

/** `undefined` if there are more configurations than that. */
export function plainGraph(
  process: Process,
  inputs: readonly number[],
  most = Infinity,
): PlainGraph | undefined {
  const numbers = new Map<string, number>()
  const configurations: Configuration[] = []
  const depths: number[] = []
  const edges: Edge[][] = []
  const add = (configuration: Configuration, depth: number): number => {
    const key = JSON.stringify(configuration)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, configurations.length)
    configurations.push(configuration)
    depths.push(depth)
    return configurations.length - 1
  }
  add({ locals: inputs.map((input, self) => process.start(self, input)), buffer: [] }, 0)
  for (let at = 0; at < configurations.length; at++) {
    if (configurations.length > most) return undefined
    const { locals, buffer } = configurations[at]!
    const out: Edge[] = []
    const events = [
      ...locals.map((_, self) => ({ self, text: undefined })),
      ...[...new Set(buffer)].map((text) => ({ self: Number(text.split('|')[0]), text })),
    ]
    for (const [event, { self, text }] of events.entries()) {
      const message =
        text === undefined ? undefined : (JSON.parse(text.slice(text.indexOf('|') + 1)) as unknown)
      const made = process.step(locals[self], message, self)
      const outcomes = (Array.isArray(made) ? made : [made]) as Outcome<unknown, unknown>[]
      for (const { local, sends = [] } of outcomes) {
        const rest = [...buffer]
        if (text !== undefined) rest.splice(rest.indexOf(text), 1)
        const sent = sends.map(([to, each]) => `${to}|${JSON.stringify(each)}`)
        const next = {
          locals: locals.map((each, other) => (other === self ? local : each)),
          buffer: [...rest, ...sent].sort(),
        }
        out.push({ process: self, message: text, to: add(next, depths[at]! + 1), event })
      }
    }
    edges.push(out)
  }
  return { configurations, edges, depths }
}

export interface PlainVerdict {
  readonly configurations: number
  readonly values: readonly unknown[]
  readonly disagreementDepth: number | undefined
  readonly valid: boolean
  readonly blocks: number
  readonly critical: number
  readonly lasso: 'none' | 'undecided' | 'bivalent'
}

export function plainVerdict(
  process: Process,
  graph: PlainGraph,
  inputs: readonly number[],
  coins: 'adversary' | 'random' = 'adversary',
): PlainVerdict {
  const decided = graph.configurations.map(
    ({ locals }) =>
      new Set(locals.map((local) => process.decided(local)).filter((each) => each !== undefined)),
  )
  const all = graph.configurations.map((_, at) => reachable(graph, at))
  const values = all.map((set) => valuesIn(set, decided))
  const splits = graph.depths.filter((_, at) => decided[at]!.size > 1)
  let blocks = 0
  const blocked = inputs.map((_, silent) =>
    graph.configurations.map((__, at) => {
      const none = valuesIn(reachable(graph, at, silent), decided).size === 0
      if (none) blocks++
      return none
    }),
  )
  const critical = graph.edges.filter((edges, at) => {
    const changes = edges.filter(({ to }) => to !== at)
    const bivalent = values[at]!.size > 1
    return bivalent && changes.length > 0 && changes.every(({ to }) => values[to]!.size <= 1)
  })
  const runs = [-1, ...inputs.keys()].flatMap((silent) => {
    const wanted = graph.configurations.map(
      (_, at) => decided[at]!.size === 0 && !(silent >= 0 && blocked[silent]![at]),
    )
    return fairSets(graph, wanted, silent, inputs.length, coins).map((set) => values[set[0]!]!.size)
  })
  return {
    configurations: graph.configurations.length,
    values: [...values[0]!].sort(),
    disagreementDepth: splits.length === 0 ? undefined : Math.min(...splits),
    valid: decided.every((set) => [...set].every((value) => inputs.includes(value as number))),
    blocks,
    critical: critical.length,
    lasso: runs.some((size) => size > 1) ? 'bivalent' : runs.length > 0 ? 'undecided' : 'none',
  }
}

function valuesIn(set: ReadonlySet<number>, decided: readonly Set<unknown>[]): Set<unknown> {
  return new Set([...set].flatMap((at) => [...decided[at]!]))
}

function reachable(graph: PlainGraph, from: number, silent = -1): Set<number> {
  const seen = new Set([from])
  for (const at of seen)
    for (const { to, process } of graph.edges[at]!) if (process !== silent) seen.add(to)
  return seen
}

/** Sets in which a run can stay for ever and be fair to all but `silent`. */
function fairSets(
  graph: PlainGraph,
  wanted: readonly boolean[],
  silent: number,
  processes: number,
  coins: 'adversary' | 'random',
): readonly (readonly number[])[] {
  let group: number[] = wanted.map((each) => (each ? 0 : -1))
  let edges = graph.edges.map((each) => each.filter(({ process }) => process !== silent))
  for (;;) {
    const within = (at: number, { to }: Edge) => group[at]! >= 0 && group[at] === group[to]
    edges = edges.map((each, at) =>
      each.filter((edge) =>
        coins === 'adversary'
          ? within(at, edge)
          : graph.edges[at]!.filter(({ event }) => event === edge.event).every((other) =>
              within(at, other),
            ),
      ),
    )
    const next = components(edges, group)
    if (next.every((each, at) => each === group[at])) break
    group = next
  }
  const sets = new Map<number, number[]>()
  for (const [at, each] of group.entries())
    if (each >= 0) sets.set(each, [...(sets.get(each) ?? []), at])
  return [...sets.values()].filter((set) => {
    const inside = set.flatMap((at) => edges[at]!)
    const fair = Array.from({ length: processes }, (_, self) => self).filter((p) => p !== silent)
    if (!fair.every((self) => inside.some(({ process }) => process === self))) return false
    const taken = new Set(inside.map(({ message }) => message))
    const always = graph.configurations[set[0]!]!.buffer.filter((message) =>
      set.every((at) => graph.configurations[at]!.buffer.includes(message)),
    )
    return always.every((message) => Number(message.split('|')[0]) === silent || taken.has(message))
  })
}

/** Strongly connected components, named by their first members; -1 stays -1. */
function components(edges: readonly (readonly Edge[])[], group: readonly number[]): number[] {
  const reach = edges.map((_, from) => {
    if (group[from]! < 0) return new Set<number>()
    const seen = new Set([from])
    for (const at of seen) for (const { to } of edges[at]!) seen.add(to)
    return seen
  })
  return group.map((each, at) =>
    each < 0 ? -1 : Math.min(...[...reach[at]!].filter((other) => reach[other]!.has(at))),
  )
}
