import { Command, Option } from 'commander'

import { seedsOption, shardOption } from '../campaign/seeds.ts'
import { duration } from './quantity.ts'
import { countOption } from './quorum-options.ts'
import type { SimulateFlags } from './simulate-flags.ts'
import { faultsOption, optionOption } from './simulate-flags.ts'
import type { Terminal } from './terminal.ts'

const MOST = 2 ** 31 - 1

/** `synod simulate`: a protocol under faults, everything drawn from a seed. */
export function simulateCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('simulate')
    .description('run a protocol under faults that are drawn from a seed: is it right?')
    .argument('[protocol]', 'raft, abd/grid, ... or ./mine.js#raft (lists all)')
    .option('--list', 'show all protocols, their options and mutants')
  return answers(seeds(cluster(command)))
    .addHelpText('after', EXAMPLES)
    .action(async (protocol: string | undefined, flags: SimulateFlags) => {
      if (flags.replay !== undefined) {
        const { showReplay } = await import('./simulate-replay.ts')
        finish(await showReplay(protocol, flags.replay, flags, terminal))
      } else if (protocol === undefined || flags.list) {
        const { showProtocols } = await import('./simulate-list.ts')
        finish(await showProtocols(protocol, flags, terminal))
      } else {
        const { showSimulation } = await import('./simulate-run.ts')
        finish(await showSimulation(protocol, flags, terminal))
      }
    })
}

function count(flags: string, text: string, most = MOST): Option {
  return new Option(flags, text).argParser(countOption(flags.split(' ')[0] ?? '', 1, most))
}

function cluster(command: Command): Command {
  return command
    .addOption(count('--nodes <n>', 'how many nodes (as the entry says)', 99))
    .addOption(
      new Option(
        '--option <name=value>',
        'set an option of the protocol; may be repeated',
      ).argParser(optionOption),
    )
    .option('--mutant <name>', 'plant one of the named bugs; none takes back that of an entry')
    .addOption(
      new Option(
        '--faults <list>',
        'only these: partition,crash or none or all (what it survives)',
      ).argParser(faultsOption),
    )
    .addOption(
      new Option(
        '--for <duration>',
        'how long, in virtual time (2, 4 or 8 s, by the seed)',
      ).argParser(duration('--for')),
    )
    .addOption(count('--ops <n>', 'at most so many operations (200)'))
    .addOption(count('--clients <n>', 'how many clients (2 to 6, by the seed)', 99))
    .option('--workload <name>', 'what clients ask for (as the entry says)')
    .option('--condition <name>', 'how the history is judged (as the workload says)')
    .option('--model <name>', 'on which sequential object (as the workload says)')
    .option('--wire', 'every message and record goes through JSON')
    .option('--strict', 'whatever handlers get is frozen, whatever they give is looked at')
}

function seeds(command: Command): Command {
  return command
    .addOption(
      new Option('--seed <n>', 'the same seed gives the same run (1)').argParser(
        countOption('--seed', 0, MOST),
      ),
    )
    .addOption(
      new Option('--seeds <range>', 'one after the other until one fails: 1..2000').argParser(
        seedsOption,
      ),
    )
    .addOption(
      new Option('--shard <i/n>', 'only every n-th seed, for one of n machines').argParser(
        shardOption,
      ),
    )
    .addOption(
      new Option('--workers <n>', 'threads for many seeds')
        .argParser(countOption('--workers', 1, 256))
        .default(1),
    )
    .option('--keep-going', 'run all seeds, and count those that fail')
    .addOption(
      new Option('--time <duration>', 'give up after so long').argParser(duration('--time')),
    )
    .option('--no-shrink', 'tell the failing run as it was')
}

function answers(command: Command): Command {
  return command
    .option('--replay <file>', 'run what --save has kept once more')
    .option('--out <file>', 'write the history, one event a line')
    .option('--trace <file>', 'write what every node did, one step a line')
    .option('--html <file>', 'draw the run as a page: story, messages, operations')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .option('--json', 'print one JSON object')
}

const EXAMPLES = `
Examples:
  synod simulate                                   all protocols there are
  synod simulate raft --seed 7 --faults partition,crash
  synod simulate abd --seeds 1..2000 --workers 2 --mutant read-without-write-back
  synod simulate ./mine.js#raft --nodes 5 --workload kv --html run.html

One process, virtual time: what a seed does it always does. A run that goes wrong is made as small
as it can be and told line by line: faults, operations, and what chance did. Exit codes: 0 nothing
was wrong, 1 something was, 2 unknown (a bound was hit), 254 the arguments cannot be understood.`
