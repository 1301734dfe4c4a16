import { Command, Option } from 'commander'

import type { SpecFlags } from './explore-flags.ts'
import { paramOption } from './explore-flags.ts'
import { countOption } from './quorum-options.ts'
import type { Terminal } from './terminal.ts'

export interface GraphFlags extends SpecFlags {
  readonly symmetry?: true
  readonly output?: string
  readonly maxStates: number
  readonly selfLoops?: true
  readonly generated: boolean
}

/** `synod graph`: the states of a small spec and the steps between them, as a picture. */
export function graphCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('graph')
    .description('draw all states of a small spec and the steps between them')
    .argument('<spec>', 'die-hard, twophase, ... or ./mine.js#spec')
    .addOption(
      new Option('--param <name=value>', 'set a parameter; may be repeated').argParser(paramOption),
    )
    .option('--mutant <name>', 'plant one of the named bugs')
    .option('--symmetry', 'draw one of all states that are the same but for names')
    .option('-o, --output <file>', 'a file that ends in .svg or .dot (DOT on standard output)')
    .option('--self-loops', 'also steps that change nothing')
    .addOption(
      new Option('--max-states <n>', 'draw no larger graph')
        .argParser(countOption('--max-states', 1, 10_000))
        .default(500),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (spec: string, flags: GraphFlags) => {
      const { showGraph } = await import('./graph-run.ts')
      finish(await showGraph(spec, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod graph tcommit --param rm=2 -o tcommit.svg
  synod graph tcommit --param rm=2 | dot -Tpdf > tcommit.pdf`
