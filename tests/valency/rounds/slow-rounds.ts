import type { GraphsQuestion } from '../../../src/valency/rounds/models/graphs.ts'

/** What the view graph says, found by writing every view out in full. */
export interface SlowGraph {
  readonly runs: number
  readonly views: number
  readonly components: number
  readonly possible: boolean
  /** Runs of a shortest chain, 0 if there is none. */
  readonly chain: number
}

export interface SlowRun {
  /** The view of each that decides, as a text that tells its owner. */
  readonly views: readonly string[]
  readonly demand: 0 | 1 | undefined
}

/** Everybody's view as a nested list; all sequences of graphs are written down first. */
export function slowGraphRuns({
  processes: n,
  rounds,
  graphs,
  validity,
}: GraphsQuestion): readonly SlowRun[] {
  const distinct = [
    ...new Set(graphs.map((graph) => JSON.stringify([...new Set(graph.map(String))].sort()))),
  ].map((text) => JSON.parse(text) as string[])
  let sequences: string[][][] = [[]]
  for (let round = 0; round < rounds; round++)
    sequences = sequences.flatMap((before) => distinct.map((graph) => [...before, graph]))
  const runs: SlowRun[] = []
  for (let inputs = 0; inputs < 2 ** n; inputs++) {
    const bits = Array.from({ length: n }, (_, p) => (inputs >> p) & 1)
    for (const sequence of sequences) {
      let views: unknown[] = bits.map((bit, p) => [p, bit])
      for (const graph of sequence) {
        const before = views
        views = before.map((own, p) => [
          own,
          ...before.map((other, q) => (graph.includes(`${q},${p}`) ? other : null)),
        ])
      }
      const lossless = sequence.every((graph) => graph.length === n * (n - 1))
      const one = bits.every((bit) => bit === 1) && (validity === 'all' || lossless)
      const zero = bits.every((bit) => bit === 0)
      runs.push({
        views: views.map((view, p) => `${p}${JSON.stringify(view)}`),
        demand: zero ? 0 : one ? 1 : undefined,
      })
    }
  }
  return runs
}

/** Spreads 0 from the runs that demand it, a step at a time, until nothing changes. */
export function slowGraph(runs: readonly SlowRun[]): SlowGraph {
  const all = new Set(runs.flatMap(({ views }) => views))
  const colour = new Map([...all].map((view, at) => [view, at]))
  for (let changed = true; changed;) {
    changed = false
    for (const { views } of runs) {
      const least = Math.min(...views.map((view) => colour.get(view)!))
      for (const view of views) {
        if (colour.get(view) === least) continue
        colour.set(view, least)
        changed = true
      }
    }
  }
  const reached = new Set<string>()
  let frontier = runs.filter(({ demand }) => demand === 0)
  let chain = 0
  for (let length = 1; frontier.length > 0 && chain === 0; length++) {
    if (frontier.some(({ demand }) => demand === 1)) chain = length
    for (const { views } of frontier) for (const view of views) reached.add(view)
    const before = new Set(frontier)
    const next = runs.filter((run) => run.views.some((view) => reached.has(view)))
    frontier = next.length === before.size ? [] : next
  }
  return {
    runs: runs.length,
    views: all.size,
    components: new Set(colour.values()).size,
    possible: chain === 0,
    chain,
  }
}
