import { z } from 'zod'

/** How a check ends. */
export const Outcome = z.enum(['pass', 'fail', 'unknown'])

/** One line of a run: what was checked and what came out. */
export const RunRow = z.strictObject({
  /** Names the row within the run: `etcd-ser-partition/linearizable`. */
  name: z.string(),
  outcome: Outcome,
  /** Absent where nothing was expected. */
  expected: Outcome.optional(),
  /** How many violations were found, and how many were expected. */
  violations: z.number().int().nonnegative().optional(),
  expectedViolations: z.number().int().nonnegative().optional(),
  /** The first claim that is false, and which it should be. */
  violated: z.string().optional(),
  expectedViolated: z.string().optional(),
  /** What was counted, by name, and what it should be: states, steps, levels. */
  counts: z.record(z.string(), z.number().int().nonnegative()).optional(),
  expectedCounts: z.record(z.string(), z.number().int().nonnegative()).optional(),
  /** The outcome in one sentence. */
  sentence: z.string(),
  condition: z.string().optional(),
  model: z.string().nullable().optional(),
  engine: z.string().optional(),
  operations: z.number().int().nonnegative().optional(),
  seconds: z.number().nonnegative(),
  /** A file beside the run file that holds the whole evidence. */
  evidence: z.string().optional(),
  /** The command that shows it again, as a shell takes it. */
  replay: z.string().optional(),
})
export type RunRow = Readonly<z.infer<typeof RunRow>>

/**
 * What a command found, on which machine, within which bounds. Names no host and no absolute path.
 */
export const RunFile = z.strictObject({
  /** The version of this form. */
  run: z.literal(1),
  synod: z.string(),
  command: z.string(),
  /** UTC, ISO 8601. */
  started: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  /** `false` while it goes on, and for ever if it was killed. Absent: it came to its end. */
  finished: z.literal(false).optional(),
  seed: z.number().int().optional(),
  bounds: z.strictObject({
    seconds: z.number().positive().optional(),
    bytes: z.number().positive().optional(),
    steps: z.number().positive().optional(),
  }),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.number().int().positive(),
    memoryBytes: z.number().int().positive(),
    system: z.string(),
    node: z.string(),
  }),
  rows: z.array(RunRow).readonly(),
})
export type RunFile = Readonly<z.infer<typeof RunFile>>

/** True if the row came out as it should; also if nothing was expected. */
export function asExpected(row: RunRow): boolean {
  const { outcome, expected = outcome, violations, expectedViolations = violations } = row
  return outcome === expected && violations === expectedViolations && unexpectedOf(row).length === 0
}

/** What came out otherwise than expected besides the outcome: `288 distinctStates, not 289`. */
export function unexpectedOf(row: RunRow): readonly string[] {
  const { violated, expectedViolated = violated, counts = {}, expectedCounts = {} } = row
  const wrong = Object.entries(expectedCounts).filter(([name, count]) => counts[name] !== count)
  return [
    ...(violated === expectedViolated ? [] : [`'${violated ?? 'nothing'}' is violated first`]),
    ...wrong.map(([name, count]) => `${counts[name] ?? 'no'} ${name}, not ${count}`),
  ]
}
