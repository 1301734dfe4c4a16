import { chanceText, decimalText } from '../core/number-text.ts'
import { counted } from '../core/wording.ts'
import { isCoterie } from '../quorum/compare/bound.ts'
import { compare } from '../quorum/compare/compare.ts'
import { details } from '../quorum/compare/details.ts'
import type { Circumstances, Measures } from '../quorum/compare/measure.ts'
import { isRefused } from '../quorum/compare/measure.ts'
import { Rational } from '../quorum/rational.ts'
import { decimalOf, loadTexts, refusals } from '../report/quorum-rows.ts'
import { alignedRows } from '../report/text-table.ts'
import { visible, visibleLines } from '../report/visible.ts'
import type { QuorumSystem } from '../quorum/system.ts'
import { jsonLine } from './json-line.ts'
import { askedSystem, circumstancesOf, circumstancesText } from './quorum-asked.ts'
import { comparisonExit } from './quorum-compare.ts'
import { detailRows, detailsJson } from './quorum-details.ts'
import { drawQuorums } from './quorum-draw.ts'
import type { CompareFlags } from './quorum-flags.ts'
import { measuresJson } from './quorum-json.ts'
import type { Terminal } from './terminal.ts'

/** `synod quorum metrics`. Answers the exit code. */
export async function showMetrics(
  text: string,
  flags: CompareFlags,
  terminal: Terminal,
): Promise<number> {
  const system = await askedSystem(text, flags)
  const circumstances = circumstancesOf(flags)
  const comparison = await compare([system], { ...circumstances, series: flags.html !== undefined })
  const [measures] = comparison.systems
  if (measures === undefined) throw new Error('one system was measured')
  const more = details(system, measures.load, circumstances)
  if (flags.json) {
    terminal.out(jsonLine({ ...measuresJson(measures), ...detailsJson(system, more) }))
  } else {
    const reasons = refusals(comparison).map((reason) => `\n  ${reason}\n`)
    const rows = [...measureRows(measures, circumstances, true), ...detailRows(system, more)]
    terminal.out(
      [heading(system), '\n', alignedRows(rows, { width: terminal.width }), ...reasons].join(''),
    )
  }
  if (flags.html !== undefined) {
    const facts = [circumstancesText(circumstances)]
    const parts = [{ title: 'The numbers', comparison }]
    await drawQuorums({ title: system.name, facts, parts }, flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  return comparisonExit(comparison)
}

function heading(system: QuorumSystem): string {
  const sides = isCoterie(system)
    ? 'the same quorums for reads and writes'
    : 'reads and writes differ'
  return `${visible(system.name)}   ${counted(system.size, 'node')}, ${sides}\n`
}

/** Without a bound where quorums need not meet, as the bound follows from that they do. */
export function measureRows(
  measures: Measures,
  circumstances: Circumstances,
  meets: boolean,
): readonly Row[] {
  const bound: Row = [
    'least load',
    decimalText(measures.bound),
    'no system on these nodes has a lower one',
  ]
  return [
    smallestRow(measures),
    ...loadRows(measures, circumstances),
    ...(meets ? [bound] : []),
    resilienceRow(measures),
    failureRow(measures, circumstances),
  ]
}

type Row = readonly [name: string, value: string, about: string]

function smallestRow({ smallest }: Measures): Row {
  if (isRefused(smallest)) return ['smallest quorum', '?', '']
  const { read, write, method } = smallest
  return read === write
    ? ['smallest quorum', String(read), `exact, ${method}`]
    : ['smallest quorum', `${read} / ${write}`, `reads / writes; exact, ${method}`]
}

function loadRows(measures: Measures, { readFraction = '1/2' }: Circumstances): readonly Row[] {
  const { load } = measures
  if (isRefused(load)) return [['load', '?', '']]
  const mix = Array.isArray(readFraction)
    ? 'mean over the read fractions'
    : `read fraction ${decimalOf(readFraction as Rational)}`
  const capacity = load.exact?.isZero() === false ? Rational.one.over(load.exact) : undefined
  return [
    [
      'load',
      loadTexts(measures).filter(Boolean).join(' '),
      `${load.quality}, certified, ${load.method}; ${mix}`,
    ],
    [
      'capacity',
      capacity === undefined ? decimalText(1 / load.value) : bothTexts(capacity),
      'operations in a unit of time',
    ],
  ]
}

function bothTexts(value: Rational): string {
  const decimal = decimalText(value.toNumber())
  const exact = value.toString()
  return exact === decimal ? exact : `${exact} ${decimal}`
}

function resilienceRow({ resilience }: Measures): Row {
  if (isRefused(resilience)) return ['resilience', '?', '']
  const { read, write, both, method } = resilience
  const may = both === 0 ? 'no node may fail' : `any ${both} may fail`
  const about = `${may}; exact, ${method}`
  return read === write
    ? ['resilience', String(both), about]
    : ['resilience', `${read} / ${write}`, `reads / writes: ${about}`]
}

function failureRow({ failure }: Measures, { down = '1/10' }: Circumstances): Row {
  const name = `F (p = ${decimalOf(down)})`
  if (isRefused(failure)) return [name, '?', '']
  const { quality, method, log10 } = failure
  const digits = Number.isFinite(log10) ? `; log10 ${log10.toFixed(3)}` : ''
  return [name, chanceText(failure), `${quality}, ${method}${digits}`]
}
