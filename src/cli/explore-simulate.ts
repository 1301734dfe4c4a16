import { showProgress, silent } from '../core/progress.ts'
import { counted } from '../core/wording.ts'
import type { Simulation } from '../explore/index.ts'
import { simulate } from '../explore/index.ts'
import { violationStory } from '../explore/violation-story.ts'
import { storyText } from '../report/story-text.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import { commandOf } from './explore-again.ts'
import { drawSimulation, writeTrace } from './explore-draw.ts'
import type { ExploreFlags } from './explore-flags.ts'
import { narrowedModel } from './explore-narrow.ts'
import type { AskedModel } from './explore-spec.ts'
import { askedModel } from './explore-spec.ts'
import { jsonLine } from './json-line.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'
import { traceJson } from './trace-json.ts'
import { indented } from './violation-text.ts'

/** `synod explore SPEC --simulate`: random walks. Answers the exit code. */
export async function showSimulation(
  text: string,
  flags: ExploreFlags,
  terminal: Terminal,
): Promise<number> {
  const made = await askedModel(text, flags)
  const asked = { ...made, model: narrowedModel(made, flags) }
  const { traces, steps, seed, time, generated } = flags
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let found: Simulation
  try {
    found = await simulate(asked.model, {
      name: asked.spec.name,
      traces,
      steps,
      seed,
      generated,
      ...(time === undefined ? {} : { budget: { seconds: time } }),
      onProgress: (state) => {
        progress.say(`walking about ${asked.title}: ${grouped(state.traces)} walks`)
      },
    })
  } finally {
    progress.stop()
  }
  terminal.out(
    flags.json
      ? jsonLine(simulationJson(asked, found))
      : simulationText(asked, found, flags, terminal),
  )
  if (flags.html !== undefined) {
    await drawSimulation(
      asked,
      found,
      simulationLine({ title: '' }, found, { colour: false }),
      flags.html,
    )
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  if (flags.itf !== undefined) {
    terminal.err(visibleLines(`${await writeTrace(asked, found.violations, flags.itf)}\n`))
  }
  return exitOf(found.outcome)
}

function simulationLine(
  { title }: Pick<AskedModel, 'title'>,
  found: Simulation,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const [first] = found.violations
  const claim = first === undefined ? '' : ` ${visible(first.name)}`
  const about = [
    counted(found.traces, 'random walk'),
    counted(found.steps, 'step'),
    `seed ${found.seed}`,
    durationText(found.seconds * 1e9),
  ]
  const outcome = outcomeWord(found.outcome, terminal)
  return `${visible(title)}: ${outcome}${claim} (${about.join('; ')})\n`
}

function simulationText(
  asked: AskedModel,
  found: Simulation,
  flags: ExploreFlags,
  terminal: Terminal,
): string {
  const { width, colour } = terminal
  const blocks = [
    simulationLine(asked, found, terminal),
    ...found.violations.map((violation) => {
      const story = violationStory(asked.model, violation)
      const faults = story.faults.map((fault) => indented(fault, width)).join('')
      const shorter = `${found.found ?? story.steps.length - 1} steps were walked`
      const way = `  A way there, not the shortest; ${shorter}:\n`
      return `${faults}\n${way}\n${storyText(story, { width, colour, full: flags.full ?? false })}`
    }),
    found.outcome === 'fail' ? '' : nothingText(found, width),
    nextText(asked, found, flags),
    `  exit code ${exitOf(found.outcome)}\n`,
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

/** That nothing was found proves nothing, the less so the less was seen. */
function nothingText({ unreached, coverage, longest }: Simulation, width: number): string {
  const never = coverage.filter(({ taken }) => taken === 0).map(({ action }) => action)
  const lines = [
    `nothing wrong was met, which is no proof; the longest walk had ${counted(longest, 'step')}`,
    ...(unreached.length === 0 ? [] : [`no walk came to: ${unreached.join('; ')}`]),
    ...(never.length === 0 ? [] : [`no walk took: ${never.join(', ')}`]),
  ]
  return lines.map((line) => indented(line, width)).join('')
}

function nextText(asked: AskedModel, found: Simulation, flags: ExploreFlags): string {
  const again = commandOf(asked, flags)
  const next =
    found.outcome === 'fail'
      ? `  the shortest way:  ${again}\n`
      : `  other walks:  ${again} --simulate --seed ${found.seed + 1}\n`
  return visibleLines(next)
}

function simulationJson(asked: AskedModel, found: Simulation): object {
  const { spec, parameters, mutant } = asked
  return {
    spec: spec.name,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    ...found,
    violations: found.violations.map((violation) => traceJson(asked, violation)),
  }
}
