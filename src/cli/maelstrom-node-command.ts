import { join } from 'node:path'

import { Command, Option } from 'commander'

import { entryNamed, mutantOf, optionsOf } from '../../suites/named-protocol.ts'
import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import { seeded } from '../core/random.ts'
import { HandlerFault } from '../cluster/run-node.ts'
import { perKey } from '../cluster/maelstrom/per-key.ts'
import { speakMaelstrom } from '../cluster/maelstrom/speak-maelstrom.ts'
import type { Program } from '../node/index.ts'
import { visibleLines } from '../report/visible.ts'
import type { Assignment } from './explore-flags.ts'
import { paramOption } from './explore-flags.ts'
import { EXIT } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

interface MaelstromNodeFlags {
  readonly option?: readonly Assignment[]
  readonly mutant?: string
  readonly keys?: 'own' | 'instances'
  readonly data?: string
  readonly traceDir?: string
}

/** `synod maelstrom-node`: a protocol as a node that Maelstrom can test. */
export function maelstromNodeCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('maelstrom-node')
    .description("run a protocol as a node of Maelstrom's: messages on standard input and output")
    .argument('<protocol>', 'a protocol, or ./mine.js#protocol')
    .option('--option <name=value>', 'an option of the protocol; may be repeated', paramOption)
    .option('--mutant <name>', 'plant this bug')
    .addOption(new Option('--keys <as>', KEYS).choices(['own', 'instances']))
    .option('--data <dir>', 'where each node has a folder for its data (a new one for each parent)')
    .option('--trace-dir <dir>', 'log what it does, to be replayed')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: MaelstromNodeFlags) => {
      try {
        await speak(name, flags, terminal)
      } catch (error) {
        if (!(error instanceof HandlerFault)) throw error
        terminal.err(`${visibleLines(error.message)}\n`)
        finish(EXIT.fail)
      } finally {
        // Standard input would keep the process.
        process.stdin.destroy()
      }
    })
}

const KEYS = 'keys of a store: the protocol knows them, or gets an instance each (detected)'

const EXAMPLES = `
Requests are read, write and cas (with a key or without), broadcast, add, echo, generate and
propose, as far as the protocol knows them.

Examples:
  synod maelstrom test --bin synod -w lin-kv --faults kill,partition -- maelstrom-node raft
  maelstrom test -w lin-kv --bin synod --node-count 3 -- maelstrom-node abd

Without --data the folder is synod-PID in the working directory, PID being the process that
started the node: a node that is killed and started again finds its data, another run does not.`

async function speak(name: string, flags: MaelstromNodeFlags, terminal: Terminal): Promise<void> {
  const entry = await entryNamed(name)
  const { protocol } = entry
  const parameters = { ...entry.options, ...optionsOf(protocol, flags.option ?? []) }
  const mutant = mutantOf(protocol, flags.mutant ?? entry.mutant)
  const made: Program = protocol.make(parameters, mutant)
  const keys = flags.keys ?? (knowsKeys(entry) ? 'own' : 'instances')
  await speakMaelstrom({
    program: keys === 'own' ? made : perKey(made),
    protocol: protocol.name,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    tolerates: protocol.tolerates,
    data: flags.data ?? join(process.cwd(), `synod-${process.ppid}`),
    ...(flags.traceDir === undefined ? {} : { traces: flags.traceDir }),
    input: terminal.input,
    write: terminal.out,
    warn: (text) => terminal.err(`${visibleLines(text)}\n`),
  })
}

/** Whether what the protocol is asked in its own suite has keys. */
function knowsKeys({ workload, nodes }: ProtocolEntry): boolean {
  const client = workload.client({ client: 0, clients: 1, nodes, random: seeded(1) })
  return Array.from({ length: 10 }, () => client.next()).some((asked) => asked?.key !== undefined)
}
