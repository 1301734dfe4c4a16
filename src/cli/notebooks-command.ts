import { Command, Option } from 'commander'

import { duration } from './quantity.ts'
import type { Terminal } from './terminal.ts'

export interface NotebooksFlags {
  readonly check?: true
  readonly dir: string
  /** Seconds for each. */
  readonly time: number
  readonly json?: true
}

/** `synod notebooks`: documents whose code is run, with its output beneath it. */
export function notebooksCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('notebooks')
    .description('run notebooks: Markdown whose TypeScript is executed, with its output beneath it')
    .argument('[notebooks...]', 'files, or parts of names: 04, flp (all there are)')
    .option('--check', 'write nothing; say whether what is stored is what comes out')
    .option('--dir <folder>', 'where names are looked for', 'notebooks')
    .addOption(
      new Option('--time <duration>', 'for each notebook')
        .argParser(duration('--time'))
        .default(300, '5min'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], flags: NotebooksFlags) => {
      const { showNotebooks } = await import('./notebooks-run.ts')
      finish(await showNotebooks(names, flags, terminal))
    })
}

const EXAMPLES = `
Blocks between \`\`\`ts and \`\`\` run as one module. What a block prints by console.log is written
beneath it; what begins with <svg becomes a picture in figures/, and console.table a table.

Examples:
  synod notebooks                   run all of notebooks/, and write their output
  synod notebooks flp --check       has anything changed in this one?
  synod notebooks ./mine.md         one of your own

Exit codes: 0 done, with --check: nothing has changed; 1 code fails, or something has changed;
2 the time was used up; 254 a notebook cannot be read.`
