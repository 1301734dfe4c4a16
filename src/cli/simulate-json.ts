import type { SmallRun, ToldRun } from './simulate-found.ts'
import type { Simulated } from './simulate-run.ts'
import { outcomeOf } from './simulate-run.ts'

/** What `--json` prints: the numbers, the seeds that failed, and the run that is told of. */
export function simulatedJson({ subject, seeds, result, told, small }: Simulated): object {
  const { entry, condition, workload, given } = subject
  const { ran, events, operations, faults, simulatedMs, seconds } = result
  const [first] = result.failures
  return {
    protocol: given.text,
    nodes: entry.nodes,
    options: { ...entry.protocol.options, ...entry.options },
    ...(entry.mutant === undefined ? {} : { mutant: entry.mutant }),
    workload: workload.name,
    ...condition,
    outcome: outcomeOf(result),
    ...(first === undefined
      ? {}
      : { seed: first.seed, violated: first.violated, sentence: first.sentence }),
    seeds: { ...seeds, ran },
    events,
    operations,
    faults,
    simulatedMs,
    seconds,
    notRecoverable: result.notRecoverable,
    cutShort: result.cutShort,
    failures: result.failures.map(({ index: _, ...failure }) => failure),
    unknown: result.unknown.map(({ index: _, ...one }) => one),
    ...(told === undefined ? {} : { run: runJson(told) }),
    ...(small === undefined
      ? {}
      : { smallest: { ...runJson(small), runs: small.runs, minimal: small.minimal } }),
  }
}

/** A run as data: what decides it, what came of it, and its story. */
export function runJson(told: ToldRun | SmallRun): object {
  const { simulation, schedule, run, judged, story } = told
  return {
    outcome: judged.outcome,
    ...(judged.violated === undefined ? {} : { violated: judged.violated }),
    sentence: judged.sentence,
    nodes: simulation.nodes,
    stats: run.stats,
    recovery: run.recovery,
    ...(run.failure === undefined ? {} : { failure: run.failure }),
    schedule,
    story: story.map(({ time, who, kind, text }) => ({
      ...(Number.isFinite(time) ? { timeUs: time } : {}),
      who,
      kind,
      text,
    })),
  }
}
