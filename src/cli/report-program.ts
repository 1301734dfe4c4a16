import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import type {
  BookClaim,
  Chapter,
  Family,
  NotRun,
  Report,
  ReportEntry,
} from '../report/report/content.ts'

const COMPILED = 'dist/src/cli/main.js'

/**
 * How the program is called here, so that commands work when they are pasted: `synod` where it is
 * installed, else the compiled file of the clone that one stands in.
 */
export function programHere(
  { argv, env }: Pick<NodeJS.Process, 'argv' | 'env'> = process,
  directory = process.cwd(),
): string {
  const places = (env['PATH'] ?? '').split(delimiter).filter((place) => place !== '')
  if (places.some((place) => existsSync(join(place, 'synod')))) return 'synod'
  const own = argv[1] ?? ''
  const here = join(directory, COMPILED)
  if (own === '' || !existsSync(own) || !existsSync(here)) return 'synod'
  return realpathSync(own) === realpathSync(here) ? `node ${COMPILED}` : 'synod'
}

/** The report with all its commands as they are typed here. */
export function withProgram(report: Report, program: string): Report {
  if (program === 'synod') return report
  const typed = (command: string): string => command.replace(/^synod(?= )/, program)
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
    missing: report.missing.map(missing),
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
