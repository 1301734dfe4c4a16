import type { RunFile, RunRow } from './run-file.ts'
import { asExpected } from './run-file.ts'

/**
 * How much longer things took than in an earlier run on a machine of the same kind. Two runs say
 * little about a machine that does other things meanwhile, so all is told as ratios: how they are
 * spread is the noise, and only what lies far outside of it is told by name.
 */
export interface Drift {
  /** How many rows are compared. */
  readonly rows: number
  /** The ratio in the middle: over 1 is slower now. */
  readonly median: number
  /** Half of all ratios lie between these. */
  readonly middleHalf: readonly [low: number, high: number]
  /** All of it is slower: three quarters of the rows are so by more than a tenth. */
  readonly slower: boolean
  /** Rows that took longer by more than the noise explains, the worst first. */
  readonly outside: readonly DriftedRow[]
}

export interface DriftedRow {
  readonly name: string
  readonly before: number
  readonly now: number
  readonly ratio: number
}

/** In seconds: less than this is not measured well enough to be compared. */
const SHORTEST = 0.05

/** Fewer ratios have no spread to speak of. */
const FEWEST = 8

/**
 * Compares the durations of rows that did the same in both runs: same verdict, same counts.
 * `undefined` where there are too few.
 */
export function driftBetween(before: readonly RunRow[], now: readonly RunRow[]): Drift | undefined {
  const old = new Map(before.map((row) => [row.name, row]))
  const ratios = now
    .flatMap((row): readonly DriftedRow[] => {
      const then = old.get(row.name)
      if (then === undefined || !didTheSame(then, row)) return []
      if (Math.max(then.seconds, row.seconds) < SHORTEST || then.seconds === 0) return []
      const { name, seconds } = row
      return [{ name, before: then.seconds, now: seconds, ratio: seconds / then.seconds }]
    })
    .sort((a, b) => a.ratio - b.ratio)
  if (ratios.length < FEWEST) return undefined
  const [low, median, high] = [0.25, 0.5, 0.75].map((part) => quantile(ratios, part)) as [
    number,
    number,
    number,
  ]
  // Far out in the sense of Tukey, by factors; a tenth of a second is nobody's loss.
  const fence = Math.max(high * (high / low) ** 3, 1.25 * median)
  const outside = ratios
    .filter(
      ({ ratio, before: then, now: seconds }) => ratio > fence && seconds - then * median > 0.1,
    )
    .reverse()
  return { rows: ratios.length, median, middleHalf: [low, high], slower: low > 1.1, outside }
}

/** Whether durations of two runs can be compared: the same processor, as many of them, one Node. */
export function sameKindOfMachine(a: RunFile['machine'], b: RunFile['machine']): boolean {
  const major = (version: string): string => version.split('.')[0] ?? version
  return (
    a.cpu === b.cpu &&
    a.cores === b.cores &&
    a.system === b.system &&
    major(a.node) === major(b.node)
  )
}

function didTheSame(a: RunRow, b: RunRow): boolean {
  return (
    asExpected(b) &&
    a.outcome === b.outcome &&
    a.violated === b.violated &&
    a.operations === b.operations &&
    sameCounts(a.counts, b.counts)
  )
}

function sameCounts(a: RunRow['counts'] = {}, b: RunRow['counts'] = {}): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}

/** The value that so much of the list, which is in order, is below of. */
function quantile(sorted: readonly DriftedRow[], part: number): number {
  const place = part * (sorted.length - 1)
  const below = Math.floor(place)
  const at = (index: number): number => sorted[Math.min(index, sorted.length - 1)]?.ratio ?? 1
  return at(below) + (place - below) * (at(below + 1) - at(below))
}
