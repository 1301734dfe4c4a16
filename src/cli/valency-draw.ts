import { writeFile } from 'node:fs/promises'

import type { SpaceTime, SpaceTimeMessage } from '../core/story.ts'
import { UserError } from '../core/user-error.ts'
import type { ValencyEdge, ValencyGraph } from '../core/valency-graph.ts'
import { shown } from '../core/wording.ts'
import { valencyDot } from '../report/valency-dot.ts'
import { valencyPage } from '../report/valency-page.ts'
import type { InputFindings } from '../valency/findings.ts'
import { kindOf } from '../valency/graph-picture.ts'
import { inputsText, onlyDifference } from '../valency/inputs.ts'
import type { ValencyReport } from '../valency/report.ts'
import { shownRun } from '../valency/report.ts'
import type { ToldRun } from '../valency/told-run.ts'
import { factRows, toldMessage, verdictLine } from './valency-text.ts'

/** More inputs make a cube that nobody can look at. */
const MOST_INPUTS = 32
const MOST_ROWS = 120

/** Draws the page, the graph alone, or both. Answers the names of the files. */
export async function drawValency(
  report: ValencyReport,
  files: { readonly html?: string; readonly svg?: string; readonly asked: string },
): Promise<readonly string[]> {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  const drawn = (graph: ValencyGraph): string =>
    viz.renderString(valencyDot(graph), { format: 'svg', engine: 'dot' })
  const shownGraph = interestingGraph(report)
  const written: string[] = []
  if (files.svg !== undefined) {
    await write('--svg graph.svg', files.svg, drawn(shownGraph ?? cubeOf(report)))
    written.push(files.svg)
  }
  if (files.html === undefined) return written
  const { findings, protocol, processes } = report
  const cubes = findings.length > 1 && findings.length <= MOST_INPUTS ? [cubeOf(report)] : []
  const graphs = [...cubes, ...(shownGraph === undefined ? [] : [shownGraph])]
  const text = valencyPage({
    title: `${protocol.name}, ${processes} processes`,
    about: [protocol.about, ...(protocol.source === undefined ? [] : [protocol.source])].join('. '),
    verdict: verdictLine(report),
    facts: factRows(report),
    graphs: graphs.map((graph) => ({ title: graph.title, svg: drawn(graph), cut: graph.cut })),
    runs: runsOf(report),
    again: files.asked,
  })
  await write('--html valency.html', files.html, text)
  return [...written, files.html]
}

async function write(example: string, file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`the picture cannot be written: ${(cause as Error).message}`, {
      where: file,
      hint: `name a file in a folder that exists: ${example}`,
      cause,
    })
  }
}

/** The graph of the inputs that show most: a decider, a bivalent run, two valencies, anything. */
export function interestingGraph({ findings }: ValencyReport): ValencyGraph | undefined {
  const score = ({ critical, stories, values }: InputFindings): number =>
    (critical > 0 ? 8 : 0) +
    (stories.undecided?.bivalent ? 4 : 0) +
    (values.length > 1 ? 2 : 0) +
    (stories.disagreement === undefined ? 0 : 1)
  const [best] = [...findings].sort((one, other) => score(other) - score(one))
  return best?.picture
}

/** All choices of inputs, neighbours joined: Lemma 2 looks for a turn on it. */
export function cubeOf({ findings }: ValencyReport): ValencyGraph {
  const edges: ValencyEdge[] = []
  for (const [from, one] of findings.entries())
    for (const [to, other] of findings.entries())
      if (from < to && onlyDifference(one.inputs, other.inputs) !== undefined)
        edges.push({ from, to, label: '', between: true })
  return {
    title: 'before the first step: all inputs, and which differ at one process only',
    nodes: findings.map(({ inputs, values }) => ({
      lines: [inputsText(inputs)],
      valency: values[0] === undefined ? 'none' : values.length > 1 ? 'both' : kindOf(values[0]),
      initial: false,
      critical: false,
      decided: false,
    })),
    edges,
  }
}

/** The runs that show what was found, as space-time diagrams. */
export function runsOf(report: ValencyReport): readonly SpaceTime[] {
  const first = (pick: (each: InputFindings) => ToldRun | undefined) =>
    report.findings.map(pick).find((run) => run !== undefined)
  const blocked = report.findings.find(({ stories }) => stories.blocked !== undefined)
  const silent = blocked?.stories.blocked?.silent ?? 0
  const named: readonly (readonly [string, ToldRun | undefined])[] = [
    ['a run without decision', shownRun(report)?.stories.undecided?.run],
    ['two processes decide differently', first(({ stories }) => stories.disagreement)],
    ['a value is decided that nobody proposed', first(({ stories }) => stories.invalid)],
    [`then nobody decides without process ${silent}`, blocked?.stories.blocked?.run],
    ['a critical configuration: the next step decides', first(({ stories }) => stories.critical)],
  ]
  return named.flatMap(([title, run]) =>
    run === undefined || run.steps.length === 0 || run.steps.length > MOST_ROWS
      ? []
      : [spaceTimeOf(`${title} (inputs ${inputsText(run.inputs)})`, run)],
  )
}

/** A run as a space-time diagram; rows count from 1. */
function spaceTimeOf(title: string, { start, steps, loop }: ToldRun): SpaceTime {
  const messages: SpaceTimeMessage[] = []
  for (const [at, { message, sentBy }] of steps.entries())
    if (sentBy !== undefined && sentBy >= 0)
      messages.push({ label: toldMessage(message), from: sentBy + 1, to: at + 1 })
  return {
    title,
    lanes: start.map((_, self) => `process ${self}`),
    events: steps.map(({ process, message, decided, local }, at) => ({
      row: at + 1,
      lane: process,
      label:
        decided === undefined
          ? message === undefined
            ? 'empty'
            : ''
          : `decided ${shown(decided)}`,
      fault: loop === undefined && at === steps.length - 1,
      details: [shown(local)],
    })),
    messages,
    ...(loop === undefined ? {} : { loop }),
  }
}
