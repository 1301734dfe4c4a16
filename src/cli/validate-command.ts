import { Command, Option } from 'commander'

import type { Assignment } from './explore-flags.ts'
import { paramOption } from './explore-flags.ts'
import { duration } from './quantity.ts'
import { countOption } from './quorum-options.ts'
import type { Terminal } from './terminal.ts'

export interface ValidateFlags {
  readonly spec?: string
  readonly mapping?: string
  readonly mutant?: string
  readonly param?: readonly Assignment[]
  readonly maxStates: number
  readonly time?: number
  readonly full?: true
  readonly json?: true
}

/** `synod validate`: is what a trace tells a behaviour of the spec? */
export function validateCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('validate')
    .description('is what a recorded trace tells a behaviour of the spec?')
    .argument('<trace>', 'a file of synod simulate --trace, or a folder of synod run --trace-dir')
    .option('--spec <name>', 'the spec: raft, paxos, ... or ./mine.js#spec (by the protocol)')
    .option('--mapping <reference>', 'how the trace is seen: ./mine.js#mapping (ours)')
    .option('--mutant <name>', 'plant one of the named bugs in the spec')
    .addOption(
      new Option(
        '--param <name=value>',
        'set a parameter of the spec, which else follows from the trace; may be repeated',
      ).argParser(paramOption),
    )
    .addOption(
      new Option('--max-states <n>', 'at most so many states of the spec may fit at a time')
        .argParser(countOption('--max-states', 1, 10_000_000))
        .default(100_000),
    )
    .addOption(
      new Option('--time <duration>', 'stop after this time: 60s, 2min').argParser(
        duration('--time'),
      ),
    )
    .option('--full', 'also show the state of the spec where nothing fits')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (trace: string, flags: ValidateFlags) => {
      const { showValidation } = await import('./validate-run.ts')
      finish(await showValidation(trace, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod simulate paxos --seed 1 --trace paxos.jsonl
  synod validate paxos.jsonl
  synod validate paxos.jsonl --spec paxos --json
  synod run raft --trace-dir traces
  synod validate traces

Exit codes: 0 it is a behaviour of the spec, 1 it is none, 2 a bound was hit before that was
clear, 254 bad arguments or input.`
