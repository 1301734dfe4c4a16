import type { QuorumSystem } from '../system.ts'
import { undominated } from './front.ts'
import type { Circumstances, Measures } from './measure.ts'
import { isRefused, measure } from './measure.ts'
import type { NodeLoad, SeriesPoint } from './series.ts'
import { failureSeries, loadSeries, nodeLoadSeries } from './series.ts'

export interface ComparedSystem extends Measures {
  /** No other one is at least as good in load, resilience and failure, and better in one. */
  readonly onFront: boolean
  /** For plots, where they were asked for. */
  readonly series?: Series
}

/** Points of the plots of one system. */
export interface Series {
  /** The load against the read fraction. */
  readonly load: readonly SeriesPoint[]
  /** log10 of the probability of failure against that of a node. */
  readonly failure: readonly SeriesPoint[]
  /** Under the strategy that has the load. */
  readonly nodes: readonly NodeLoad[]
}

/** Several systems under the same circumstances. */
export interface Comparison {
  readonly circumstances: Circumstances
  readonly systems: readonly ComparedSystem[]
}

export interface CompareOptions extends Circumstances {
  /** Whether the points of plots are wanted too. Default: false. */
  readonly series?: boolean
  /** Told before each system. */
  readonly progress?: (system: QuorumSystem, index: number) => void
}

/** Measures systems under the same circumstances, side by side. */
export async function compare(
  systems: readonly QuorumSystem[],
  { series = false, progress, ...circumstances }: CompareOptions = {},
): Promise<Comparison> {
  const measured: (Measures & Pick<ComparedSystem, 'series'>)[] = []
  for (const [index, system] of systems.entries()) {
    progress?.(system, index)
    const measures = await measure(system, circumstances)
    measured.push(
      series ? { ...measures, series: await seriesOf(measures, circumstances) } : measures,
    )
  }
  const front = undominated(measured.map(merits))
  const compared = measured.map((each, at) => ({ ...each, onFront: front[at] ?? false }))
  return { circumstances, systems: compared }
}

async function seriesOf({ system, load }: Measures, circumstances: Circumstances): Promise<Series> {
  return {
    load: await loadSeries(system, circumstances),
    failure: await failureSeries(system, circumstances),
    nodes: isRefused(load) ? [] : nodeLoadSeries(system, load, circumstances),
  }
}

/** Less is better in each. */
function merits({ load, resilience, failure }: Measures): readonly number[] | undefined {
  if (isRefused(load) || isRefused(resilience) || isRefused(failure)) return undefined
  return [load.value, -resilience.both, failure.log10]
}
