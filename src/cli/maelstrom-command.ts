import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'

import { Command, Option } from 'commander'

import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { faultKinds } from '../cluster/maelstrom/draw-faults.ts'
import { runMaelstrom } from '../cluster/maelstrom/run-maelstrom.ts'
import { maelstromWorkloads } from '../cluster/maelstrom/workload.ts'
import { cut, visible, visibleLines } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { commandOf } from './maelstrom-again.ts'
import type { MaelstromFlags } from './maelstrom-flags.ts'
import {
  distributionOption,
  faultsOption,
  linkEndsOption,
  millisecondsOption,
  runOptions,
  wholeOption,
} from './maelstrom-flags.ts'
import { maelstromJson } from './maelstrom-json.ts'
import { judgeMaelstrom } from './maelstrom-judge.ts'
import { maelstromPage } from './maelstrom-picture.ts'
import { saveMaelstrom } from './maelstrom-save.ts'
import type { MaelstromResult } from './maelstrom-text.ts'
import { maelstromText } from './maelstrom-text.ts'
import { duration } from './quantity.ts'
import type { Terminal } from './terminal.ts'

/** `synod maelstrom`: programs that speak Maelstrom's protocol, in any language. */
export function maelstromCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('maelstrom').description(
    "test programs that speak Maelstrom's protocol, in any language",
  )
  return command.addCommand(testCommand(terminal, finish))
}

function testCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('test')
    .description('run a program as the nodes of a cluster, let things go wrong, judge what it did')
    .argument('[arguments...]', 'given to the program, after --')
  return [cluster, load, faults, output]
    .reduce((each, add) => add(each), command)
    .addHelpText('after', EXAMPLES)
    .action(async (given: readonly string[], flags: MaelstromFlags & { nodeCount?: number }) => {
      const nodes = flags.nodeCount ?? flags.nodes
      finish(await testProgram({ ...flags, nodes }, given, terminal))
    })
}

function cluster(command: Command): Command {
  const count = wholeOption('--nodes', 1, 100)
  const first = wholeOption('--first-node', 0, 1)
  return command
    .requiredOption('--bin <program>', 'the program')
    .requiredOption('-w, --workload <name>', 'what it is asked')
    .option('--nodes <n>', 'how many nodes', count, 3)
    .addOption(new Option('--node-count <n>', 'as Maelstrom calls it').argParser(count).hideHelp())
    .option('--first-node <0|1>', 'nodes are called n0, n1, ... or n1, n2, ...', first, 0)
    .addOption(seconds('--init-timeout <duration>', 'how long a node may take to start', 10))
}

function load(command: Command): Command {
  const concurrency = wholeOption('--concurrency', 1, 10_000)
  const seed = wholeOption('--seed', 0, 2 ** 53 - 1)
  const timeout = duration('--timeout')
  return command
    .addOption(seconds('--for <duration>', 'how long clients ask', 10))
    .option('--rate <n>', 'operations a second', wholeOption('--rate', 1, 100_000), 20)
    .option('--concurrency <n>', 'clients (as many as nodes)', concurrency)
    .option('--seed <n>', 'decides operations, faults and delays', seed, 1)
    .option('--timeout <duration>', 'how long a client waits (1s, or 10 latencies)', timeout)
    .addOption(seconds('--quiet <duration>', 'how long nodes may take to agree at the end', 10))
    .addOption(new Option('--refusals <as>', REFUSALS).choices(AS).default('observe'))
    .addOption(seconds('--time <duration>', 'give up judging after', 60))
}

function faults(command: Command): Command {
  const ends = 'between whom links are faulty: nodes,services,clients'
  const every = 'how long a fault lasts on the average, and the calm after it'
  const spread = 'constant, uniform, exponential'
  return command
    .addOption(
      new Option('--faults <list>', 'what goes wrong').argParser(faultsOption).default([], 'none'),
    )
    .addOption(seconds('--fault-every <duration>', every, 2.5))
    .addOption(
      new Option('--fault-links <list>', ends)
        .argParser(linkEndsOption)
        .default(['nodes', 'services'], 'nodes,services'),
    )
    .option('--fault-file <file>', 'these faults instead, as JSON')
    .option('--latency <ms>', 'mean time of a message between nodes', millisecondsOption, 0)
    .option('--latency-dist <name>', spread, distributionOption, 'constant')
}

function output(command: Command): Command {
  return command
    .option('--out <file>', 'write the history while it happens')
    .option('--html <file>', 'draw what was found, and the messages, as a page')
    .option('--save <dir>', 'keep all that is known of the run in a new folder of this one')
    .option('--log-stderr', 'show what the nodes write to standard error')
    .option('--json', 'print one JSON object')
}

const AS = ['observe', 'fail']
const REFUSALS = 'a refused compare-and-set, a key that is missing: seen, or just failed'

const EXAMPLES = `
Workloads: ${maelstromWorkloads.map(({ name }) => name).join(', ')}.

Faults: ${faultKinds.join(', ')}; all, none.

Examples:
  synod maelstrom test --bin ./broadcast --workload broadcast --faults partition,kill
  synod maelstrom test --bin python3 -w echo --nodes 1 --for 2s -- echo.py
  synod maelstrom test --bin synod -w lin-kv --faults all -- maelstrom-node raft

Nodes run in an empty folder of their own, so what they store there survives a kill and nothing
else. Operations and faults follow from the seed; when they happen to meet does not. Exit codes:
0 holds, 1 violated, 2 unknown, 254 when the program does not start, ends, or writes to standard
output what is no message.`

function seconds(flags: string, text: string, value: number): Option {
  const [name = ''] = flags.split(' ')
  return new Option(flags, text).argParser(duration(name)).default(value, `${value}s`)
}

async function testProgram(
  flags: MaelstromFlags,
  given: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const options = await runOptions(flags, given)
  const started = new Date()
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const logs = new Map<string, string[]>()
  const title = cut([flags.bin, ...given].map((word) => basename(word)).join(' '), 60)
  try {
    const run = await runMaelstrom({
      ...options,
      say: (what) => progress.say(`${visible(title)}: ${what}`),
      nodeLog(node, line) {
        if (flags.logStderr) terminal.err(`${node}: ${visible(line)}\n`)
        if (flags.save === undefined) return
        const lines = logs.get(node) ?? []
        lines.push(line)
        logs.set(node, lines)
      },
    })
    progress.say(`${visible(title)}: judging`)
    const about = { source: flags.out ?? title, seconds: flags.time }
    const verdict = await judgeMaelstrom(run, options.workload, about)
    progress.stop()
    const result = { title, options, run, verdict, again: commandOf(flags, given) }
    terminal.out(flags.json ? jsonLine(maelstromJson(result)) : maelstromText(result, terminal))
    await keep(result, flags, { started, logs }, terminal)
    return exitOf(verdict.outcome)
  } finally {
    progress.stop()
  }
}

async function keep(
  result: MaelstromResult,
  { html, out, save }: MaelstromFlags,
  about: { readonly started: Date; readonly logs: ReadonlyMap<string, readonly string[]> },
  terminal: Terminal,
): Promise<void> {
  if (out !== undefined) terminal.err(visibleLines(`history in ${out}\n`))
  if (html !== undefined) {
    try {
      await writeFile(html, maelstromPage(result))
    } catch (cause) {
      throw new UserError(`the page cannot be written: ${(cause as Error).message}`, {
        where: html,
        hint: 'name a file that you may write to: --html FILE',
        cause,
      })
    }
    terminal.err(visibleLines(`drawn in ${html}\n`))
  }
  if (save !== undefined) {
    terminal.err(visibleLines(`saved in ${await saveMaelstrom(result, save, about)}\n`))
  }
}
