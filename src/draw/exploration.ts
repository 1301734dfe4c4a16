import { outcomeWord } from '../cli/judgement-text.ts'
import { indented } from '../cli/violation-text.ts'
import type { ComposedStep, ComposedTrace } from '../compose/index.ts'
import { ComposedSystem, tracedPath } from '../compose/index.ts'
import type { SpaceTime, Story } from '../core/story.ts'
import { counted } from '../core/wording.ts'
import type { AnyModel, Exploration, Violation } from '../explore/index.ts'
import { symmetric } from '../explore/reduce/index.ts'
import { spaceTimeOf } from '../explore/space-time.ts'
import { stateGraph } from '../explore/state-graph.ts'
import { violationStory } from '../explore/violation-story.ts'
import { withRoom } from '../explore/with-room.ts'
import { composedStory } from '../report/composed-story.ts'
import { spaceTimeStyle } from '../report/space-time-style.ts'
import { spaceTimeSvg as drawnSpaceTime } from '../report/space-time-svg.ts'
import { stateGraphDot } from '../report/state-graph-dot.ts'
import { storyText } from '../report/story-text.ts'
import { grouped } from '../report/time.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { visible } from '../report/visible.ts'
import { graphviz } from './graphviz.ts'
import { graphDocument, svgDocument } from './svg-document.ts'
import type { TextOptions } from './text-options.ts'
import { WIDTH } from './text-options.ts'

/** What was explored: a model, or the real nodes that `compose` of `synod/compose` joins. */
export type Explored = AnyModel | ComposedSystem

/** How an exploration is told. */
export interface ExplorationTextOptions extends TextOptions {
  /** Whole states instead of what changed. Default: no. */
  readonly full?: boolean
}

/**
 * An exploration in words: the verdict, how much was looked at, and of each violation the shortest
 * way there, step by step. It says nothing about how long it took.
 */
export function explorationText(
  explored: Explored,
  found: Exploration,
  { width = WIDTH, full = false }: ExplorationTextOptions = {},
): string {
  const { violations, stopped, cut } = found
  const word = outcomeWord(found.outcome, { colour: false })
  const [first, ...others] = violations
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const claim = first === undefined ? '' : `: ${visible(first.name)}${more}`
  const about = [
    ...(found.limits === undefined || first !== undefined ? [] : [found.limits]),
    counted(found.distinctStates, 'state'),
    `${grouped(found.generatedStates)} generated`,
    `depth ${found.depth}`,
  ]
  const notes = [
    ...(stopped === undefined ? [] : [`stopped: ${stopped.covered}`]),
    ...(cut ? ['states outside of `within` were met and not gone on from'] : []),
    ...found.warnings.map((warning) => `mind: ${warning}`),
  ]
  const blocks = [
    `${word}${claim} (${about.join('; ')})\n`,
    ...violations.map((violation) => violationBlock(explored, violation, width, full)),
    notes.map((note) => indented(note, width)).join(''),
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

function violationBlock(
  explored: Explored,
  violation: Violation,
  width: number,
  full: boolean,
): string {
  const story = storyOf(explored, violation)
  const faults = story.faults.map((fault) => indented(fault, width)).join('')
  if (story.steps.length === 0) return faults
  return `${faults}\n${storyText(story, { width, full })}`
}

function storyOf(explored: Explored, violation: Violation): Story {
  if (!(explored instanceof ComposedSystem)) return violationStory(explored, violation)
  const faults = (violation.clauses ?? []).map(
    ({ name, witnesses }) => `${name}: ${witnesses.flat().map(String).join('; ')}`,
  )
  if (violation.kind === 'never') {
    return { claim: violation.name, faults: ['no reachable state is like this'], steps: [] }
  }
  const { steps } = traceOf(explored, violation)
  return composedStory({ claim: violation.name, faults, steps })
}

/** The steps of a violation, taken once more by the real code. */
function traceOf({ parts }: ComposedSystem, { trace }: Violation): ComposedTrace {
  const path = trace.flatMap(({ parameters }) => parameters) as readonly ComposedStep[]
  const about = { protocol: parts.name, parameters: {}, nodes: parts.names }
  return tracedPath(parts.steps.rules.program, about, parts.requests, path, parts.options)
}

/**
 * The way to a violation as a space-time diagram (Lamport 1978), an SVG document: a line for each
 * process, time running downwards, an arrow for each message. Default: the first violation.
 *
 * `undefined` where there is nothing to draw: nothing is violated, or the model names no network.
 */
export function spaceTimeSvg(
  explored: Explored,
  { violations }: Exploration,
  violation: Violation | undefined = violations.find(({ trace }) => trace.length > 1),
): string | undefined {
  if (violation === undefined) return undefined
  const picture = pictureOf(explored, violation)
  return picture === undefined ? undefined : spaceTimeSvgDocument(picture)
}

function pictureOf(explored: Explored, violation: Violation): SpaceTime | undefined {
  if (!(explored instanceof ComposedSystem)) {
    return spaceTimeOf(explored, violation.trace, violationStory(explored, violation))
  }
  const { header, steps } = traceOf(explored, violation)
  return traceSpaceTime(header, steps, {
    title: violation.name,
    ...(steps.length === 0 ? {} : { fault: steps.length - 1 }),
  })
}

/** A space-time diagram that brings its own look. */
export function spaceTimeSvgDocument(picture: SpaceTime): string {
  return svgDocument(drawnSpaceTime(picture).toString(), spaceTimeStyle())
}

/** How a graph of states is drawn, and of how many. */
export interface StateGraphSvgOptions {
  /** Default: `all states`. */
  readonly title?: string
  /** A larger graph is refused. Default: 100. */
  readonly maxStates?: number
  /** Whether states that differ by an exchange of identities are one. Default: no. */
  readonly symmetry?: boolean
}

/**
 * All states of a small model and the steps between them, as an SVG document drawn by Graphviz.
 *
 * @throws UserError if there are more than `maxStates`
 */
export async function stateGraphSvg(
  model: AnyModel,
  { title = 'all states', maxStates = 100, symmetry = false }: StateGraphSvgOptions = {},
): Promise<string> {
  const graph = withRoom(title, model, (system) =>
    stateGraph(symmetry ? symmetric(system) : system, { maxStates }),
  )
  return graphDocument(await graphviz(stateGraphDot({ ...graph, title })), title)
}
