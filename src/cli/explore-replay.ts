import { readFile } from 'node:fs/promises'

import { UserError } from '../core/user-error.ts'
import { readItf } from '../explore/itf.ts'
import type { Replay } from '../explore/replay.ts'
import { replay } from '../explore/replay.ts'
import { storyOf } from '../explore/story.ts'
import { faultsOf } from '../explore/violation-story.ts'
import { withRoom } from '../explore/with-room.ts'
import type { Variables } from '../state/index.ts'
import { storyText } from '../report/story-text.ts'
import { visible } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import type { ExploreFlags } from './explore-flags.ts'
import type { AskedModel } from './explore-spec.ts'
import { askedModel } from './explore-spec.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'

/**
 * `synod explore SPEC --replay FILE`: are these steps still possible? Parameters and mutant are
 * those that the file names, unless they are given. Answers the exit code.
 */
export async function showReplay(
  text: string,
  file: string,
  flags: ExploreFlags,
  terminal: Terminal,
): Promise<number> {
  const content = await textOf(file)
  const asked = await askedModel(text, { ...recordedFlags(content), ...given(flags) })
  const wanted = readItf(content, asked.model.state as Variables, file)
  const found = withRoom(asked.spec.name, asked.model, (system) => replay(system, wanted))
  terminal.out(
    flags.json
      ? jsonLine(replayJson(asked, found))
      : replayText(asked, found, wanted.loop, flags, terminal),
  )
  return found.stuck === undefined && found.loops !== false ? EXIT.pass : EXIT.fail
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UserError(`this cannot be read: ${(cause as Error).message}`, {
      where: file,
      hint: 'name a file that --itf wrote',
      cause,
    })
  }
}

function given({ param, mutant }: ExploreFlags): Pick<ExploreFlags, 'param' | 'mutant'> {
  return {
    ...(param === undefined ? {} : { param }),
    ...(mutant === undefined ? {} : { mutant }),
  }
}

/** What the file says of the model that it is a trace of. */
function recordedFlags(content: string): Pick<ExploreFlags, 'param' | 'mutant'> {
  let meta: unknown
  try {
    meta = (JSON.parse(content) as Readonly<Record<string, unknown>> | null)?.['#meta']
  } catch {
    // Whoever reads the trace says what is wrong with it.
    return {}
  }
  if (typeof meta !== 'object' || meta === null) return {}
  const { parameters, mutant } = meta as Readonly<Record<string, unknown>>
  const values = typeof parameters === 'object' && parameters !== null ? parameters : {}
  const param = Object.entries(values).map(([name, value]) => ({ name, text: String(value) }))
  return { param, ...(typeof mutant === 'string' ? { mutant } : {}) }
}

function replayText(
  { model, title }: AskedModel,
  found: Replay,
  loop: number | undefined,
  { full }: Pick<ExploreFlags, 'full'>,
  { width, colour }: Terminal,
): string {
  const { trace, stuck, clauses } = found
  const story = storyOf(model, {
    claim: title,
    trace,
    ...(loop === undefined || stuck !== undefined ? {} : { loop }),
  })
  const steps = Math.max(trace.length - 1, 0)
  const answer =
    stuck === undefined
      ? `all ${steps} steps can still be taken`
      : `${steps} steps can be taken, and then not ${visible(stuck.wanted ?? 'the next one')}`
  const [first] = clauses
  const faults =
    first === undefined
      ? []
      : faultsOf(model, { kind: 'invariant', name: first.name, trace: [], clauses })
  const blocks = [
    `${visible(title)}: ${answer}\n`,
    trace.length === 0 ? '' : storyText(story, { width, colour, full: full ?? false }),
    faults.map((fault) => indented(fault, width)).join(''),
    stuck === undefined ? '' : stuckText(stuck, width),
    found.loops === false ? indented('it cannot go back as the trace says', width) : '',
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

/** How many steps are listed that could be taken instead. */
const MOST_POSSIBLE = 12

function stuckText({ at, possible }: NonNullable<Replay['stuck']>, width: number): string {
  const what = at === 0 ? 'it begins otherwise' : 'possible here'
  const listed = possible.slice(0, MOST_POSSIBLE).join(', ')
  const more = possible.length - MOST_POSSIBLE
  const all = possible.length === 0 ? 'nothing' : `${listed}${more > 0 ? ` and ${more} more` : ''}`
  return indented(`${what}: ${all}`, width)
}

function replayJson({ spec, parameters, mutant, model }: AskedModel, found: Replay): object {
  const { trace, stuck, loops, clauses } = found
  const story = storyOf(model, { claim: spec.name, trace })
  return {
    spec: spec.name,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    outcome: stuck === undefined && loops !== false ? 'pass' : 'fail',
    steps: story.steps.map(({ title, changes }) => ({ title, changes })),
    ...(stuck === undefined ? {} : { stuck }),
    ...(loops === undefined ? {} : { loops }),
    false: clauses.map(({ name }) => name),
  }
}
