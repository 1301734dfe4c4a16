import { Command } from 'commander'

import type { GivenOption } from '../../suites/named-protocol.ts'
import { duration } from './quantity.ts'
import { countOf, givenOption, numberOf } from './node-flags.ts'
import type { RunFlags } from './run-cluster-run.ts'
import { runNamed } from './run-cluster-run.ts'
import type { Terminal } from './terminal.ts'

/** `synod run`: a cluster of real processes under load and faults, recorded and judged. */
export function runCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const every = (name: string): ((text: string) => number) => duration(name)
  return new Command('run')
    .description('run a protocol as real processes under faults, record what clients see, judge it')
    .argument('<protocol>', 'a name (raft, abd), or ./mine.js#raft')
    .option('--nodes <n>', 'how many processes (3)', countOf('--nodes', 100))
    .option('--clients <n>', 'how many clients (5)', countOf('--clients', 1000))
    .option('--rate <n>', 'operations in a second, of all clients', numberOf('--rate', 1e5), 200)
    .option('--for <duration>', 'how long clients ask', duration('--for'), 10)
    .option(
      '--timeout <duration>',
      'a client gives an operation up after',
      duration('--timeout'),
      1,
    )
    .option('--kill-leader-every <duration>', 'SIGKILL the leader', every('--kill-leader-every'))
    .option('--kill-every <duration>', 'SIGKILL any node', every('--kill-every'))
    .option('--kill-all-every <duration>', 'SIGKILL all at once', every('--kill-all-every'))
    .option('--down <duration>', 'how long it stays down (a fifth, at most 1s)', every('--down'))
    .option('--partition-every <duration>', 'cut nodes off', every('--partition-every'))
    .option('--pause-every <duration>', 'SIGSTOP a node for a while', every('--pause-every'))
    .option('--faults <file>', 'a list of faults as JSON (docs/run.md)')
    .option('--seed <n>', 'draws faults and operations (drawn)', numberOf('--seed', 2 ** 31))
    .option('--option <name=value>', 'set an option of the protocol', givenOption)
    .option('--mutant <name>', 'plant a named bug')
    .option('--workload <name>', 'what clients ask (the entry’s)')
    .option('--condition <name>', 'how the history is judged (the entry’s)')
    .option('--disk-ms <ms>', 'every sync of a disk takes longer', numberOf('--disk-ms'), 0)
    .option('--out <file>', 'keep the history there')
    .option('--trace-dir <dir>', 'keep the traces there')
    .option('--data <dir>', 'keep what is on the disks there')
    .option('--strict', 'refuse handlers that change what they are given')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: RunFlags & { option?: readonly GivenOption[] }) => {
      finish(await runNamed(name, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod run abd --for 5s
  synod run raft --kill-leader-every 5s --partition-every 7s --for 30s --out history.jsonl
  synod run ./mine.js#mine --nodes 5 --faults faults.json --trace-dir traces

Each node is a process with a write-ahead file; links between them go through proxies that lose and
delay messages. In the end everything is healed, final reads are made, the history is judged, and
what every process did is run through the pure code once more: it must do the same. No process is
left behind, whatever way the run ends.

Exit codes: 0 all is right, 1 something is violated, 2 undecided, 254 bad arguments.`
