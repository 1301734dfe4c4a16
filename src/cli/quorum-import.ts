import { readFile } from 'node:fs/promises'

import { placeless } from '../core/results.ts'
import { UserError } from '../core/user-error.ts'
import { counted } from '../core/wording.ts'
import { compare } from '../quorum/compare/compare.ts'
import { importQuorums } from '../quorum/import/import-quorums.ts'
import type { Gap, Imported } from '../quorum/import/imported.ts'
import type { SideFailures, ToleratedFailures } from '../quorum/metrics/tolerated-failures.ts'
import { toleratedFailures } from '../quorum/metrics/tolerated-failures.ts'
import { refusals } from '../report/quorum-rows.ts'
import { alignedRows } from '../report/text-table.ts'
import { shown, visible, visibleLines, wrap } from '../report/visible.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { checkZones, circumstancesOf, circumstancesText } from './quorum-asked.ts'
import { comparisonExit } from './quorum-compare.ts'
import { drawQuorums } from './quorum-draw.ts'
import type { ImportFlags } from './quorum-flags.ts'
import { measuresJson } from './quorum-json.ts'
import { measureRows } from './quorum-metrics.ts'
import { withNodesFile, zonesFile } from './quorum-nodes.ts'
import type { Terminal } from './terminal.ts'

/** `synod quorum import`: a configuration that people run. Answers the exit code. */
export async function showImport(
  file: string,
  flags: ImportFlags,
  terminal: Terminal,
): Promise<number> {
  const imported = await read(file, flags, terminal)
  const { gap } = imported
  const system =
    flags.nodes === undefined ? imported.system : await withNodesFile(imported.system, flags.nodes)
  checkZones(system, flags.zone)
  const circumstances = circumstancesOf(flags)
  const comparison = await compare([system], { ...circumstances, series: flags.html !== undefined })
  const [measures] = comparison.systems
  if (measures === undefined) throw new Error('one system was measured')
  const tolerated = toleratedFailures(system)
  if (flags.json) {
    const { format, title, remarks } = imported
    const about = { file: placeless(file), format, title, remarks, meets: gap === undefined }
    terminal.out(
      jsonLine({ ...about, gap, ...measuresJson(measures), tolerated: plain(tolerated) }),
    )
  } else {
    const blocks = [
      heading(imported, terminal.width),
      alignedRows(toleratedRows(tolerated), { width: terminal.width }),
      alignedRows(measureRows(measures, circumstances, gap === undefined), {
        width: terminal.width,
      }),
      ...refusals(comparison).map((reason) => `  ${reason}\n`),
    ]
    terminal.out(blocks.join('\n'))
  }
  if (flags.html !== undefined) {
    const facts = [imported.title, ...imported.remarks, circumstancesText(circumstances)]
    const parts = [{ title: 'The numbers', comparison }]
    await drawQuorums({ title: placeless(file), facts, parts }, flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  return worstExit([gap === undefined ? EXIT.pass : EXIT.fail, comparisonExit(comparison)])
}

async function read(file: string, flags: ImportFlags, terminal: Terminal): Promise<Imported> {
  const { format, local, zones } = flags
  return importQuorums(await textOf(file, terminal), {
    source: file === '-' ? 'standard input' : file,
    ...(format === undefined ? {} : { format }),
    ...(local === undefined ? {} : { local }),
    ...(flags.read === undefined ? {} : { read: flags.read }),
    ...(flags.write === undefined ? {} : { write: flags.write }),
    ...(zones === undefined ? {} : { zones: await zonesFile(zones) }),
  })
}

async function textOf(file: string, { input }: Terminal): Promise<string> {
  if (file === '-') {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of input) text += decoder.decode(chunk, { stream: true })
    return text + decoder.decode()
  }
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const fact = code === 'ENOENT' ? 'there is no such file' : message
    throw new UserError(fact, { where: file, hint: 'is the path right?', cause })
  }
}

function heading({ title, system, remarks, gap }: Imported, width: number): string {
  const lines = [
    visible(title),
    ...wrap(shown(system.name, 1000), width - 4).map((line) => `    ${line}`),
    ...remarks.map((remark) => `  (${visible(remark)})`),
    gap === undefined ? '' : `\n  ${gapText(gap)}`,
  ]
  return lines.filter((line) => line !== '').join('\n') + '\n'
}

function gapText({ meaning, read, write }: Gap): string {
  const named = (names: readonly string[]): string => `{${names.map(visible).join(', ')}}`
  return `QUORUMS NEED NOT MEET: ${visible(meaning)}, as in ${named(read)} and ${named(write)}`
}

type Row = readonly [name: string, value: string]

function toleratedRows({ reads, writes }: ToleratedFailures): readonly Row[] {
  if (reads === writes) return sideRows(reads, '')
  return [...sideRows(reads, 'reads: '), ...sideRows(writes, 'writes: ')]
}

const MOST_SETS = 3

function sideRows(
  { anyNodes, nodes, anyZones, zones, afterZone }: SideFailures,
  side: string,
): readonly Row[] {
  const rows: Row[] = [
    [`${side}may fail`, anyText(anyNodes, 'node')],
    [`${side}stopped by`, setsText(nodes.sets, nodes.count)],
  ]
  if (anyZones !== undefined) rows.push([`${side}may fail`, anyText(anyZones, 'zone')])
  if (zones !== undefined) rows.push([`${side}stopped by`, setsText(zones.sets, zones.count)])
  for (const { zone, anyNodes: more } of afterZone ?? []) {
    const left = more < 0 ? 'is stopped' : `${anyText(more, 'further node')} may fail`
    rows.push([`${side}without ${shown(zone, 30)}`, left])
  }
  return rows
}

function anyText(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : `any ${counted(count, noun)}`
}

function setsText(sets: readonly (readonly string[])[], count: bigint | undefined): string {
  const listed = sets.slice(0, MOST_SETS).map((names) => names.map(visible).join(' + '))
  const all = count ?? (sets.length > MOST_SETS ? undefined : BigInt(sets.length))
  if (all !== undefined && all <= BigInt(listed.length)) return listed.join(', or ')
  const number = all === undefined ? 'more' : `${all.toLocaleString('en-US')} in all`
  return `${listed.join(', or ')}, ... (${number})`
}

function plain({ reads, writes }: ToleratedFailures): object {
  const side = ({ nodes, zones, ...rest }: SideFailures): object => ({
    ...rest,
    nodes: { sets: nodes.sets, count: nodes.count?.toString() ?? null },
    ...(zones && { zones: { sets: zones.sets, count: zones.count?.toString() ?? null } }),
  })
  return { reads: side(reads), writes: side(writes) }
}
