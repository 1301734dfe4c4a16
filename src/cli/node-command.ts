import { Command, Option } from 'commander'

import { entryNamed, mutantOf, optionsOf } from '../../suites/named-protocol.ts'
import type { GivenOption } from '../../suites/named-protocol.ts'
import type { NodeSays } from '../cluster/attached.ts'
import { obey } from '../cluster/attached.ts'
import type { Address } from '../cluster/link.ts'
import type { RunningNode } from '../cluster/run-node.ts'
import { HandlerFault, runNode } from '../cluster/run-node.ts'
import { strict } from '../node/index.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { addressOf, givenOption, numberOf, originOf, peersOf } from './node-flags.ts'
import type { Terminal } from './terminal.ts'

interface NodeFlags {
  readonly id: string
  readonly peers: ReadonlyMap<string, Address>
  readonly data: string
  readonly listen?: Address
  readonly cluster?: string
  readonly option?: readonly GivenOption[]
  readonly mutant?: string
  readonly traceDir?: string
  readonly origin?: bigint
  readonly clockSkew: number
  readonly diskMs: number
  readonly strict?: true
  readonly attached?: true
}

/** `synod node`: one node of a cluster, as a process of its own. */
export function nodeCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('node')
    .description('run one node of a protocol as a process, over TCP and a write-ahead file')
    .argument('<protocol>', 'a name (raft), or ./mine.js#raft')
    .requiredOption('--id <node>', 'which of the peers this is')
    .requiredOption('--peers <list>', 'all nodes and their addresses: n1=host:port,...', peersOf)
    .requiredOption('--data <dir>', 'the folder of its write-ahead file')
    .option('--listen <host:port>', 'where to listen (its own address)', addressOf('--listen'))
    .option('--cluster <name>', 'nodes of other clusters are refused (the protocol)')
    .option('--option <name=value>', 'set an option of the protocol', givenOption)
    .option('--mutant <name>', 'plant a named bug')
    .option('--trace-dir <dir>', 'log every event, choice and effect there (nowhere)')
    .option('--clock-skew <percent>', 'its clock runs faster', numberOf('--clock-skew', 99), 0)
    .option('--disk-ms <ms>', 'every sync of the disk takes longer', numberOf('--disk-ms'), 0)
    .option('--strict', 'refuse handlers that change what they are given')
    .addOption(new Option('--origin <ns>', 'where times begin').argParser(originOf).hideHelp())
    .addOption(new Option('--attached', 'obey standard input and end with it').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: NodeFlags) => {
      finish(await runOne(name, flags, terminal))
    })
}

const EXAMPLES = `
Example, one terminal each:
  synod node raft --id n1 --peers n1=127.0.0.1:7001,n2=127.0.0.1:7002 --data data/n1
  synod node raft --id n2 --peers n1=127.0.0.1:7001,n2=127.0.0.1:7002 --data data/n2

Whatever ends the process is a crash, and a start with the same data is a restart. synod run does
all this for a whole cluster, with clients and faults.`

async function runOne(name: string, flags: NodeFlags, terminal: Terminal): Promise<number> {
  const warn = (text: string): void => terminal.err(visibleLines(`${flags.id}: ${text}\n`))
  const node = await started(name, flags, warn)
  const { host, port } = node.address
  let over = false
  if (flags.attached === true) {
    const say = (line: NodeSays): void => terminal.out(`${JSON.stringify(line)}\n`)
    const end = (): void => {
      if (!over) die()
    }
    void obey(node, terminal.input, say).then(end, end)
  } else {
    terminal.out(`${flags.id} of ${visibleLines(name)} listens on ${host}:${port}\n`)
  }
  try {
    await node.ended
    return EXIT.pass
  } catch (error) {
    if (!(error instanceof HandlerFault)) throw error
    warn(error.message)
    return EXIT.fail
  } finally {
    over = true
    // Standard input would keep the process.
    if (flags.attached === true) process.stdin.destroy()
  }
}

async function started(
  name: string,
  flags: NodeFlags,
  warn: (text: string) => void,
): Promise<RunningNode> {
  const { protocol } = await entryNamed(name)
  const parameters = { ...protocol.options, ...optionsOf(protocol, flags.option ?? []) }
  const mutant = mutantOf(protocol, flags.mutant)
  const made = protocol.make(parameters, mutant)
  return runNode({
    program: flags.strict === true ? strict(made) : made,
    name,
    protocol: protocol.name,
    parameters,
    ...(mutant === undefined ? {} : { mutant }),
    tolerates: protocol.tolerates,
    self: flags.id,
    peers: flags.peers,
    ...(flags.listen === undefined ? {} : { listen: flags.listen }),
    ...(flags.cluster === undefined ? {} : { cluster: flags.cluster }),
    data: flags.data,
    ...(flags.traceDir === undefined ? {} : { traces: flags.traceDir }),
    ...(flags.origin === undefined ? {} : { origin: flags.origin }),
    skew: flags.clockSkew,
    diskMs: flags.diskMs,
    warn,
  })
}

/** Nobody is left who wants this node: it goes as it would in a crash. */
function die(): void {
  process.kill(process.pid, 'SIGKILL')
}
