import { chanceText, decimalText } from '../core/number-text.ts'
import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { Rational } from '../quorum/rational.ts'
import type { Best } from '../quorum/search/best.ts'
import { best } from '../quorum/search/best.ts'
import type { BestOptions, Limits } from '../quorum/search/question.ts'
import { decimalOf, fractionTexts } from '../report/quorum-rows.ts'
import { alignedRows } from '../report/text-table.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { BestFlags } from './quorum-flags.ts'
import { listedNodes } from './quorum-nodes.ts'
import { countOption } from './quorum-options.ts'
import type { Terminal } from './terminal.ts'

/** `synod quorum best`. Answers the exit code. */
export async function showBest(flags: BestFlags, terminal: Terminal): Promise<number> {
  const { p, readFraction, resilience, failures, optimise, time } = flags
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let found
  try {
    found = await best({
      nodes: await nodesOf(flags.nodes),
      resilience,
      failures,
      optimise,
      ...(p === undefined ? {} : { down: p }),
      ...(readFraction === undefined ? {} : { readFraction }),
      limits: limitsOf(flags),
      budget: { seconds: time },
      progress: (text) => {
        progress.say(text)
      },
    })
  } finally {
    progress.stop()
  }
  terminal.out(flags.json ? jsonLine(bestJson(found)) : bestText(found, flags, terminal.width))
  return found.bestOf === undefined ? EXIT.unknown : EXIT.pass
}

/** A number of equal nodes, or a file that lists nodes. */
async function nodesOf(text: string): Promise<BestOptions['nodes']> {
  return /^-?\d+$/.test(text.trim()) ? countOption('--nodes', 1)(text) : listedNodes(text)
}

function limitsOf(flags: BestFlags): Limits {
  const named = {
    load: ['--max-load', flags.maxLoad],
    network: ['--max-network', flags.maxNetwork],
    latency: ['--max-latency', flags.maxLatency],
    failure: ['--max-failure', flags.maxFailure],
  } as const
  const given = Object.entries(named).flatMap(([name, [option, text]]) =>
    text === undefined ? [] : [[name, limit(option, text)] as const],
  )
  return Object.fromEntries(given)
}

function limit(option: string, text: string): Rational {
  try {
    return Rational.from(text)
  } catch {
    throw new UserError(`'${text}' is not a number`, { where: option, hint: `${option} 0.6` })
  }
}

function bestText(found: Best, { p = Rational.from('1/10') }: BestFlags, width: number): string {
  const { system, objective, resilience, smallestQuorum, failureProbability } = found
  const verdict =
    found.bestOf === undefined
      ? 'the best found in time, not proven'
      : `proven to be the best of ${found.bestOf}`
  const both = ({ read, write }: { readonly read: number; readonly write: number }): string =>
    read === write ? String(read) : `${read} / ${write}`
  const rows = [
    ['load', loadText(found), `${found.load.quality}, ${found.load.method}`],
    ...(objective === 'load' || objective === 'failure' ? [] : [[objective, valueText(found), '']]),
    ['resilience', both(resilience), resilience.read === resilience.write ? '' : 'reads / writes'],
    ['smallest quorum', both(smallestQuorum), ''],
    [
      `F (p = ${decimalOf(p)})`,
      chanceText(failureProbability),
      `${failureProbability.quality}, ${failureProbability.method}`,
    ],
    ...(found.bestOf === undefined
      ? [['at the least', decimalText(found.lower), `no system has a smaller ${objective}`]]
      : []),
  ]
  const looked = `${grouped(found.looked)} systems looked at`
  return [
    `${verdict} in ${objective}\n`,
    `\n  ${visible(found.text)}\n`,
    system.name === found.text ? '' : `  ${visible(system.name)}\n`,
    `\n${alignedRows(rows, { width })}`,
    `\n  ${looked}, ${durationText(found.seconds * 1e9)}\n`,
    `  more of it:  synod quorum metrics '${visible(found.text)}'\n`,
  ].join('')
}

function loadText({ load }: Best): string {
  if (load.exact === undefined) return decimalText(load.value, 6)
  return fractionTexts(load.exact).filter(Boolean).join(' ')
}

function valueText({ exact, value }: Best): string {
  return exact === undefined
    ? decimalText(value, 6)
    : fractionTexts(exact).filter(Boolean).join(' ')
}

function bestJson(found: Best): object {
  const { text, system, objective, value, exact, bestOf, lower, load, failureProbability } = found
  return {
    system: text,
    nodes: system.size,
    objective,
    value,
    exact: exact?.toString() ?? null,
    proven: bestOf !== undefined,
    bestOf: bestOf ?? null,
    lower,
    load: {
      exact: load.exact?.toString() ?? null,
      value: load.value,
      quality: load.quality,
      method: load.method,
    },
    resilience: found.resilience,
    smallestQuorum: found.smallestQuorum,
    failureProbability: {
      value: failureProbability.value,
      log10: Number.isFinite(failureProbability.log10) ? failureProbability.log10 : null,
      quality: failureProbability.quality,
      method: failureProbability.method,
    },
    quality: found.quality,
    method: found.method,
    looked: found.looked,
    solved: found.solved,
    seconds: found.seconds,
  }
}
