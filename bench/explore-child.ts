import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ExploreAnswer, ExploreQuestion } from './explore-one.ts'

const CHILD = fileURLToPath(new URL('explore-one.js', import.meta.url))

/** The counts that a search must have: distinct states, generated states, levels. */
export type Counts = readonly [distinct: number, generated?: number | undefined, depth?: number]

/** Explores in a fresh process. */
export function ask(question: ExploreQuestion): ExploreAnswer {
  const child = spawnSync(process.execPath, [CHILD, JSON.stringify(question)], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (child.status !== 0) throw new Error(`${question.file}: ${child.stderr}`)
  return JSON.parse(child.stdout) as ExploreAnswer
}

/** The answer that took the middle of the times, of some runs. */
export function askOften(question: ExploreQuestion, runs: number): ExploreAnswer {
  const answers = Array.from({ length: runs }, () => ask(question))
  return answers.sort((one, other) => one.seconds - other.seconds)[runs >> 1]!
}

/** What is wrong with an answer, if anything. */
export function faultsOf(work: string, answer: ExploreAnswer, expected: Counts): string[] {
  const { outcome, distinctStates, generatedStates, depth } = answer
  const seen = [distinctStates, generatedStates, depth]
  const differs = expected.some((count, at) => count !== undefined && count !== seen[at])
  return [
    ...(outcome === 'pass' ? [] : [`${work}: ${outcome} instead of pass`]),
    ...(differs ? [`${work}: ${seen.join(', ')} instead of ${expected.join(', ')}`] : []),
  ]
}

export function cpuText({ cpuSeconds, peakMegabytes }: ExploreAnswer): string {
  return `${cpuSeconds.toFixed(2)} s CPU, ${Math.round(peakMegabytes)} MB`
}
