import { Command, Option } from 'commander'

import { paramOption } from './explore-flags.ts'
import { duration, size } from './quantity.ts'
import { countOption } from './quorum-options.ts'
import type { Terminal } from './terminal.ts'
import type { ValencyFlags } from './valency-flags.ts'
import { inputsOption } from './valency-flags.ts'

/** `synod valency`: which defect the theorem of Fischer, Lynch and Paterson finds in a protocol. */
export function valencyCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('valency')
    .description('find what keeps an asynchronous protocol from solving consensus (FLP)')
    .argument('[protocol]', 'paxos, 2pc, ... or ./mine.js#protocol (all, against what is expected)')
    .addOption(
      new Option('--processes <n>', 'how many processes')
        .argParser(countOption('--processes', 2, 8))
        .default(3),
    )
    .addOption(
      new Option('--inputs <digits>', 'only these: 010, one digit a process').argParser(
        inputsOption,
      ),
    )
    .addOption(
      new Option(
        '--option <name=value>',
        'set an option of the protocol; may be repeated',
      ).argParser(paramOption),
    )
    .addOption(
      new Option('--k <n>', 'k-set agreement: so many values may be decided')
        .argParser(countOption('--k', 1, 6))
        .default(1),
    )
    .addOption(
      new Option('--coins <who>', 'who decides what coins show')
        .choices(['adversary', 'random'])
        .default('adversary'),
    )
    .option('--omega', 'an oracle names the same correct leader to all, in the end')
    .option('--gst', 'messages are faster than timeouts, in the end')
    .option('--until-decided', 'do not go on where something is decided')
    .addOption(
      new Option(
        '--adversary <stages>',
        'no search: delay the decision for so many stages, as the proof does',
      ).argParser(countOption('--adversary', 1, 1e6)),
    )
    .addOption(
      new Option(
        '--max-states <n>',
        'look at so many configurations for each choice of inputs',
      ).argParser(countOption('--max-states', 1, 1e9)),
    )
    .addOption(
      new Option('--time <duration>', 'for each choice of inputs').argParser(duration('--time')),
    )
    .addOption(new Option('--memory <size>', 'for the tables (8GB)').argParser(size('--memory')))
    .option('--json', 'print one JSON object, or one for each row of the table')
    .option('--html <file>', 'draw configurations and runs as a page')
    .option('--svg <file>', 'draw the graph of configurations alone')
    .option('--save <dir>', 'keep the results of the table in a new folder of this one')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, flags: ValencyFlags) => {
      if (name === undefined) {
        const { showTable } = await import('./valency-table.ts')
        finish(await showTable(flags, terminal))
        return
      }
      const { showValency } = await import('./valency-run.ts')
      finish(await showValency(name, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod valency wait-for-all --processes 3
  synod valency paxos --processes 2 --html paxos.html
  synod valency paxos --processes 2 --omega
  synod valency ben-or --inputs 011 --coins random
  synod valency paxos --inputs 010 --adversary 100
  synod valency ./mine.js#protocol --json
  synod valency                            the whole table, as npm run valency does

Exit codes: 0 the defect that the theorem promises was found, 2 bounds hid it, 255 all was looked
at and there is none, which would be a fault of synod. With --k, --coins random, --omega or --gst
nothing is promised: 0 no defect, 1 a defect, 2 unknown. The table: 0 as expected, 1 not, 2 open.`
