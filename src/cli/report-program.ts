import { existsSync, realpathSync } from 'node:fs'
import { delimiter, isAbsolute, join, relative, resolve } from 'node:path'

import type {
  BookClaim,
  Chapter,
  Family,
  NotRun,
  Report,
  ReportEntry,
} from '../report/report/content.ts'

const COMPILED = 'dist/src/cli/main.js'

/** Where the runs of this project's scripts are kept. */
const OWN_RUNS = 'results/runs'

/** What commands have to be like, so that they work when they are pasted. */
export interface Here {
  /** How the program is called. */
  readonly program: string
  /** Whether one stands in a clone of this project, which has scripts. */
  readonly clone: boolean
  /** Where runs are kept. */
  readonly runs: string
}

/**
 * What commands are like here. The program is `synod` where it is installed for everybody, the
 * compiled file of the clone that one stands in, or what `npx` finds in a project that uses it.
 */
export function programHere(
  { argv, env }: Pick<NodeJS.Process, 'argv' | 'env'> = process,
  directory = process.cwd(),
  runs = OWN_RUNS,
): Here {
  const here = join(directory, COMPILED)
  const clone = existsSync(here)
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((place) => place !== '' && existsSync(join(place, 'synod')))
  // Scripts of npm and `npx` look there, and shells do not.
  const everywhere = found.some((place) => !place.endsWith(join('node_modules', '.bin')))
  const own = argv[1] ?? ''
  const isOwn = clone && existsSync(own) && realpathSync(own) === realpathSync(here)
  const local = isOwn ? `node ${COMPILED}` : found.length > 0 ? 'npx synod' : 'synod'
  // Without the path of a home where that is possible: pages are shown to others.
  const inside = relative(directory, resolve(directory, runs))
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside)
  const kept = outside ? runs : inside
  return { program: everywhere ? 'synod' : local, clone, runs: kept }
}

/** A command as it is typed here; `undefined` if there is none. */
export function commandHere(command: string, { program, clone, runs }: Here): string | undefined {
  const kept = shellWord(runs)
  const [, script = '', rest = ''] = /^npm run (\w+)(?: -- (.*))?$/.exec(command) ?? []
  if (script === 'bench' && !clone) return undefined
  if (script === 'bench' || (script !== '' && clone && runs === OWN_RUNS)) {
    return command.replace(`--save ${OWN_RUNS}`, () => `--save ${kept}`)
  }
  if (script !== '') return [program, script, ...(rest ? [rest] : []), '--save', kept].join(' ')
  return command
    .replace(/^synod(?= )/, program)
    .replace(`--save ${OWN_RUNS}`, () => `--save ${kept}`)
}

/** A text as a shell takes it: names come from files. */
export function shellWord(word: string): string {
  return /^[\w./@%+=:,#-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** The report with all its commands as they are typed here. */
export function withProgram(report: Report, here: Here): Report {
  const typed = (command: string): string => commandHere(command, here) ?? command
  const again = <Told extends { readonly again?: string }>(told: Told): Told =>
    told.again === undefined ? told : { ...told, again: typed(told.again) }
  const missing = (each: NotRun): NotRun => ({ ...each, command: typed(each.command) })
  const claim = (each: BookClaim): BookClaim => ({
    ...again(each),
    checks: each.checks.map(again),
  })
  const { book } = report
  return {
    ...report,
    missing: report.missing.filter(({ command }) => commandHere(command, here)).map(missing),
    families: report.families.map((family): Family => ({
      ...family,
      groups: family.groups.map((group) => ({
        ...group,
        entries: group.entries.map((entry): ReportEntry => again(entry)),
        ...(group.notRun === undefined ? {} : { notRun: missing(group.notRun) }),
      })),
    })),
    chapters: report.chapters.map((chapter): Chapter => ({
      ...chapter,
      parts: chapter.parts.map(again),
    })),
    ...(book === undefined
      ? {}
      : {
          book: {
            groups: book.groups.map((group) => ({ ...group, claims: group.claims.map(claim) })),
          },
        }),
  }
}
