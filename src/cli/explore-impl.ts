import { writeFile } from 'node:fs/promises'

import type { ComposedStep, ComposedTrace } from '../compose/index.ts'
import { tracedPath } from '../compose/index.ts'
import { showProgress, silent } from '../core/progress.ts'
import type { Story } from '../core/story.ts'
import { UserError } from '../core/user-error.ts'
import { counted } from '../core/wording.ts'
import { explore } from '../explore/explore.ts'
import type { Exploration, ExplorationProgress, Violation } from '../explore/index.ts'
import { composedStory } from '../report/composed-story.ts'
import { explorationPage } from '../report/story-page.ts'
import { storyText } from '../report/story-text.ts'
import { grouped } from '../report/time.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import type { AskedComposition } from './explore-impl-asked.ts'
import { askedComposition } from './explore-impl-asked.ts'
import type { ImplFlags } from './explore-impl-flags.ts'
import type { GivenComposition } from './explore-impl-given.ts'
import { engineOptions } from './explore-run.ts'
import { explorationLine, reductionText } from './explore-text.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

/** `synod explore PROTOCOL --impl`. Answers the exit code. */
export async function showComposition(
  text: string,
  flags: ImplFlags,
  terminal: Terminal,
): Promise<number> {
  const asked = await askedComposition(text, flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let found: Exploration
  try {
    found = await explored(asked, flags, ({ distinctStates, rate, queue, depth }) => {
      progress.say(
        `exploring ${asked.title}: ${grouped(distinctStates)} states, depth ${depth}, ` +
          `${grouped(Math.round(rate))} a second, ${grouped(queue)} to go on from`,
      )
    })
  } finally {
    progress.stop()
  }
  const told = found.violations.map((violation) => toldOf(asked, violation))
  if (flags.json === true) terminal.out(jsonLine(compositionJson(asked, found, told)))
  else terminal.out(compositionText(asked, found, told, flags, terminal))
  await keep(asked, found, told, flags, terminal)
  return exitOf(found.outcome)
}

async function explored(
  { text, system }: AskedComposition,
  flags: ImplFlags,
  onProgress: (progress: ExplorationProgress) => void,
): Promise<Exploration> {
  const options = { ...engineOptions(flags), name: text, onProgress }
  if (flags.workers === 1) return explore(system, options)
  const [{ exploreTogether }, { inThreads }] = await Promise.all([
    import('../explore/parallel/explore-parallel.ts'),
    import('../explore/parallel/together.ts'),
  ])
  const given: GivenComposition = { text, flags }
  // Functions cannot travel, so each thread composes the nodes by itself.
  const module = new URL('./explore-impl-given.js', import.meta.url).href
  const reference = { module, export: 'givenComposition', given }
  return exploreTogether(system, (job) => inThreads(job, reference), {
    ...options,
    workers: flags.workers,
  })
}

/** A violation with its story, and the trace of the real code that it was told from. */
interface Told {
  readonly violation: Violation
  readonly story: Story
  readonly trace: ComposedTrace
}

function toldOf(asked: AskedComposition, violation: Violation): Told {
  const { program, entry, options, mutant, bounds, system } = asked
  const path = violation.trace.flatMap(({ parameters }) => parameters) as readonly ComposedStep[]
  const about = {
    protocol: asked.text,
    parameters: options,
    ...(mutant === undefined ? {} : { mutant }),
    nodes: system.parts.names,
  }
  const trace = tracedPath(program, about, system.parts.requests, path, bounds)
  const sentences = (violation.clauses ?? []).map(
    ({ name, witnesses }) => `${name}: ${witnesses.flat().map(String).join('; ')}`,
  )
  const faults = violation.kind === 'never' ? ['no reachable state is like this'] : sentences
  const { steps } = trace
  const story = composedStory({ claim: violation.name, faults, steps })
  return {
    violation,
    story: violation.kind === 'never' ? { ...story, steps: [] } : story,
    trace: { ...trace, header: { ...trace.header, protocol: entry.name } },
  }
}

function compositionText(
  asked: AskedComposition,
  found: Exploration,
  told: readonly Told[],
  flags: ImplFlags,
  terminal: Terminal,
): string {
  const { width, colour } = terminal
  const { steps: remembered } = asked.system.parts
  const blocks = told.map(({ story }) => {
    const faults = story.faults.map((fault) => indented(fault, width)).join('')
    if (story.steps.length === 0) return faults
    const way = flags.depthFirst === true ? 'A way there:' : 'The shortest way there:'
    const steps = storyText(story, { width, colour, full: flags.full ?? false })
    return `${faults}\n  ${way}\n\n${steps}`
  })
  const calls =
    `${counted(remembered.calls, 'step')} of real code, remembered for ` +
    `${counted(remembered.values.values.length, 'different node')} and ` +
    counted(remembered.messages.values.length, 'message')
  const stopped = found.stopped === undefined ? [] : [`stopped: ${found.stopped.covered}`]
  const notes = [
    calls,
    ...ignoredNote(asked.bounds),
    ...(found.reductions ?? []).map(reductionText),
    ...stopped,
    ...(found.cut ? ['states outside of --within were met and not gone on from'] : []),
  ]
  return [
    explorationLine(asked, found, terminal),
    ...blocks,
    notes.map((note) => indented(note, width)).join(''),
    found.outcome === 'pass' ? '' : `  exit code ${exitOf(found.outcome)}\n`,
  ]
    .filter((block) => block !== '')
    .join('\n')
}

/** What is not done though it could be. */
function ignoredNote({ network, ignored = 'stay' }: AskedComposition['bounds']): readonly string[] {
  return network === 'bag' && ignored === 'stay'
    ? ['deliveries that change nothing are left out']
    : []
}

function compositionJson(
  { text, options, mutant, bounds, system }: AskedComposition,
  found: Exploration,
  told: readonly Told[],
): object {
  const { outcome, distinctStates, generatedStates, depth, seconds, workers, ...rest } = found
  const { steps } = system.parts
  const { invariants = [], monitors = [], within: _within, ...plain } = bounds
  return {
    protocol: text,
    options,
    ...(mutant === undefined ? {} : { mutant }),
    outcome,
    distinctStates,
    generatedStates,
    depth,
    seconds,
    workers,
    ...rest,
    bounds: { ...plain, invariants: [...invariants, ...monitors].map(({ name }) => name) },
    leftOut: ignoredNote(bounds),
    realSteps: steps.calls,
    nodeStates: steps.values.values.length,
    messages: steps.messages.values.length,
    violations: told.map(({ violation, trace }) => ({
      kind: violation.kind,
      name: violation.name,
      clauses: violation.clauses ?? [],
      steps: violation.trace.slice(1).map(({ action, parameters: [step] }) => ({
        action,
        ...(step as ComposedStep),
      })),
      trace: violation.kind === 'never' ? [] : trace.steps,
    })),
  }
}

async function keep(
  asked: AskedComposition,
  found: Exploration,
  told: readonly Told[],
  { html, trace: file }: ImplFlags,
  terminal: Terminal,
): Promise<void> {
  const first = told.find(({ story }) => story.steps.length > 0)
  if (html !== undefined) {
    await written(html, pageOf(asked, found, told), '--html story.html')
    terminal.err(`drawn in ${visibleLines(html)}\n`)
  }
  if (file === undefined) return
  if (first === undefined) {
    terminal.err('there is no trace to be written\n')
    return
  }
  const lines = [first.trace.header, ...first.trace.steps].map((line) => JSON.stringify(line))
  await written(file, `${lines.join('\n')}\n`, '--trace trace.jsonl')
  terminal.err(`trace written to ${visibleLines(file)}\n`)
}

function pageOf(asked: AskedComposition, found: Exploration, told: readonly Told[]): string {
  const { protocol } = asked.entry
  const verdict = explorationLine({ title: '' }, found, { colour: false })
  return explorationPage({
    title: asked.title,
    about: [protocol.about, ...(protocol.source === undefined ? [] : [protocol.source])],
    outcome: found.outcome,
    verdict: verdict.replace(/^: \S+ ?/, '').trimEnd(),
    facts: found.stopped === undefined ? [] : [`stopped: ${found.stopped.covered}`],
    stories: told.map(({ story, trace, violation }) => ({
      story,
      ...(violation.kind === 'never'
        ? {}
        : {
            picture: traceSpaceTime(trace.header, trace.steps, {
              title: violation.name,
              ...(trace.steps.length === 0 ? {} : { fault: trace.steps.length - 1 }),
            }),
          }),
    })),
    coverage: found.coverage,
    replay: `synod explore ${asked.text} --impl`,
  })
}

async function written(file: string, content: string, example: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`cannot be written: ${cause instanceof Error ? cause.message : ''}`, {
      where: file,
      hint: `name a file in a folder that is there, as in ${example}`,
      cause,
    })
  }
}
