import { writeFile } from 'node:fs/promises'

import { bugNamed, missingFromZoo, zoo } from '../../suites/zoo.ts'
import type { WayResult, ZooRow } from '../../suites/zoo/ways.ts'
import { rowAsClaimed, storyLength, zooRow } from '../../suites/zoo/ways.ts'
import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { explorationPage } from '../report/story-page.ts'
import { storyText } from '../report/story-text.ts'
import { alignedRows } from '../report/text-table.ts'
import { grouped } from '../report/time.ts'
import { traceSpaceTime } from '../report/trace-space-time.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { explorationLine } from './explore-text.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'
import { indented } from './violation-text.ts'
import type { ZooFlags } from './zoo-command.ts'
import { storyOf } from './zoo-story.ts'

/** `synod zoo`. Answers the exit code. */
export async function showZoo(flags: ZooFlags, terminal: Terminal): Promise<number> {
  const bugs = zoo.filter(
    ({ id, size }) =>
      (flags.small !== true || size === 'small') &&
      (flags.family === undefined || id.startsWith(`${flags.family.toUpperCase()}-`)),
  )
  if (bugs.length === 0) throw noneOf(flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const rows: ZooRow[] = []
  try {
    for (const bug of bugs) {
      progress.say(`${bug.id}, ${rows.length} of ${bugs.length} done: ${bug.about}`)
      const budget = { seconds: flags.time, bytes: flags.memory }
      const row = await zooRow(bug, {
        explore: { budget, workers: flags.workers },
        twins: flags.twins,
        seeds: flags.seeds,
      })
      rows.push(row)
    }
  } finally {
    progress.stop()
  }
  terminal.out(flags.json === true ? jsonLine(zooJson(rows)) : zooText(rows, flags, terminal))
  return exitOfRows(rows)
}

/** `synod zoo BUG`. Answers the exit code: that of a row of the matrix. */
export async function showBug(id: string, flags: ZooFlags, terminal: Terminal): Promise<number> {
  const bug = bugNamed(id)
  const budget = { seconds: flags.time, bytes: flags.memory }
  const { twins, seeds, workers } = flags
  const row = await zooRow(bug, { explore: { budget, workers }, twins, seeds })
  const { found, twin } = row
  const told = storyOf(row)
  if (flags.json === true) {
    terminal.out(jsonLine({ ...rowJson(row), story: told?.trace.steps ?? [] }))
  } else {
    const { width, colour } = terminal
    const lines = [
      explorationLine({ title: `${bug.id}, ${bug.protocol.name}` }, found, terminal),
      indented(bug.about, width),
      ...(told === undefined
        ? []
        : [`\n${storyText(told.story, { width, colour, full: flags.full ?? false })}\n`]),
      ...waysOf(row).map(([way, { outcome, sentence }]) =>
        indented(`${way}: ${outcome}: ${sentence}`, width),
      ),
      ...(twin === undefined ? [] : [explorationLine({ title: 'repaired' }, twin, terminal)]),
    ]
    terminal.out(lines.join(''))
  }
  if (flags.html !== undefined && told !== undefined) {
    await written(flags.html, pageOf(row, told))
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  if (flags.trace !== undefined && told !== undefined) {
    const all = [told.trace.header, ...told.trace.steps]
    await written(flags.trace, `${all.map((each) => JSON.stringify(each)).join('\n')}\n`)
    terminal.err(`trace written to ${visibleLines(flags.trace)}\n`)
  }
  return exitOfRows([row])
}

function pageOf(
  { bug, found }: ZooRow,
  { story, trace }: NonNullable<ReturnType<typeof storyOf>>,
): string {
  const verdict = explorationLine({ title: '' }, found, { colour: false })
  return explorationPage({
    title: `${bug.id}: ${bug.protocol.name}`,
    about: [bug.about, bug.source],
    outcome: found.outcome,
    verdict: verdict.replace(/^: \S+ ?/, '').trimEnd(),
    facts: [],
    stories: [
      {
        story,
        picture: traceSpaceTime(trace.header, trace.steps, {
          title: bug.violated,
          fault: trace.steps.length - 1,
        }),
      },
    ],
    coverage: found.coverage,
    replay: `synod zoo ${bug.id}`,
  })
}

function waysOf(row: ZooRow): readonly (readonly [way: string, result: WayResult])[] {
  return [
    ['explorer', row.explorer],
    ['history', row.history],
    ['trace validation', row.validation],
    ['simulator', row.simulator],
  ]
}

const SIGNS = {
  found: 'found',
  missed: 'missed',
  unknown: 'unknown',
  'does not apply': '-',
  'not asked': '.',
} as const

function zooText(rows: readonly ZooRow[], flags: ZooFlags, { width }: Terminal): string {
  const head = ['bug', 'explorer', 'depth', 'states', 's', 'history', 'trace', 'chance', 'repaired']
  const cells = rows.map(({ bug, found, twin, ...ways }) => [
    bug.id,
    SIGNS[ways.explorer.outcome],
    String(storyLength(found)),
    grouped(found.distinctStates),
    found.seconds.toFixed(1),
    SIGNS[ways.history.outcome],
    SIGNS[ways.validation.outcome],
    SIGNS[ways.simulator.outcome],
    twin === undefined ? '.' : `${twin.outcome}, ${grouped(twin.distinctStates)}`,
  ])
  const published = rows.flatMap(({ bug: { id, published } }) => {
    if (published === undefined) return []
    const { tool, depth, states, seconds } = published
    const parts = [
      ...(depth === undefined ? [] : [`depth ${depth}`]),
      ...(states === undefined ? [] : [`${grouped(states)} states`]),
      ...(seconds === undefined ? [] : [`${seconds} s`]),
    ]
    return [[id, `${tool}: ${parts.join(', ')}`]]
  })
  const wrong = rows.filter((row) => !rowAsClaimed(row))
  const missing = missingFromZoo.filter(
    ({ id }) => flags.family === undefined || id.startsWith(flags.family.toUpperCase()),
  )
  const blocks = [
    table([head, ...cells]),
    ...(published.length === 0 ? [] : ['\npublished efforts\n', alignedRows(published, { width })]),
    ...(missing.length === 0
      ? []
      : [
          '\nnot in the zoo\n',
          alignedRows(
            missing.map(({ id, because }) => [id, because]),
            { width },
          ),
        ]),
    `\n${rows.length} bugs, ${rows.filter(isFound).length} found, `,
    `${rows.filter(({ twin }) => twin?.outcome === 'pass').length} repaired twins clean\n`,
    ...wrong.map(({ bug, explorer, twin }) =>
      indented(
        `${bug.id} is not as claimed: ${explorer.outcome}, ${explorer.sentence}` +
          (twin === undefined ? '' : `; repaired: ${twin.outcome}`),
        width,
      ),
    ),
  ]
  return blocks.join('')
}

function isFound({ explorer }: ZooRow): boolean {
  return explorer.outcome === 'found'
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  )
  return rows
    .map((row) => `  ${row.map((cell, at) => visible(cell).padEnd(widths[at] ?? 0)).join('  ')}`)
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

/** The matrix as data: `{ bugs, found, cleanTwins, rows }`. */
function zooJson(rows: readonly ZooRow[]): object {
  return {
    bugs: rows.length,
    found: rows.filter(isFound).length,
    cleanTwins: rows.filter(({ twin }) => twin?.outcome === 'pass').length,
    asClaimed: rows.filter(rowAsClaimed).length,
    rows: rows.map(rowJson),
    missing: missingFromZoo,
  }
}

function rowJson(row: ZooRow): object {
  const { bug, found, twin, explorer, history, validation, simulator } = row
  return {
    id: bug.id,
    protocol: bug.protocol.name,
    mutant: bug.mutant ?? null,
    about: bug.about,
    source: bug.source,
    violated: bug.violated,
    asClaimed: rowAsClaimed(row),
    explorer: {
      ...explorer,
      depth: storyLength(found),
      states: found.distinctStates,
      seconds: found.seconds,
    },
    history,
    validation,
    simulator,
    twin:
      twin === undefined
        ? null
        : {
            outcome: twin.outcome,
            states: twin.distinctStates,
            depth: twin.depth,
            seconds: twin.seconds,
          },
    published: bug.published ?? null,
    spec: bug.spec ?? null,
  }
}

function exitOfRows(rows: readonly ZooRow[]): number {
  if (rows.every(rowAsClaimed)) return EXIT.pass
  const open = rows.some(
    ({ explorer, twin }) => explorer.outcome === 'unknown' || twin?.outcome === 'unknown',
  )
  const wrong = rows.some(
    (row) =>
      !rowAsClaimed(row) && row.explorer.outcome !== 'unknown' && row.twin?.outcome !== 'unknown',
  )
  return open && !wrong ? EXIT.unknown : EXIT.fail
}

function noneOf({ family }: ZooFlags): UserError {
  const families = [...new Set(zoo.map(({ id }) => id.slice(0, id.indexOf('-'))))]
  return new UserError(
    family === undefined ? 'no bug is small' : `no bug is of the family '${family}'`,
    { where: '--family', hint: `there are ${families.join(', ')}` },
  )
}

async function written(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    throw new UserError(`cannot be written: ${cause instanceof Error ? cause.message : ''}`, {
      where: file,
      hint: 'name a file in a folder that is there',
      cause,
    })
  }
}
