import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import { subjectModule } from '../../suites/subject.ts'
import type { Task, TaskResult } from '../campaign/campaign.ts'
import type { Shard } from '../campaign/seeds.ts'
import type { RunRow } from '../core/results.ts'
import { counted } from '../core/wording.ts'

/** A bug has to be found within so many seeds, where its entry says nothing else. */
export const MOST_SEEDS = 1000

/** What an entry asks of the simulator: some seeds, or as many as a bug may need. */
export function taskOf(
  entry: ProtocolEntry,
  seeds: number,
  more: { readonly shard?: Shard; readonly here?: Task['here'] } = {},
): Task {
  const { outcome, violated, seeds: within = MOST_SEEDS } = entry.expect
  return {
    name: entry.name,
    subject: { module: subjectModule, export: 'givenSubject', given: { text: entry.name } },
    seeds: {
      first: 1,
      last: outcome === 'pass' ? seeds : within,
      ...(more.shard === undefined ? {} : { shard: more.shard }),
    },
    stopAfter: 1,
    ...(violated === undefined ? {} : { violated }),
    ...(more.here === undefined ? {} : { here: more.here }),
  }
}

/**
 * What came of an entry, against what is expected. A bug that is planted may show itself otherwise
 * first: it counts as found when a seed shows it as the entry says.
 */
export function rowOfTask(entry: ProtocolEntry, result: TaskResult): RunRow {
  const { expect, protocol } = entry
  const wanted = result.failures.find(({ violated }) => violated === expect.violated)
  const found = wanted ?? result.failures[0]
  const doubt =
    result.unknown[0]?.sentence ?? (result.cutShort ? 'the time was used up' : undefined)
  // What a bug was to be found by may lie in seeds that nobody has run.
  const unseen = wanted === undefined && expect.outcome === 'fail'
  const open = doubt !== undefined && (found === undefined || (unseen && result.cutShort))
  const bug = entry.mutant === undefined ? undefined : protocol.mutants?.[entry.mutant]
  return {
    name: `protocols/${entry.name}`,
    outcome: open ? 'unknown' : found !== undefined ? 'fail' : 'pass',
    expected: expect.outcome,
    sentence: (open ? doubt : found?.sentence) ?? calmSentence(result, bug),
    engine: 'simulator',
    ...(found?.violated === undefined ? {} : { violated: found.violated }),
    ...(expect.violated === undefined ? {} : { expectedViolated: expect.violated }),
    counts: {
      seeds: result.ran,
      ...(found === undefined ? {} : { seed: found.seed }),
    },
    operations: result.operations,
    seconds: Number(result.seconds.toFixed(6)),
  }
}

function calmSentence({ ran }: TaskResult, bug: string | undefined): string {
  const met = `nothing wrong was met in ${counted(ran, 'seed')}`
  return bug === undefined ? met : `${met}, and yet ${bug}`
}

/** How to see it again. */
export function replayOf(entry: ProtocolEntry, row: RunRow): string | undefined {
  const seed = row.counts?.['seed']
  return seed === undefined ? undefined : `synod simulate ${entry.name} --seed ${seed}`
}
