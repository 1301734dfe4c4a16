import { entryNamed } from '../../suites/named-protocol.ts'
import type { AnyProtocol } from '../node/index.ts'
import { visible, wrap } from '../report/visible.ts'
import { EXIT } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'

/** `synod simulate --list`: all protocols or one, with options and mutants. */
export async function showProtocols(
  name: string | undefined,
  flags: { readonly json?: true },
  terminal: Terminal,
): Promise<number> {
  const { protocolEntries } = await import('../../suites/protocols.ts')
  const all = [...new Set(protocolEntries.map(({ protocol }) => protocol))]
  const asked = name === undefined ? all : [(await entryNamed(name)).protocol]
  for (const protocol of asked) {
    const entries = protocolEntries.filter((entry) => entry.protocol === protocol)
    const names = entries.map((entry) => entry.name)
    terminal.out(
      flags.json ? jsonLine(plain(protocol, names)) : protocolText(protocol, names, terminal.width),
    )
  }
  if (name === undefined && !flags.json)
    terminal.out('\nrun one:  synod simulate NAME --seeds 1..200 --mutant NAME\n')
  return EXIT.pass
}

function plain(protocol: AnyProtocol, entries: readonly string[]): object {
  const { name, about, source, options, mutants = {}, tolerates, clients = 'any' } = protocol
  return {
    name,
    about,
    ...(source === undefined ? {} : { source }),
    options,
    mutants,
    tolerates,
    clients,
    entries,
  }
}

function protocolText(protocol: AnyProtocol, entries: readonly string[], width: number): string {
  const { name, about, source, options, mutants = {} } = protocol
  const values = Object.entries(options).map(([key, value]) => `${key}=${String(value)}`)
  const planted = Object.keys(mutants).map((mutant) => `${name}/${mutant}`)
  const others = entries.filter((entry) => entry !== name && !planted.includes(entry))
  const lines = [
    about,
    ...(source === undefined ? [] : [source]),
    ...(others.length === 0 ? [] : [`also: ${others.join(', ')}`]),
    ...Object.entries(mutants).map(([key, bug]) => `--mutant ${key}: ${bug}`),
  ]
  const text = lines
    .flatMap((line) =>
      wrap(visible(line), width - 6).map((part, at) => (at === 0 ? part : `  ${part}`)),
    )
    .map((line) => `    ${line}\n`)
  return `${[visible(name), ...values.map(visible)].join('  ')}\n${text.join('')}`
}
