import { showProgress, silent } from '../core/progress.ts'
import type { Comparison } from '../quorum/compare/compare.ts'
import { compare } from '../quorum/compare/compare.ts'
import { comparisonTable, refusals } from '../report/quorum-rows.ts'
import { alignedTable } from '../report/text-table.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { askedSystem, circumstancesOf, circumstancesText } from './quorum-asked.ts'
import type { CompareFlags } from './quorum-flags.ts'
import { drawQuorums } from './quorum-draw.ts'
import { measuresJson } from './quorum-json.ts'
import type { Terminal } from './terminal.ts'

/** `synod quorum compare`. Answers the exit code. */
export async function showComparison(
  texts: readonly string[],
  flags: CompareFlags,
  terminal: Terminal,
): Promise<number> {
  const systems = []
  for (const text of texts) systems.push(await askedSystem(text, flags))
  const circumstances = circumstancesOf(flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let comparison
  try {
    comparison = await compare(systems, {
      ...circumstances,
      series: flags.html !== undefined || flags.json === true,
      progress: ({ name }, index) => {
        progress.say(`measuring ${index + 1} of ${systems.length}, ${visible(name)}`)
      },
    })
  } finally {
    progress.stop()
  }
  terminal.out(flags.json ? comparisonJson(comparison) : comparisonText(comparison, flags))
  if (flags.html !== undefined) {
    const title = 'Quorum systems compared'
    const facts = [circumstancesText(circumstances)]
    await drawQuorums({ title, facts, parts: [{ title: 'The systems', comparison }] }, flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  return comparisonExit(comparison)
}

/** A table, what no system can beat, and why numbers are missing. */
export function comparisonText(comparison: Comparison, flags: Pick<CompareFlags, 'html'>): string {
  const reasons = refusals(comparison)
  const lines = [
    alignedTable(comparisonTable(comparison)),
    '\n',
    `  ${circumstancesText(comparison.circumstances)}\n`,
    '  least: what no load on as many nodes can be under, 1/sqrt(n) for equal nodes\n',
    '  every load is certified: a strategy reaches it, node prices prove that none does better\n',
    '  * not beaten by another one in all of load, resilience and F\n',
    ...reasons.map((reason) => `  ${reason}\n`),
    ...(flags.html === undefined ? ['  plots: --html quorums.html\n'] : []),
  ]
  return lines.join('')
}

export function comparisonJson(comparison: Comparison): string {
  const systems = comparison.systems.map((each) => ({
    ...measuresJson(each),
    onFront: each.onFront,
    ...(each.series === undefined ? {} : { series: each.series }),
  }))
  return jsonLine({ systems })
}

/** 2 where a number is out of reach. */
export function comparisonExit(comparison: Comparison): number {
  return refusals(comparison).length === 0 ? EXIT.pass : EXIT.unknown
}
