import type { Judgement } from '../../checkers/judge.ts'
import type { RunFile, RunRow } from '../core/results.ts'
import { placeless, saveRun, thisMachine } from '../core/results.ts'
import { synodVersion } from '../core/package.ts'
import type { Timeline } from '../core/timeline.ts'
import { timelinesOf } from './draw.ts'
import type { RunHeader } from '../core/run-writer.ts'
import type { Judged } from './judged.ts'

/** What every run file says before anything is found. */
export function headerOf(command: string, started: Date, bounds: RunFile['bounds']): RunHeader {
  return {
    run: 1,
    synod: synodVersion(),
    command,
    started: started.toISOString(),
    bounds,
    machine: thisMachine(),
  }
}

/** Since a moment, as run files have it. */
export function secondsSince(started: Date): number {
  return (Date.now() - started.getTime()) / 1000
}

/** What every run file says besides its rows. */
export function runOf(
  command: string,
  started: Date,
  bounds: RunFile['bounds'],
  rows: readonly RunRow[],
): RunFile {
  return { ...headerOf(command, started, bounds), seconds: secondsSince(started), rows }
}

/** A judgement as a row of a run. */
export function rowOf(name: string, judgement: Judgement): RunRow {
  const { outcome, condition, model, engine, operations, seconds, evidence } = judgement
  const { sentence, violation } = evidence
  return {
    name,
    outcome,
    sentence,
    condition,
    model,
    engine,
    operations,
    seconds: Number(seconds.toFixed(6)),
    ...(violation === undefined ? {} : { violations: 1 + violation.others.length }),
  }
}

/** Writes the run file and the evidence of every judgement. Answers the path of the run file. */
export async function saveJudgements(
  judged: readonly Judged[],
  directory: string,
  started: Date,
  bounds: RunFile['bounds'],
): Promise<string> {
  const named = judged.map(({ file, judgement }, at) => {
    const place = file === '-' ? 'standard input' : placeless(file)
    const twice = judged.some((other, before) => before < at && other.file === file)
    return { name: twice ? `${place} (${at + 1})` : place, place, judgement }
  })
  const rows = named.map(({ name, judgement }) => rowOf(name, judgement))
  // A page that is made later may not find the file any more.
  const evidence = named.map(({ name, place, judgement }, at) => ({
    name,
    content: { ...judgement, file: place, timelines: picturesOf(judged[at], place) },
  }))
  return saveRun(directory, runOf('judge', started, bounds, rows), evidence)
}

const MOST_PICTURES = 3

function picturesOf(judged: Judged | undefined, source: string): readonly Timeline[] {
  if (judged === undefined) return []
  const { history, ...rest } = judged
  return timelinesOf({ ...rest, history: { ...history, source } }).slice(0, MOST_PICTURES)
}
