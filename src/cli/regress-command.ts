import { Command, Option } from 'commander'

import type { Shard } from '../campaign/seeds.ts'
import { shardOption } from '../campaign/seeds.ts'
import { duration } from './quantity.ts'
import { countOption } from './quorum-options.ts'
import type { Terminal } from './terminal.ts'

export interface RegressFlags {
  readonly entries?: string
  readonly seeds: number
  readonly host: 'simulator' | 'processes'
  readonly for: number
  readonly shard?: Shard
  readonly workers?: number
  readonly time?: number
  readonly failFast?: true
  readonly json?: true
  readonly save?: string
  readonly baseline?: string
  readonly writeBaseline?: string
}

/** `synod regress`: every protocol and every bug planted in one, against what is expected. */
export function regressCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('regress')
    .description('run all protocols and all their mutants under faults: all as expected?')
    .argument('[name...]', 'only these: raft, abd/grid, vote-not-persisted, ... (all)')
    .option('--entries <pattern>', 'only those whose name fits: raft/*')
    .addOption(
      new Option('--seeds <n>', 'seeds for each that is right; a mutant gets what it needs')
        .argParser(countOption('--seeds', 1, 1e7))
        .default(100),
    )
    .addOption(
      new Option('--host <host>', 'where they run')
        .choices(['simulator', 'processes'])
        .default('simulator'),
    )
    .addOption(
      new Option('--for <duration>', 'how long each runs as real processes')
        .argParser(duration('--for'))
        .default(5, '5s'),
    )
    .addOption(
      new Option('--shard <i/n>', 'only every n-th seed, for one of n machines').argParser(
        shardOption,
      ),
    )
    .addOption(
      new Option('--workers <n>', 'threads (one for each processor)').argParser(
        countOption('--workers', 1, 256),
      ),
    )
    .addOption(
      new Option('--time <duration>', 'give an entry up after').argParser(duration('--time')),
    )
    .option('--fail-fast', 'stop at the first that is not as expected')
    .option('--json', 'print one JSON object for each entry')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .option('--baseline <file>', 'compare with these verdicts (results/protocols.json)')
    .option('--write-baseline <file>', 'write verdicts, to be committed')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], flags: RegressFlags) => {
      const { regress } = await import('./regress-run.ts')
      finish(await regress(names, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod regress
  synod regress raft --seeds 10000 --workers 2
  synod regress --entries 'abd/*' --shard 2/4 --json
  synod regress abd --host processes --for 10s

Each line is an entry of suites/protocols. One that is not as expected comes with the command that
runs the seed again. Exit codes: 0 every verdict is the expected one, 1 one differs, 2 one came out
unknown.`
