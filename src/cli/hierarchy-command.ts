import { Command, Option } from 'commander'

import type { HierarchyFlags } from './hierarchy-flags.ts'
import { countOption, duration } from './quantity.ts'
import type { Terminal } from './terminal.ts'

/** `synod hierarchy`: how many processes shared objects let agree. */
export function hierarchyCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('hierarchy')
    .description('how many processes can agree by shared objects: consensus numbers')
    .option('--type <name>', 'only this type, with all that is known: queue, ./mine.js#type')
    .option('--protocol <name>', 'run a protocol in every order: test-and-set, ./mine.js#protocol')
    .option('--mutant <name>', 'with this bug planted in the protocol')
    .option('--lattice', 'which features of ZooKeeper let how many clients agree')
    .addOption(
      new Option('--processes <n>', 'how many; of types up to how many')
        .argParser(countOption('--processes', 2, 7))
        .default(undefined, '4, of a protocol 2'),
    )
    .addOption(
      new Option('--time <duration>', 'look for no longer than')
        .argParser(duration('--time'))
        .default(60, '60s'),
    )
    .option('--html <file>', 'draw it as a page')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: HierarchyFlags) => {
      const { showHierarchy } = await import('./hierarchy-run.ts')
      finish(await showHierarchy(flags, terminal))
    })
}

const EXAMPLES = `
The consensus number of a type of objects is the greatest number of processes that can agree by
objects of it and registers, each within a bounded number of its own steps whatever the others do.
Of types that are deterministic and can be read it is found exactly (Ruppert 2000); of others what
follows from protocols, from the same type with a read added, and from how steps interfere.

Examples:
  synod hierarchy
  synod hierarchy --type compare-and-set --processes 5
  synod hierarchy --protocol test-and-set --processes 3
  synod hierarchy --lattice --html lattice.html

Exit codes: 0 all as known, or the protocol solves consensus; 1 not; 2 unknown, as a bound was hit
or the type is none that can be decided.`
