import { Command, Option } from 'commander'

import type { AlgorithmQuestion } from '../valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'
import { countOption, duration, size } from './quantity.ts'
import type {
  Asked,
  CrashFlags,
  GeneralsFlags,
  GraphsFlags,
  LossFlags,
  RoundsFlags,
  TraitorFlags,
} from './rounds-flags.ts'
import {
  byzantineAsked,
  crashAsked,
  floodSetAsked,
  generalsAsked,
  gluedAsked,
  graphOption,
  graphsAsked,
  lossesAsked,
} from './rounds-flags.ts'
import type { Terminal } from './terminal.ts'

type Finish = (code: number) => void

/** `synod rounds`: what can be decided in rounds, against which adversary. */
export function roundsCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('rounds')
    .description('can anybody decide after so many rounds? a rule, or why there is none')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
  const parts = [crash, generals, losses, graphs, byzantine, glued, floodSet, oral, signed]
  for (const part of parts) command.addCommand(part(terminal, finish))
  return command
}

const CODES = `
Exit codes: 0 there is a rule (or the algorithm is right), 1 there is none (or it is not),
2 unknown, as a bound was hit.`

const EXAMPLES = `
A question is answered for every deterministic algorithm at once: everybody tells everybody all it
knows, and the views at the end are connected where they occur in the same run. If what must decide
0 hangs together with what must decide 1, nothing helps, and the runs between them are shown;
otherwise a rule is. All runs are then played once more by other code.

Examples:
  synod rounds crash --processes 3 --failures 1 --rounds 1
  synod rounds generals --messages 5 --html generals.html
  synod rounds byzantine --processes 4 --traitors 1 --rounds 2
  synod rounds oral-messages --processes 7 --traitors 2 --relays 2
${CODES}`

function crash(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('crash'), [
    count('--processes <n>', 'how many', 2, 8, 3),
    count('--failures <f>', 'how many may crash, at most', 0, 7, 1),
    count('--rounds <r>', 'after which all decide', 1, 12, 2),
    new Option('--validity <whose>', 'whose inputs bind, if they are the same')
      .choices(['all', 'correct'])
      .default('all'),
  ])
    .description('processes crash in the midst of a round, reaching some of the others')
    .action(async (flags: CrashFlags) => {
      finish(await answer(crashAsked(flags), flags, terminal))
    })
}

function generals(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('generals'), [
    count('--messages <k>', 'how often the messenger goes, at most', 1, 100, 3),
  ])
    .description('two generals and a messenger who may be caught on any of his ways')
    .action(async (flags: RoundsFlags & { messages: number }) => {
      const { messages } = flags
      const question = { model: 'generals' as const, messages }
      finish(await answer({ question, replay: `generals --messages ${messages}` }, flags, terminal))
    })
}

function losses(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('losses'), [
    count('--processes <n>', 'how many', 2, 5, 2),
    count('--rounds <r>', 'after which all decide', 1, 12, 2),
    count('--lost <k>', 'how many messages are lost in a round, at most', 0, 20, 1),
    new Option('--total <k>', 'how many in all, at most').argParser(countOption('--total', 0, 240)),
    attackOption(),
  ])
    .description('nobody fails, but messages are lost')
    .action(async (flags: LossFlags) => {
      finish(await answer(lossesAsked(flags), flags, terminal))
    })
}

function graphs(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('graphs'), [
    count('--processes <n>', 'how many', 2, 6, 2),
    count('--rounds <r>', 'after which all decide', 1, 12, 1),
    new Option('--graph <arrows>', "who may reach whom in a round, as '1>2,2>1'; to be repeated")
      .argParser(graphOption)
      .makeOptionMandatory(),
    attackOption(),
  ])
    .description('in each round one of some graphs says which messages arrive')
    .action(async (flags: GraphsFlags) => {
      finish(await answer(graphsAsked(flags), flags, terminal))
    })
}

function byzantine(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('byzantine'), [
    ...armed(2, 8),
    count('--rounds <r>', 'of messages, the order being the first', 1, 6, 2),
    new Option('--everybody', 'all have an input and speak in each round, instead of a commander'),
    new Option('--signed', 'traitors cannot make up what loyal ones said'),
  ])
    .description('traitors say anything to anybody: the Byzantine generals')
    .action(async (flags: TraitorFlags) => {
      finish(await answer(byzantineAsked(flags), flags, terminal))
    })
}

function glued(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('glued'), [
    ...armed(3, 12),
    count('--rounds <r>', 'of messages', 1, 12, 2),
  ])
    .description('no third of traitors without signatures: three runs that refute any rounds')
    .action(async (flags: TraitorFlags) => {
      finish(await answer(gluedAsked(flags), flags, terminal))
    })
}

function floodSet(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('flood-set'), [
    count('--processes <n>', 'how many', 2, 8, 3),
    count('--failures <f>', 'how many may crash, at most', 0, 7, 1),
    count('--rounds <r>', 'after which all decide', 1, 12, 1),
  ])
    .description('FloodSet against all crashes: right after a round more than there are crashes')
    .action(async (flags: CrashFlags) => {
      finish(await attack(floodSetAsked(flags), flags, terminal))
    })
}

function oral(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('oral-messages'), relayed(16))
    .description('OM(m) against all that traitors can say')
    .action(async (flags: GeneralsFlags) => {
      finish(await attack(generalsAsked('oral-messages', flags), flags, terminal))
    })
}

function signed(terminal: Terminal, finish: Finish): Command {
  return asked(new Command('signed-messages'), relayed(8))
    .description('SM(m) against all that traitors can sign and keep back')
    .action(async (flags: GeneralsFlags) => {
      finish(await attack(generalsAsked('signed-messages', flags), flags, terminal))
    })
}

function armed(least: number, most: number): readonly Option[] {
  return [
    count('--processes <n>', 'how many', least, most, 3),
    count('--traitors <f>', 'how many of them are traitors', 1, most - 1, 1),
  ]
}

function relayed(most: number): readonly Option[] {
  return [...armed(3, most), count('--relays <m>', 'how often an order is passed on', 0, 5, 1)]
}

function attackOption(): Option {
  return new Option('--attack', '1 is demanded only if all start with it and all messages arrive')
}

function count(flags: string, text: string, least: number, most: number, usual: number): Option {
  const name = flags.split(' ')[0] ?? flags
  return new Option(flags, text).argParser(countOption(name, least, most)).default(usual)
}

function asked(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option)
  return command
    .option('--json', 'print one JSON object')
    .option('--html <file>', 'draw the answer as a page')
    .addOption(
      new Option('--time <duration>', 'give up after')
        .argParser(duration('--time'))
        .default(60, '60s'),
    )
    .addOption(
      new Option('--memory <size>', 'memory for the tables')
        .argParser(size('--memory'))
        .default(2e9, '2GB'),
    )
    .addHelpText('after', CODES)
}

async function answer(
  question: Asked<RoundQuestion>,
  flags: RoundsFlags,
  terminal: Terminal,
): Promise<number> {
  const { showAnswer } = await import('./rounds-run.ts')
  return showAnswer(question, flags, terminal)
}

async function attack(
  question: Asked<AlgorithmQuestion>,
  flags: RoundsFlags,
  terminal: Terminal,
): Promise<number> {
  const { showAttack } = await import('./rounds-run.ts')
  return showAttack(question, flags, terminal)
}
