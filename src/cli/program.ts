import { Command, CommanderError } from 'commander'

import { synodVersion } from '../core/package.ts'
import { UserError } from '../core/user-error.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command line, without `node` and the program's name, and answers its exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.pass
  const finish = (code: number): void => {
    exitCode = code
  }
  try {
    const commands = await commandsFor(args[0], terminal, finish)
    await program(commands, terminal).parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof UserError) {
      terminal.err(`${visibleLines(error.text)}\n`)
      return EXIT.badInput
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.badInput
    terminal.err(crashText(error))
    return EXIT.crash
  }
}

type Make = (terminal: Terminal, finish: (code: number) => void) => Command

/** Each command by its name, in the order of the help. Together they load slowly. */
const COMMANDS: Readonly<Record<string, () => Promise<Make>>> = {
  judge: async () => (await import('./judge-command.ts')).judgeCommand,
  explore: async () => (await import('./explore-command.ts')).exploreCommand,
  graph: async () => (await import('./graph-command.ts')).graphCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  regress: async () => (await import('./regress-command.ts')).regressCommand,
  simulate: async () => (await import('./simulate-command.ts')).simulateCommand,
  run: async () => (await import('./run-command.ts')).runCommand,
  zoo: async () => (await import('./zoo-command.ts')).zooCommand,
  validate: async () => (await import('./validate-command.ts')).validateCommand,
  node: async () => (await import('./node-command.ts')).nodeCommand,
  maelstrom: async () => (await import('./maelstrom-command.ts')).maelstromCommand,
  'maelstrom-node': async () => (await import('./maelstrom-node-command.ts')).maelstromNodeCommand,
  quorum: async () => (await import('./quorum-command.ts')).quorumCommand,
  valency: async () => (await import('./valency-command.ts')).valencyCommand,
  hierarchy: async () => (await import('./hierarchy-command.ts')).hierarchyCommand,
  rounds: async () => (await import('./rounds-command.ts')).roundsCommand,
  report: async () => (await import('./report-command.ts')).reportCommand,
  notebooks: async () => (await import('./notebooks-command.ts')).notebooksCommand,
  claims: async () => (await import('./claims-command.ts')).claimsCommand,
}

/** The command that is asked for, or all where none is or its name is misspelt. */
async function commandsFor(
  name: string | undefined,
  terminal: Terminal,
  finish: (code: number) => void,
): Promise<readonly Command[]> {
  const known = name !== undefined && Object.hasOwn(COMMANDS, name)
  const wanted = Object.entries(COMMANDS).filter(([each]) => !known || each === name)
  const makers = await Promise.all(wanted.map(([, load]) => load()))
  return makers.map((make) => make(terminal, finish))
}

function program(commands: readonly Command[], terminal: Terminal): Command {
  const root = new Command('synod')
    .description('Is a distributed protocol right, and how good is it?')
    .version(synodVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('  try: add --help')
    .addHelpText(
      'after',
      `
Examples:
  synod judge history.jsonl         is this recorded history linearizable?
  synod judge --help                all about judging
  synod explore twophase            does this spec do what it claims?
  synod graph tcommit -o graph.svg  draw all its states
  synod simulate abd --seeds 1..200  is this protocol right under faults?
  synod check                       everything that came with synod: all as expected?
  synod quorum --help               all about quorum systems
  synod hierarchy                   how many processes can agree by which shared objects?
  synod rounds --help               what can be decided in rounds, and what cannot

Exit codes: 0 holds, 1 violated, 2 unknown (a bound was hit), 254 bad arguments or input,
255 a fault of synod itself.`,
    )
  for (const command of commands) root.addCommand(command)
  for (const command of withInherited(root)) {
    command.exitOverride().configureOutput({
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      writeOut: (text) => {
        terminal.out(text)
      },
      writeErr: (text) => {
        terminal.err(text)
      },
      outputError: (text, write) => {
        write(visibleLines(text))
      },
    })
  }
  return root
}

/** The command and all below it, each with the settings of the one above. */
function withInherited(command: Command): readonly Command[] {
  const below = command.commands.flatMap((each) => {
    each.copyInheritedSettings(command)
    return withInherited(each)
  })
  return [command, ...below]
}

/** What is printed when the fault is ours: the stack, and what to do with it. */
export function crashText(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const version = `synod ${synodVersion()} (node ${process.version})`
  return `${visibleLines(stack)}

This is a fault of ${version}, not of your input. Please report
it with the lines above, the command line and, if you may share it, the file.
`
}
