import type { MaelstromFlags } from './maelstrom-flags.ts'

/** The command that asks the same and lets the same go wrong: what is not as it is by default. */
export function commandOf(flags: MaelstromFlags, given: readonly string[]): string {
  const { faults, faultLinks, latency, concurrency, timeout } = flags
  const options: readonly (readonly [name: string, value: string | number, usual: unknown])[] = [
    ['--first-node', flags.firstNode, 0],
    ['--faults', faults.join(','), ''],
    ['--fault-every', milliseconds(flags.faultEvery), milliseconds(2.5)],
    ['--fault-links', faultLinks.join(','), 'nodes,services'],
    ['--fault-file', flags.faultFile ?? '', ''],
    ['--rate', flags.rate, 20],
    ['--concurrency', concurrency ?? '', ''],
    ['--latency', latency, 0],
    ['--latency-dist', flags.latencyDist, 'constant'],
    ['--timeout', timeout === undefined ? '' : milliseconds(timeout), ''],
    ['--init-timeout', milliseconds(flags.initTimeout), milliseconds(10)],
    ['--quiet', milliseconds(flags.quiet), milliseconds(10)],
    ['--refusals', flags.refusals, 'observe'],
  ]
  const words = [
    ...['synod', 'maelstrom', 'test', '--bin', flags.bin, '-w', flags.workload],
    ...['--nodes', flags.nodes, '--for', milliseconds(flags.for)],
    ...options.flatMap(([name, value, usual]) => (value === usual ? [] : [name, value])),
    ...['--seed', flags.seed],
    ...(given.length === 0 ? [] : ['--', ...given]),
  ]
  return words.map((word) => quoted(String(word))).join(' ')
}

/** `700ms`, `10s`, from seconds. */
function milliseconds(seconds: number): string {
  const ms = Math.round(1000 * seconds)
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
