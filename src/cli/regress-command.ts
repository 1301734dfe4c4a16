import { Command, Option } from 'commander'

import type { Shard } from '../campaign/seeds.ts'
import { shardOption } from '../campaign/seeds.ts'
import { duration } from './quantity.ts'
import { countOption } from './quorum-options.ts'
import type { Regressed } from './regress-run.ts'
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
  readonly verbose?: true
  readonly json?: true
  readonly save?: string
  readonly against?: string
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly junit?: string
  readonly github?: true
}

/** `synod regress`: everything that has an expected verdict, against what was accepted before. */
export function regressCommand(
  terminal: Terminal,
  finish: (code: number) => void,
  given?: Partial<Regressed>,
): Command {
  const command = new Command('regress')
    .description('run all suites and compare with what was accepted before: what is new?')
    .argument('[name...]', 'only these: specs, protocols, raft, vote-not-persisted, ... (all)')
    .option('--entries <pattern>', 'only those whose name fits: raft/*')
  for (const option of runOptions()) command.addOption(option)
  return command
    .option('--fail-fast', 'stop at the first that is not as expected')
    .option('--verbose', 'show all rows, not only those that are not as expected')
    .option('--json', 'print one JSON object for each row')
    .option('--save <dir>', 'keep the results in a new folder of this one, as they come')
    .option('--against <run>', 'compare times with this saved run (the last one in --save)')
    .option('--baseline <file>', 'compare with these verdicts (results/baseline.json)')
    .option('--update-baseline', 'accept what comes out: write it there')
    .option('--junit <file>', 'write a report in the form of JUnit')
    .option('--github', 'annotate as GitHub reads it (where GITHUB_ACTIONS is set)')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], flags: RegressFlags) => {
      const { regress } = await import('./regress-run.ts')
      finish(await regress(names, flags, terminal, given))
    })
}

/** How protocols are run, and for how long. */
function runOptions(): readonly Option[] {
  return [
    new Option('--seeds <n>', 'seeds for each protocol that is right; a mutant gets what it needs')
      .argParser(countOption('--seeds', 1, 1e7))
      .default(100),
    new Option('--host <host>', 'where protocols run; as processes they are all that is run')
      .choices(['simulator', 'processes'])
      .default('simulator'),
    new Option('--for <duration>', 'how long each runs as real processes')
      .argParser(duration('--for'))
      .default(5, '5s'),
    new Option('--shard <i/n>', 'only every n-th seed and row, for one of n machines').argParser(
      shardOption,
    ),
    new Option('--workers <n>', 'threads (one for each processor)').argParser(
      countOption('--workers', 1, 256),
    ),
    new Option('--time <duration>', 'give an entry up after').argParser(duration('--time')),
  ]
}

const EXAMPLES = `
Examples:
  synod regress
  synod regress specs zoo --verbose
  synod regress raft --seeds 10000 --workers 2
  synod regress --entries 'abd/*' --shard 2/4 --json
  synod regress abd --host processes --for 10s
  synod regress --junit results/junit.xml --save results/runs
  synod regress quorums --update-baseline

One line for each suite, and what is not as expected with the command that shows it again; then
what differs from the baseline, and from the times of the last saved run. Exit codes: 0 every
verdict is the expected one and the one in the baseline, 1 one differs, 2 one came out unknown,
254 something cannot be read.`
