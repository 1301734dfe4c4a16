import type { Interleavings } from './interleavings.ts'

/** What follows from a complete graph of configurations. */
export interface Fates {
  /**
   * Configurations of a way round, the last of which has a step to the first. Every step is one of
   * some process, which takes infinitely many on it and decides nothing.
   */
  readonly cycle: readonly number[] | undefined
  /** The most steps that any process takes until it decides; not known if there is a cycle. */
  readonly steps: number
  /** For each configuration a bit for each value that is decided in it or later. */
  readonly values: Int32Array
}

/** A configuration is at first neither of these. */
const OPEN = 1
const DONE = 2

/** Looks at every configuration after all that follow it: depth first, without recursion. */
export function fatesOf(graph: Interleavings): Fates {
  const { count, offsets, targets, movers, configurations } = graph
  const { processes } = configurations.program
  const colours = new Uint8Array(count)
  const cursors = Int32Array.from(offsets.subarray(0, count))
  const path = new Int32Array(count)
  const values = new Int32Array(count)
  const own = new Uint16Array(count * processes)
  let depth = 1
  path[0] = 0
  colours[0] = OPEN
  // All are reached from the first.
  while (depth > 0) {
    const at = path[depth - 1]!
    if (cursors[at]! < offsets[at + 1]!) {
      const target = targets[cursors[at]!++]!
      if (colours[target] === OPEN) {
        const cycle = Array.from(path.subarray(path.indexOf(target), depth))
        return { cycle, steps: NaN, values }
      }
      if (colours[target] === DONE) continue
      colours[target] = OPEN
      path[depth++] = target
      continue
    }
    colours[at] = DONE
    depth--
    let value = decidedIn(graph, at)
    for (let edge = offsets[at]!; edge < offsets[at + 1]!; edge++) {
      const target = targets[edge]!
      value |= values[target]!
      for (let self = 0; self < processes; self++) {
        const steps = own[target * processes + self]! + (movers[edge] === self ? 1 : 0)
        if (steps > own[at * processes + self]!) own[at * processes + self] = steps
      }
    }
    values[at] = value
  }
  return { cycle: undefined, steps: own.subarray(0, processes).reduce(greater, 0), values }
}

const greater = (a: number, b: number): number => (a > b ? a : b)

/** A bit for each value that somebody has decided. */
function decidedIn({ configurations }: Interleavings, at: number): number {
  const { program, fields } = configurations
  configurations.read(at)
  let decided = 0
  for (let self = 0; self < program.processes; self++) {
    const decision = program.decisionOf(self, fields[self]!)
    if (decision >= 0) decided |= 1 << decision
  }
  return decided
}

/** True if exactly one value is left. */
export function isUnivalent(value: number): boolean {
  return value !== 0 && (value & (value - 1)) === 0
}

/** True if more than one value may still be decided. */
export function isBivalent(value: number): boolean {
  return (value & (value - 1)) !== 0
}

/** Bivalent configurations of which every step leads to a univalent one. */
export function criticalIn(
  { count, offsets, targets }: Interleavings,
  { values }: Fates,
): number[] {
  const critical: number[] = []
  for (let at = 0; at < count; at++) {
    if (!isBivalent(values[at]!)) continue
    let decides = offsets[at]! < offsets[at + 1]!
    for (let edge = offsets[at]!; decides && edge < offsets[at + 1]!; edge++)
      decides = isUnivalent(values[targets[edge]!]!)
    if (decides) critical.push(at)
  }
  return critical
}
