import { Command } from 'commander'

import type { Terminal } from './terminal.ts'

export interface ReportFlags {
  readonly runs: string
  readonly out: string
  readonly markdown: string
  readonly json?: true
}

/** `synod report`: what all saved runs found, as one page. */
export function reportCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('report')
    .description('what all saved runs found, as one page: verdicts, pictures, what was not run')
    .option('--runs <dir>', 'where --save kept the runs', 'results/runs')
    .option('--out <file>', 'the page', 'results/report.html')
    .option('--markdown <file>', 'the same in short, for code hosts', 'results/report.md')
    .option('--json', 'print counts, differences and the dashboard as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ReportFlags) => {
      const { report } = await import('./report-run.ts')
      finish(await report(flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  npm run check && npm run report
  synod check --save runs && synod report --runs runs --out report.html
  synod report --json

The newest verdict of everything counts, from whichever run. The page is one file: it needs no
network, and no script to be read. Exit codes: 0 it is written, whatever it says; 254 bad arguments
or input.`
