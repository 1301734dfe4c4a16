import { Command, Option } from 'commander'

import type { BestFlags, CompareFlags, ImportFlags, OverviewFlags } from './quorum-flags.ts'
import {
  budgetOption,
  countOption,
  downOption,
  readFractionOption,
  zoneOption,
} from './quorum-options.ts'
import type { Terminal } from './terminal.ts'

/** What runs is loaded when it is asked for: judging needs none of it. */
type Finish = (code: number) => void

/** `synod quorum`: exact numbers of quorum systems. */
export function quorumCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('quorum')
    .description('exact load, resilience and failure probability of quorum systems')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
  const parts = [metrics, compare, best, importing, families, overview]
  for (const part of parts) command.addCommand(part(terminal, finish))
  return command
}

const SYSTEMS = `
A system is a family, as 'grid(rows=4,cols=4)' (synod quorum families lists them), an expression of
its read quorums, as 'majority(a,b,c)*(d+e)' (* and, + or; writes are what meets all reads), or both
sides, as 'reads: a*b + c*d; writes: (a+b)*(c+d)'.`

const EXAMPLES = `${SYSTEMS}

Examples:
  synod quorum metrics 'majority(a,b,c)*(d+e)' --p 0.1 --read-fraction 0.8
  synod quorum compare 'majority(n=25)' 'grid(rows=5,cols=5)' 'hqc(5,5)' --html quorums.html
  synod quorum best --nodes 6 --read-fraction 0.5 --resilience 1
  synod quorum import zoo.cfg

p is the probability that a node is DOWN, F the probability that no quorum is alive.`

function metrics(terminal: Terminal, finish: Finish): Command {
  return circumstances(new Command('metrics'))
    .description('everything about one system')
    .argument('<system>', "a family or an expression: 'grid(rows=4,cols=4)', 'a*b + c*d'")
    .addHelpText('after', `${SYSTEMS}\n\nExit codes: 0 all numbers found, 2 one is out of reach.`)
    .action(async (system: string, flags: CompareFlags) => {
      const { showMetrics } = await import('./quorum-metrics.ts')
      finish(await showMetrics(system, flags, terminal))
    })
}

function compare(terminal: Terminal, finish: Finish): Command {
  return circumstances(new Command('compare'))
    .description('systems side by side, as a table and as plots')
    .argument('<system...>', 'two or more families or expressions')
    .addHelpText('after', `${SYSTEMS}\n\nExit codes: 0 all numbers found, 2 one is out of reach.`)
    .action(async (systems: readonly string[], flags: CompareFlags) => {
      const { showComparison } = await import('./quorum-compare.ts')
      finish(await showComparison(systems, flags, terminal))
    })
}

function best(terminal: Terminal, finish: Finish): Command {
  return new Command('best')
    .description('the best system for a job: proven up to 6 nodes')
    .requiredOption('--nodes <n or file>', 'how many equal nodes, or a JSON list of nodes')
    .addOption(readFraction())
    .option(
      '--resilience <n>',
      'failures survived, whichever they are',
      countOption('--resilience', 0),
      0,
    )
    .option(
      '--failures <n>',
      'quorums stay quorums after so many failures',
      countOption('--failures', 0),
      0,
    )
    .addOption(
      new Option('--optimise <what>', 'what to be best at')
        .choices(['load', 'failure', 'network', 'latency'])
        .default('load'),
    )
    .addOption(chance())
    .option('--max-load <x>', 'no more load than this')
    .option('--max-network <x>', 'no more nodes contacted for an operation than this, on average')
    .option('--max-latency <x>', 'no more time than this until a quorum has answered')
    .option('--max-failure <x>', 'no more probability of failure than this')
    .addOption(time('search for no longer than'))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  synod quorum best --nodes 6 --read-fraction 0.5 --resilience 2
  synod quorum best --nodes nodes.json --optimise failure --max-load 0.6

Exit codes: 0 proven to be the best, 2 the best found in time, 254 nothing does what is demanded.`,
    )
    .action(async (flags: BestFlags) => {
      const { showBest } = await import('./quorum-best.ts')
      finish(await showBest(flags, terminal))
    })
}

function importing(terminal: Terminal, finish: Finish): Command {
  return circumstances(new Command('import'))
    .description('what can fail in a configuration of etcd, Raft, ZooKeeper, Cassandra or Stellar')
    .argument('<file>', '- is standard input')
    .addOption(
      new Option('--format <name>', 'the form of the file (detected)').choices([
        'etcd',
        'raft',
        'zookeeper',
        'cassandra',
        'stellar',
      ]),
    )
    .option('--read <level>', 'Cassandra: consistency level of reads (what the file says)')
    .option('--write <level>', 'Cassandra: consistency level of writes (what the file says)')
    .option('--local <dc>', 'Cassandra: the data centre of the clients (what the file says)')
    .option('--zones <file>', 'JSON that names the zone of each node: { "n1": "eu" }')
    .addHelpText(
      'after',
      '\nExit codes: 0 quorums meet, 1 they need not, 2 a number is out of reach.',
    )
    .action(async (file: string, flags: ImportFlags) => {
      const { showImport } = await import('./quorum-import.ts')
      finish(await showImport(file, flags, terminal))
    })
}

function families(terminal: Terminal, finish: Finish): Command {
  return new Command('families')
    .description('the families that have a name, with their parameters and papers')
    .argument('[name...]', 'only these')
    .option('--json', 'print one JSON object for each family')
    .action(async (names: readonly string[], flags: { readonly json?: true }) => {
      const { showFamilies } = await import('./quorum-families.ts')
      finish(showFamilies(names, flags, terminal))
    })
}

function overview(terminal: Terminal, finish: Finish): Command {
  return new Command('overview')
    .description('what lectures say of Singleton, Majority, Grid and B-Grid beside what is so')
    .addOption(chance())
    .addOption(readFraction())
    .addOption(time('for each number'))
    .option('--html <file>', 'draw the comparisons as a page')
    .option('--json', 'print one JSON object')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .addHelpText('after', '\nExit codes: 0 every claim came out as expected, 1 one did not.')
    .action(async (flags: OverviewFlags) => {
      const { showOverview } = await import('./quorum-overview.ts')
      finish(await showOverview(flags, terminal))
    })
}

/** What is asked of every system alike. */
function circumstances(command: Command): Command {
  return command
    .addOption(chance())
    .addOption(readFraction())
    .option(
      '--zone <name=p>',
      'that a zone is down with all its nodes; may be repeated',
      zoneOption,
    )
    .option('--nodes <file>', 'JSON with capacity, latency, failure and zone of nodes by name')
    .addOption(time('for each number'))
    .option('--html <file>', 'draw it as a page')
    .option('--json', 'print one JSON object')
}

function chance(): Option {
  return new Option('--p <probability>', 'that a node is down (0.1)').argParser(downOption)
}

function readFraction(): Option {
  const text = 'reads among all operations, or a mix as 0.9:3,0.5:1 (0.5)'
  return new Option('--read-fraction <x>', text).argParser(readFractionOption)
}

function time(text: string): Option {
  return new Option('--time <duration>', text).argParser(budgetOption).default(10, '10s')
}
