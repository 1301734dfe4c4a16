import type { MaelstromFlags } from './maelstrom-flags.ts'

/** The command that asks the same and lets the same go wrong. */
export function commandOf(flags: MaelstromFlags, given: readonly string[]): string {
  const words = [
    ...['synod maelstrom test --bin', quoted(flags.bin), '-w', flags.workload],
    ...['--nodes', flags.nodes, ...(flags.firstNode === 0 ? [] : ['--first-node 1'])],
    ...(flags.faults.length === 0 ? [] : ['--faults', flags.faults.join(',')]),
    ...(flags.faults.length === 0 || flags.faultEvery === 2.5
      ? []
      : ['--fault-every', `${flags.faultEvery}s`]),
    ...(flags.faultLinks.join() === 'nodes,services'
      ? []
      : ['--fault-links', flags.faultLinks.join(',')]),
    ...(flags.faultFile === undefined ? [] : ['--fault-file', quoted(flags.faultFile)]),
    ...['--for', `${flags.for}s`, '--rate', flags.rate],
    ...(flags.concurrency === undefined ? [] : ['--concurrency', flags.concurrency]),
    ...(flags.latency === 0
      ? []
      : ['--latency', flags.latency, '--latency-dist', flags.latencyDist]),
    ...['--seed', flags.seed],
    ...(given.length === 0 ? [] : ['--', ...given.map(quoted)]),
  ]
  return words.join(' ')
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
