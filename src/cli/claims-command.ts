import { Command } from 'commander'

import type { ClaimsFlags } from './claims-run.ts'
import type { Terminal } from './terminal.ts'

/** `synod claims`: the claims book, each claim decided by what is run for it. */
export function claimsCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('claims')
    .description('what lectures and papers say of distributed systems: is it so?')
    .argument('[id...]', 'only these, with all that their checks show: RAF-05')
    .option('--id <id...>', 'the same')
    .option('--group <name>', 'only those of this group, with all that their checks show: Raft')
    .option('--summary', 'only how many hold, need a correction, are refuted, are not checked')
    .option('--json', 'print one JSON object for each claim, or one for the summary')
    .option('--save <dir>', 'keep the results in a new folder of this one')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: readonly string[], flags: ClaimsFlags) => {
      const { claims } = await import('./claims-run.ts')
      finish(await claims(ids, flags, terminal))
    })
}

const EXAMPLES = `
Examples:
  synod claims
  synod claims RAF-05
  synod claims --group 'Quorum systems'
  synod claims --summary --json

A claim is decided only by checks that are run: those of other suites, or its own. One without a
running check counts as not yet checked. Exit codes: 0 every verdict is the one that the checks
show, 1 one is not, 2 a check came out unknown.`
