import { counted } from '../core/wording.ts'
import type { Story } from '../core/story.ts'
import type { Exploration, ReductionReport, Violation } from '../explore/index.ts'
import { violationStory } from '../explore/violation-story.ts'
import { storyText } from '../report/story-text.ts'
import { alignedRows } from '../report/text-table.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import type { ExploreFlags } from './explore-flags.ts'
import { commandOf } from './explore-again.ts'
import type { AskedModel } from './explore-spec.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

/** The answer, then the evidence, then what to type next. */
export function explorationText(
  asked: AskedModel,
  found: Exploration,
  flags: ExploreFlags,
  terminal: Terminal,
): string {
  const blocks = [
    explorationLine(asked, found, terminal),
    ...found.violations.map((violation) => violationBlock(asked, violation, flags, terminal)),
    stoppedBlock(found, terminal.width),
    found.violations.length === 0 ? claimsBlock(asked, found, terminal.width) : '',
    notesBlock(found, terminal.width),
    nextBlock(asked, found, flags),
    found.outcome === 'pass' ? '' : `  exit code ${exitOf(found.outcome)}\n`,
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

/**
 * The one line: `twophase (rm = 3): pass (288 states; 1,146 steps; depth 11; 3 ms)`. What a verdict
 * does not cover comes before the numbers: `pass (safety only: ...; 80 states; ...)`.
 */
export function explorationLine(
  { title }: Pick<AskedModel, 'title'>,
  found: Exploration,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const [first, ...others] = found.violations
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const claim = first === undefined ? '' : ` ${visible(first.name)}${more}`
  const about = [
    ...(found.limits === undefined || first !== undefined ? [] : [found.limits]),
    counted(found.distinctStates, 'state'),
    `${grouped(found.generatedStates)} generated`,
    `depth ${found.depth}`,
    found.strategy,
    ...(found.workers === 1 ? [] : [`${found.workers} workers`]),
    durationText(found.seconds * 1e9),
  ]
  const outcome = outcomeWord(found.outcome, terminal)
  return `${visible(title)}: ${outcome}${claim} (${about.join('; ')})\n`
}

const KINDS: Readonly<Record<Violation['kind'], string>> = {
  invariant: 'The shortest way there:',
  deadlock: 'The shortest way there:',
  never: '',
  property: 'One way on which that is so:',
  refinement: 'The shortest way there:',
}

function violationBlock(
  { model }: AskedModel,
  violation: Violation,
  { full, depthFirst }: ExploreFlags,
  { width, colour }: Terminal,
): string {
  const story = violationStory(model, violation)
  const heading = violation.kind === 'never' ? `'${violation.name}' never happens: ` : ''
  const [first = '', ...more] = story.faults
  const faults = [`${heading}${first}`, ...more].map((fault) => indented(fault, width)).join('')
  if (story.steps.length === 0) return faults
  const steps = storyText(story, { width, colour, full: full ?? false })
  const way = depthFirst ? 'A way there:' : KINDS[violation.kind]
  return `${faults}\n  ${way}\n\n${steps}`
}

/** The story of the first violation that has one. */
export function firstStory(asked: AskedModel, { violations }: Exploration): Story | undefined {
  const told = violations.find(({ trace }) => trace.length > 0)
  return told === undefined ? undefined : violationStory(asked.model, told)
}

const BOUNDS = {
  states: '--max-states',
  depth: '--max-depth',
  time: '--time',
  memory: '--memory',
  interrupted: 'an interruption',
} as const

function stoppedBlock({ stopped }: Exploration, width: number): string {
  if (stopped === undefined) return ''
  return indented(`stopped by ${BOUNDS[stopped.bound]}: ${stopped.covered}`, width)
}

/** What was looked at and is true. */
function claimsBlock({ model }: AskedModel, found: Exploration, width: number): string {
  const names = (claims: unknown): readonly string[] => Object.keys(claims ?? {})
  const decided = (kind: 'property' | 'refinement'): readonly string[] =>
    (found.properties ?? [])
      .filter((report) => report.kind === kind && report.outcome === 'pass')
      .map(({ name }) => name)
  const rows = [
    ['invariants', names(model.invariants)],
    ['happens sometimes', names(model.sometimes)],
    ['in the long run', decided('property')],
    ['refines', decided('refinement')],
  ] as const
  const shown = rows
    .filter(([, all]) => all.length > 0)
    .map(([heading, all]) => [heading, all.map((name) => visible(name)).join('; ')])
  if (found.outcome !== 'pass') return ''
  return alignedRows(shown, { width })
}

/** What a reader has to know to judge the answer. */
function notesBlock(found: Exploration, width: number): string {
  const { fingerprints, reductions = [], properties = [] } = found
  const notes = [
    ...(found.cut ? ['states outside of `within` were met and not gone on from'] : []),
    ...(fingerprints === undefined
      ? []
      : [
          `states were told apart by ${fingerprints.bits} bits: the odds that one was missed are ` +
            fingerprints.missed.toExponential(1),
        ]),
    ...reductions.map(reductionText),
    ...properties.flatMap(({ name, remarks = [] }) => remarks.map((each) => `${name}: ${each}`)),
    ...found.warnings.map((warning) => `mind: ${warning}`),
  ]
  return notes.map((note) => indented(note, width)).join('')
}

/** What a reduction left out, and how much that was. */
export function reductionText({ kind, about, factor }: ReductionReport): string {
  const times = factor === undefined ? '' : `, ${Number(factor.toPrecision(3))} times fewer`
  return `${kind}: ${about}${times}`
}

function nextBlock(asked: AskedModel, found: Exploration, flags: ExploreFlags): string {
  const story = found.violations.some(({ trace }) => trace.length > 0)
  if (found.outcome !== 'fail' || !story) return ''
  const again = commandOf(asked, flags)
  const lines = [
    ...(flags.html === undefined ? [`  draw it:       ${again} --html story.html\n`] : []),
    ...(flags.full ? [] : [`  whole states:  ${again} --full\n`]),
    ...(flags.itf === undefined
      ? [`  keep it:       ${again} --itf trace.itf.json\n`]
      : [`  replay it:     ${commandOf(asked, {})} --replay ${flags.itf}\n`]),
  ]
  return visibleLines(lines.join(''))
}

function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line))
    .join('\n')
}
