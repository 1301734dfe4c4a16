import { showProgress, silent } from '../core/progress.ts'
import type { Exploration, ExplorationProgress, ExploreOptions } from '../explore/index.ts'
import { explore } from '../explore/explore.ts'
import { durationText, grouped } from '../report/time.ts'
import { visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import type { ExploreFlags } from './explore-flags.ts'
import { explorationJson } from './explore-json.ts'
import type { GivenModel } from './explore-model.ts'
import { narrowedModel } from './explore-narrow.ts'
import type { AskedModel } from './explore-spec.ts'
import { askedModel } from './explore-spec.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'

/** `synod explore SPEC`. Answers the exit code. */
export async function showExploration(
  text: string,
  flags: ExploreFlags,
  terminal: Terminal,
): Promise<number> {
  const asked = await askedModel(text, flags)
  const narrowed = { ...asked, model: narrowedModel(asked, flags) }
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let found: Exploration
  try {
    found = await explored(narrowed, flags, (state) => {
      progress.say(progressText(asked, state))
    })
  } finally {
    progress.stop()
  }
  if (flags.json) terminal.out(jsonLine(await explorationJson(narrowed, found)))
  else {
    const { explorationText } = await import('./explore-text.ts')
    terminal.out(explorationText(narrowed, found, flags, terminal))
  }
  if (flags.html !== undefined) {
    const { drawExploration } = await import('./explore-draw.ts')
    await drawExploration(narrowed, found, flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  if (flags.itf !== undefined) {
    const { writeTrace } = await import('./explore-draw.ts')
    const said = await writeTrace(narrowed, found.violations, flags.itf)
    terminal.err(visibleLines(`${said}\n`))
  }
  return exitOf(found.outcome)
}

async function explored(
  { text, spec, model, parameters, mutant }: AskedModel,
  flags: ExploreFlags,
  onProgress: (progress: ExplorationProgress) => void,
): Promise<Exploration> {
  const options = {
    ...engineOptions(flags),
    name: spec.name,
    identity: JSON.stringify({ parameters, mutant }),
    onProgress,
  }
  if (flags.workers === 1) return explore(model, options)
  const { exploreParallel } = await import('../explore/parallel/explore-parallel.ts')
  const { param, invariant, property, deadlock } = flags
  const given: GivenModel = {
    text,
    deadlock,
    ...(param === undefined ? {} : { param }),
    ...(mutant === undefined ? {} : { mutant }),
    ...(invariant === undefined ? {} : { invariant }),
    ...(property === undefined ? {} : { property }),
  }
  // Functions cannot travel, so each thread makes the model by itself.
  const module = new URL('./explore-model.js', import.meta.url).href
  const reference = { module, export: 'givenModel', given }
  return exploreParallel(reference, { ...options, workers: flags.workers })
}

/** What the flags say to the engine; what they leave out is the engine's own choice. */
export function engineOptions(flags: ExploreFlags): ExploreOptions {
  const { time, memory, maxStates, maxDepth, checkpoint, resume, property } = flags
  const budget = {
    ...(time === undefined ? {} : { seconds: time }),
    ...(memory === undefined ? {} : { bytes: memory }),
    ...(maxStates === undefined ? {} : { states: maxStates }),
    ...(maxDepth === undefined ? {} : { depth: maxDepth }),
  }
  return {
    strategy: flags.depthFirst ? 'depth-first' : 'breadth-first',
    generated: flags.generated,
    fingerprints: flags.fingerprints ?? false,
    symmetry: flags.symmetry ?? false,
    partialOrder: flags.partialOrder ?? false,
    sleepSets: flags.sleepSets ?? false,
    properties: property ?? flags.properties,
    refinements: flags.refinements,
    keepGoing: flags.keepGoing ?? false,
    budget,
    ...(checkpoint === undefined ? {} : { checkpoint: { file: checkpoint } }),
    ...(resume === undefined ? {} : { resume }),
  }
}

function progressText(
  { title }: AskedModel,
  { distinctStates, rate, queue, depth, seconds, doing }: ExplorationProgress,
): string {
  return [
    `exploring ${title}: ${grouped(distinctStates)} states`,
    `${grouped(Math.round(rate))} a second`,
    `${grouped(queue)} to go on from`,
    `depth ${depth}`,
    durationText(seconds * 1e9),
    ...(doing === undefined ? [] : [doing]),
  ].join(', ')
}
