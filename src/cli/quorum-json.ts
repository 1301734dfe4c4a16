import { isCoterie } from '../quorum/compare/bound.ts'
import type { Measures, Refusal } from '../quorum/compare/measure.ts'
import { isRefused } from '../quorum/compare/measure.ts'

/** The numbers of a system as `--json` prints them. Exact ones are texts, as JSON has doubles. */
export function measuresJson(measures: Measures): object {
  const { system, smallest, load, bound, resilience, failure } = measures
  return {
    system: system.name,
    nodes: system.size,
    coterie: isCoterie(system),
    smallestQuorum: isRefused(smallest) ? null : Math.min(smallest.read, smallest.write),
    smallestQuorums: isRefused(smallest)
      ? refused(smallest)
      : { read: smallest.read, write: smallest.write, ...obtained(smallest) },
    load: isRefused(load)
      ? refused(load)
      : {
          exact: load.exact?.toString() ?? null,
          value: load.value,
          lower: load.lower.toString(),
          upper: load.upper.toString(),
          ...obtained(load),
        },
    capacity: isRefused(load) ? null : 1 / load.value,
    loadBound: bound,
    resilience: isRefused(resilience)
      ? refused(resilience)
      : {
          read: resilience.read,
          write: resilience.write,
          both: resilience.both,
          ...obtained(resilience),
        },
    failureProbability: isRefused(failure)
      ? refused(failure)
      : {
          value: failure.value,
          // JSON has no infinities: the logarithm of 0 is null.
          log10: Number.isFinite(failure.log10) ? failure.log10 : null,
          exact: failure.exact?.toString() ?? null,
          ...obtained(failure),
        },
  }
}

function obtained({ quality, method }: { readonly quality: string; readonly method: string }): {
  readonly quality: string
  readonly method: string
} {
  return { quality, method }
}

function refused({ refused: { message, hint } }: Refusal): object {
  return { refused: message, ...(hint === undefined ? {} : { hint }) }
}
