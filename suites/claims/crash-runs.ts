/**
 * Processes in rounds, of which some crash: a process that crashes in a round reaches some of the
 * others with its last messages, and not the rest. All runs, one after the other.
 */
export interface CrashRun {
  readonly inputs: readonly number[]
  /** Of each process: the round in which it crashes and whom it still reaches; absent: it lives. */
  readonly crashes: readonly (Crash | undefined)[]
}

export interface Crash {
  readonly round: number
  readonly reaches: readonly number[]
}

/** What each process decides; absent: it crashed before it did. */
export type RoundAlgorithm = (run: CrashRun, rounds: number) => readonly (number | undefined)[]

export function* crashRuns(n: number, failures: number, rounds: number): Generator<CrashRun> {
  for (let bits = 0; bits < 1 << n; bits++) {
    const inputs = Array.from({ length: n }, (_, p) => (bits >> p) & 1)
    for (const crashes of crashesOf(n, failures, rounds)) yield { inputs, crashes }
  }
}

function* crashesOf(
  n: number,
  failures: number,
  rounds: number,
  before: readonly (Crash | undefined)[] = [],
): Generator<readonly (Crash | undefined)[]> {
  const p = before.length
  if (p === n) {
    yield before
    return
  }
  yield* crashesOf(n, failures, rounds, [...before, undefined])
  if (failures === 0) return
  const others = Array.from({ length: n }, (_, q) => q).filter((q) => q !== p)
  for (let round = 1; round <= rounds; round++) {
    for (let some = 0; some < 1 << others.length; some++) {
      const reaches = others.filter((_, at) => (some >> at) & 1)
      yield* crashesOf(n, failures - 1, rounds, [...before, { round, reaches }])
    }
  }
}

/** Whether what a process sends in a round gets to another one that is alive. */
export function arrives({ crashes }: CrashRun, from: number, to: number, round: number): boolean {
  const crash = crashes[from]
  if (from === to || crash === undefined || crash.round > round) return true
  return crash.round === round && crash.reaches.includes(to)
}

export function isAlive({ crashes }: CrashRun, p: number, round: number): boolean {
  const crash = crashes[p]
  return crash === undefined || crash.round > round
}

/** Everybody passes on all inputs it has heard of, and decides the least after the last round. */
export const floodSet: RoundAlgorithm = (run, rounds) => {
  let seen: readonly (readonly number[])[] = run.inputs.map((input) => [input])
  for (let round = 1; round <= rounds; round++) {
    const before = seen
    seen = before.map((_, to) =>
      before.flatMap((values, from) => (arrives(run, from, to, round) ? values : [])),
    )
  }
  return seen.map((values, p) => (isAlive(run, p, rounds) ? Math.min(...values) : undefined))
}

/**
 * In each round another process tells all what it holds, and decides it at once; whoever hears it
 * holds it from then on, and decides after the last round.
 */
export const hastyCoordinators: RoundAlgorithm = (run, rounds) => {
  let held: readonly number[] = run.inputs
  const decided: (number | undefined)[] = run.inputs.map(() => undefined)
  for (let round = 1; round <= rounds; round++) {
    const leader = (round - 1) % run.inputs.length
    if (!isAlive(run, leader, round - 1)) continue
    const value = held[leader] ?? 0
    decided[leader] ??= value
    held = held.map((mine, to) => (arrives(run, leader, to, round) ? value : mine))
  }
  return decided.map((value, p) => value ?? (isAlive(run, p, rounds) ? held[p] : undefined))
}

/** What came of all runs of an algorithm. */
export interface CrashCounts {
  readonly runs: number
  /** Runs in which two that live decide differently, and in which any two do. */
  readonly disagree: number
  readonly disagreeWithDead: number
  /** Runs in which a process never decides. */
  readonly undecided: number
  /** Runs in which all that live propose one value, and another one is decided by one of them. */
  readonly against: number
  readonly examples: Readonly<Record<'disagree' | 'dead' | 'undecided' | 'against', CrashRun[]>>
}

export function countCrashRuns(
  algorithm: RoundAlgorithm,
  n: number,
  failures: number,
  rounds: number,
): CrashCounts {
  const examples: CrashCounts['examples'] = { disagree: [], dead: [], undecided: [], against: [] }
  let runs = 0
  for (const run of crashRuns(n, failures, rounds)) {
    runs++
    const decisions = algorithm(run, rounds)
    const lives = decisions.filter((_, p) => run.crashes[p] === undefined)
    const all = decisions.filter((decision) => decision !== undefined)
    const proposed = new Set(run.inputs.filter((_, p) => run.crashes[p] === undefined))
    if (new Set(lives).size > 1) examples.disagree.push(run)
    if (new Set(all).size > 1) examples.dead.push(run)
    if (decisions.includes(undefined)) examples.undecided.push(run)
    if (proposed.size === 1 && lives.some((value) => value !== undefined && !proposed.has(value)))
      examples.against.push(run)
  }
  return {
    runs,
    disagree: examples.disagree.length,
    disagreeWithDead: examples.dead.length,
    undecided: examples.undecided.length,
    against: examples.against.length,
    examples,
  }
}

/** A run, line by line, with what is decided. */
export function crashRunLines(
  algorithm: RoundAlgorithm,
  rounds: number,
  run: CrashRun | undefined,
): readonly string[] {
  if (run === undefined) return []
  const decisions = algorithm(run, rounds)
  return [
    `inputs ${run.inputs.join('')}`,
    ...run.crashes.flatMap((crash, p) => {
      if (crash === undefined) return []
      const whom = crash.reaches.map((q) => `p${q + 1}`).join(', ')
      return [
        `p${p + 1} crashes in round ${crash.round} and reaches ${whom === '' ? 'nobody' : whom}`,
      ]
    }),
    ...decisions.map((value, p) => `p${p + 1} decides ${value ?? 'nothing'}`),
  ]
}
