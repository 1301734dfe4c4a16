import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import type { Progress } from '../core/progress.ts'
import type { RunRow } from '../core/results.ts'
import type { Terminal } from './terminal.ts'
import { runEntry } from './run-cluster-run.ts'

const SEED = 1
const RATE = 100

/**
 * An entry as real processes for some seconds, under what it tolerates of kills, partitions and
 * pauses. What is wrong need not show in so short a time, so a bug that does not counts as unknown.
 */
export async function processRow(
  entry: ProtocolEntry,
  seconds: number,
  output: { readonly terminal: Terminal; readonly progress: Progress },
): Promise<RunRow> {
  const { tolerates } = entry.protocol
  const started = performance.now()
  const quiet: Terminal = { ...output.terminal, err: () => undefined }
  const ran = await runEntry(
    entry.name,
    entry,
    {
      nodes: entry.nodes,
      rate: RATE,
      for: seconds,
      timeout: 1,
      diskMs: 0,
      seed: SEED,
      ...(tolerates.restarts === true ? { killEvery: seconds / 3, down: seconds / 10 } : {}),
      ...(tolerates.partitions === true ? { partitionEvery: seconds / 2 } : {}),
    },
    { terminal: quiet, progress: output.progress },
  )
  const { expect } = entry
  const missed = expect.outcome === 'fail' && ran.outcome === 'pass'
  if (ran.outcome === 'pass') ran.run.discard()
  const { violation } = ran.judgement?.evidence ?? {}
  const sentence = violation?.sentence ?? ran.judgement?.evidence.sentence ?? ran.outcome
  return {
    name: `processes/${entry.name}`,
    outcome: missed ? 'unknown' : ran.outcome,
    expected: expect.outcome,
    sentence: missed ? `nothing wrong was met in ${seconds} s` : sentence,
    engine: 'processes',
    seconds: Number(((performance.now() - started) / 1000).toFixed(6)),
  }
}
