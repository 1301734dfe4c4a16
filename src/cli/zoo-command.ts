import { Command, Option } from 'commander'

import { countOption, duration, size } from './quantity.ts'
import type { Terminal } from './terminal.ts'

export interface ZooFlags {
  readonly small?: true
  readonly family?: string
  /** False where `--no-twins` is given. */
  readonly twins: boolean
  readonly seeds: number
  readonly workers: number
  readonly time: number
  readonly memory: number
  readonly html?: string
  readonly trace?: string
  readonly full?: true
  readonly json?: true
}

/** `synod zoo`: known bugs in real code, and which way of looking finds each. */
export function zooCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('zoo')
    .description('known bugs, planted in real code: which way of looking finds each of them?')
    .argument('[bug]', 'PX-01, RF-04, ...: tells its shortest story (all, as a matrix)')
    .option('--small', 'only those that take a few seconds')
    .option('--family <letters>', 'only PX, RF, VR, ZB, AC, RG or FL')
    .option('--no-twins', 'leave out the repaired twins, which take the longest')
    .addOption(
      new Option('--seeds <n>', 'also by chance, with up to so many seeds each')
        .argParser(countOption('--seeds', 0, 1_000_000))
        .default(0),
    )
    .addOption(
      new Option('--workers <n>', 'threads').argParser(countOption('--workers', 1, 256)).default(1),
    )
    .addOption(
      new Option('--time <duration>', 'for each bug and each twin')
        .argParser(duration('--time'))
        .default(300, '5min'),
    )
    .addOption(
      new Option('--memory <size>', 'for the tables')
        .argParser(size('--memory'))
        .default(4e9, '4GB'),
    )
    .option('--full', 'show whole states, not only what changed')
    .option('--html <file>', 'draw the story of one bug as a page')
    .option('--trace <file>', 'write what the nodes do in the story of one bug')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (bug: string | undefined, flags: ZooFlags) => {
      const { showBug, showZoo } = await import('./zoo-run.ts')
      finish(await (bug === undefined ? showZoo(flags, terminal) : showBug(bug, flags, terminal)))
    })
}

const EXAMPLES = `
Examples:
  synod zoo --small
  synod zoo RF-04 --html figure-8.html
  synod zoo --family PX --seeds 1000 --json

Exit codes: 0 every bug is found and every repaired twin is clean, 1 one is not, 2 a bound was hit,
254 the arguments cannot be understood.`
