import { Command, Option } from 'commander'

import { collected, paramOption } from './explore-flags.ts'
import type { ImplFlags } from './explore-impl-flags.ts'
import { implementation } from './explore-impl-flags.ts'
import { countOption, duration, size } from './quantity.ts'
import type { Terminal } from './terminal.ts'

const MOST = 2 ** 31

/** `synod explore`: is a spec right? All its states are looked at. */
export function exploreCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('explore')
    .description('explore all states of a spec: does everything hold that it claims?')
    .argument('[spec]', 'twophase, raft, ... or ./mine.js#spec (lists all)')
    .addOption(
      new Option('--param <name=value>', 'set a parameter; may be repeated').argParser(paramOption),
    )
    .option('--mutant <name>', 'plant one of the named bugs (none)')
    .option('--list', 'show all specs, their parameters and mutants')
  return implementation(reductions(answers(simulation(bounds(claims(command))))))
    .addHelpText('after', EXAMPLES)
    .action(async (spec: string | undefined, flags: ImplFlags) => {
      if (flags.impl && spec !== undefined) {
        const { showComposition } = await import('./explore-impl.ts')
        finish(await showComposition(spec, flags, terminal))
      } else if (spec === undefined || flags.list) {
        const { showSpecs } = await import('./explore-list.ts')
        finish(await showSpecs(spec, flags, terminal))
      } else if (flags.replay !== undefined) {
        const { showReplay } = await import('./explore-replay.ts')
        finish(await showReplay(spec, flags.replay, flags, terminal))
      } else if (flags.simulate) {
        const { showSimulation } = await import('./explore-simulate.ts')
        finish(await showSimulation(spec, flags, terminal))
      } else {
        const { showExploration } = await import('./explore-run.ts')
        finish(await showExploration(spec, flags, terminal))
      }
    })
}

function claims(command: Command): Command {
  return command
    .addOption(
      new Option('--invariant <name>', 'only this one; may be repeated').argParser(collected),
    )
    .addOption(
      new Option('--property <name>', 'only this one; may be repeated').argParser(collected),
    )
    .option('--no-properties', 'leave out what happens in the long run')
    .option('--no-refinements', 'leave out what it is said to refine')
    .option('--no-deadlock', 'it may end anywhere')
    .option('--keep-going', 'do not stop at the first violation')
}

function bounds(command: Command): Command {
  const count = (flags: string, text: string): Option =>
    new Option(flags, text).argParser(countOption(flags.split(' ')[0] ?? '', 1, MOST))
  return command
    .addOption(new Option('--time <duration>', 'give up after').argParser(duration('--time')))
    .addOption(new Option('--memory <size>', 'memory for the tables').argParser(size('--memory')))
    .addOption(count('--max-states <n>', 'give up after so many states'))
    .addOption(count('--max-depth <n>', 'go no deeper than so many levels'))
    .option('--checkpoint <file>', 'write down how far it is, every half a minute')
    .option('--resume <file>', 'go on from there')
}

function reductions(command: Command): Command {
  return command
    .addOption(
      new Option('--workers <n>', 'threads').argParser(countOption('--workers', 1, 256)).default(1),
    )
    .option('--symmetry', 'look at one of all states that are the same but for names')
    .option('--partial-order', 'look at one order of steps that do not touch each other')
    .option('--sleep-sets', 'do not take steps again that were taken in another order')
    .option('--depth-first', 'less memory, longer traces')
    .option('--fingerprints', 'keep 64 bits of each state; says how likely a miss is')
    .option('--no-generated', 'run the spec as it is, without generating code: slow')
}

function simulation(command: Command): Command {
  const count = (flags: string, text: string, value: number): Option =>
    new Option(flags, text)
      .argParser(countOption(flags.split(' ')[0] ?? '', 0, MOST))
      .default(value)
  return command
    .option('--simulate', 'walk at random instead of looking at everything')
    .addOption(count('--traces <n>', 'how many walks', 10_000))
    .addOption(count('--steps <n>', 'of at most so many steps', 100))
    .addOption(count('--seed <n>', 'the same seed walks the same way', 1))
}

function answers(command: Command): Command {
  return command
    .option('--replay <file>', 'take the steps of this trace once more')
    .option('--full', 'show whole states, not only what changed')
    .option('--html <file>', 'draw what was found as a page')
    .option('--itf <file>', 'write the trace in the Informal Trace Format')
    .option('--json', 'print one JSON object')
}

const EXAMPLES = `
Examples:
  synod explore                                  all specs there are
  synod explore twophase --param rm=5
  synod explore twophase --mutant commit-without-all --html broken.html
  synod explore ./mine.js#spec --time 1min --json
  synod explore paxos --impl --mutant promise-not-checked
  synod explore abd --impl --ask 'n1: write 1' --ask 'n2: read; read'

Looks at all states that can be reached. Answers whether all claims hold, and if not how it comes
to that, in as few steps as there can be. Exit codes: 0 they hold, 1 one is violated, 2 unknown (a
bound was hit), 254 the arguments or the spec cannot be understood.`
