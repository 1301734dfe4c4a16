import { chanceText, decimalText } from '../core/number-text.ts'
import { isCoterie } from '../quorum/compare/bound.ts'
import type { Comparison, ComparedSystem } from '../quorum/compare/compare.ts'
import type { Measures } from '../quorum/compare/measure.ts'
import { isRefused } from '../quorum/compare/measure.ts'
import { Rational } from '../quorum/rational.ts'
import type { TextTable } from './text-table.ts'
import { visible } from './visible.ts'

/** What stands where a number is out of reach; why is said below. */
export const NO_NUMBER = '?'

/** The numbers of a comparison as a table, one row a system, and the bound below them. */
export function comparisonTable({ systems, circumstances }: Comparison): TextTable {
  const down = circumstances.down ?? '1/10'
  return {
    columns: [
      { title: '' },
      { title: 'nodes', align: 'right' },
      { title: 'quorum', align: 'right' },
      { title: 'load', align: 'right' },
      { title: '' },
      { title: 'least', align: 'right' },
      { title: 'resilience', align: 'right' },
      { title: `F (p = ${decimalOf(down)})`, align: 'right' },
      { title: 'best', align: 'left' },
      { title: 'load by, F by' },
    ],
    rows: systems.map(row),
  }
}

function row(measures: ComparedSystem): readonly string[] {
  const { system } = measures
  const [exact, value] = loadTexts(measures)
  return [
    visible(system.name),
    String(system.size),
    quorumText(measures),
    exact,
    value,
    decimalText(measures.bound, 3),
    resilienceText(measures),
    failureText(measures),
    measures.onFront ? '*' : '',
    methodsText(measures),
  ]
}

/** `9`, or `1 / 5` where the sides differ: reads, then writes. */
export function quorumText({ system, smallest }: Measures): string {
  if (isRefused(smallest)) return NO_NUMBER
  return sides(smallest.read, smallest.write, isCoterie(system))
}

export function resilienceText({ system, resilience }: Measures): string {
  if (isRefused(resilience)) return NO_NUMBER
  return sides(resilience.read, resilience.write, isCoterie(system))
}

function sides(read: number, write: number, same: boolean): string {
  return same || read === write ? String(read) : `${read} / ${write}`
}

/** `9/25` and `0.36`; where the load is not known exactly, the interval it lies in. */
export function loadTexts({ load }: Measures): readonly [exact: string, value: string] {
  if (isRefused(load)) return [NO_NUMBER, '']
  if (load.exact !== undefined) return fractionTexts(load.exact)
  return ['', `${decimalText(load.value, 6)} ± ${halfWidth(load.lower, load.upper)}`]
}

/** A fraction that takes more room than the number it stands for is left to --json. */
const LONGEST_FRACTION = 14

export function fractionTexts(exact: Rational): readonly [exact: string, value: string] {
  const text = exact.toString()
  const value = decimalText(exact.toNumber(), 4)
  if (text === value) return [text, '']
  return [text.length > LONGEST_FRACTION ? '' : text, value]
}

function halfWidth(lower: Rational, upper: Rational): string {
  const width = upper.minus(lower).over(Rational.from(2)).toNumber()
  return width === 0 ? '0' : width.toExponential(0).replace('e+', 'e')
}

export function failureText({ failure }: Measures): string {
  return isRefused(failure) ? NO_NUMBER : chanceText(failure)
}

/** How the load and F were found, in few words; with the quality where it is not exact. */
export function methodsText({ load, failure }: Measures): string {
  const text = ({ quality, method }: { readonly quality: string; readonly method: string }) => {
    const brief = /^.*?(?=(?:,|;| of| by| with| for)\b|[,;]|$)/.exec(method)?.[0] ?? method
    return quality === 'exact' ? brief : `${brief} (${quality})`
  }
  const both = [load, failure].map((found) => (isRefused(found) ? NO_NUMBER : text(found)))
  const [byLoad = '', byFailure = ''] = both
  return byLoad === byFailure ? byLoad : `${byLoad}, ${byFailure}`
}

/** Why numbers are missing, each reason once, with the systems it is about. */
export function refusals({ systems }: Comparison): readonly string[] {
  return systems.flatMap((measures) => {
    const { smallest, load, resilience, failure } = measures
    const named = { 'smallest quorum': smallest, load, resilience, F: failure }
    return Object.entries(named).flatMap(([what, value]) => {
      if (!isRefused(value)) return []
      const { message, hint } = value.refused
      const next = hint === undefined ? '' : `; try: ${hint}`
      return [`${visible(measures.system.name)}: no ${what}: ${visible(message)}${visible(next)}`]
    })
  })
}

/** A probability as a decimal, where it was given as a fraction. */
export function decimalOf(value: NonNullable<Comparison['circumstances']['down']>): string {
  return decimalText(Rational.from(value).toNumber())
}
