import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Counts } from './explore-child.ts'
import { ask, cpuText, faultsOf } from './explore-child.ts'
import type { ExploreAnswer, ExploreQuestion } from './explore-one.ts'
import type { Theme } from './row.ts'
import { atLeast } from './row.ts'

interface Compared {
  readonly work: string
  /** Stateright's own name of the example, its size, and the search that it uses for it. */
  readonly peer: readonly [example: string, size: number, strategy: 'bfs' | 'dfs']
  readonly ours: ExploreQuestion
  readonly counts: Counts
}

const CASES: readonly Compared[] = [
  {
    work: '2pc, 8 resource managers',
    peer: ['2pc', 8, 'dfs'],
    ours: { file: 'commit/twophase', export: 'twoPhaseCommit', parameters: { rm: 8 } },
    counts: [1_745_408, 18_507_778],
  },
  {
    work: 'paxos, 3 clients',
    peer: ['paxos', 3, 'bfs'],
    ours: { file: 'actors/paxos', export: 'paxosRegister', parameters: { clients: 3 } },
    counts: [1_194_428, 2_420_477],
  },
  {
    work: 'single-copy-register, 4 clients',
    peer: ['single-copy-register', 4, 'dfs'],
    ours: { file: 'actors/single-copy', export: 'singleCopyRegister', parameters: { clients: 4 } },
    counts: [400_233, 731_789],
  },
  {
    work: 'linearizable-register, 2 servers, 2 clients',
    peer: ['linearizable-register', 2, 'bfs'],
    ours: { file: 'actors/abd', export: 'linearizableRegister', parameters: { servers: 2 } },
    counts: [544, 875],
  },
  {
    work: 'increment, 3 threads',
    peer: ['increment', 3, 'dfs'],
    ours: { file: 'actors/increment', export: 'increment', parameters: { threads: 3 } },
    counts: [84, 112],
  },
]

/** The Cargo project stands beside the sources; this file runs from `dist/bench`. */
const PROJECT = fileURLToPath(new URL('../../bench/peers/stateright/Cargo.toml', import.meta.url))

/**
 * Stateright's own examples, built by Cargo, and ours on the same state spaces, in one run. One
 * thread each; processor time, as threads that only help count too. Examples that take less than a
 * tenth of a second are compared in their counts alone.
 */
export const stateright: Theme = (report) => {
  const program = built()
  for (const { work, peer, ours, counts } of CASES) {
    const row = { work, unit: 'times' } as const
    if (program.fault !== undefined) {
      report({ ...row, faults: [], note: program.fault })
      continue
    }
    const answer = ask({ ...ours, keepGoing: true })
    const theirs = askPeer(program.file, peer)
    const faults = [
      ...faultsOf(work, { ...answer, outcome: 'pass' }, counts),
      ...faultsOf(`Stateright, ${work}`, { ...answer, ...theirs, outcome: 'pass' }, counts),
    ]
    const note = `${cpuText(answer)}; Stateright ${cpuText({ ...answer, ...theirs })}, ${peer[2]}`
    const long = theirs.cpuSeconds > 0.1
    const measured = { figure: theirs.cpuSeconds / answer.cpuSeconds, bar: atLeast(1) }
    report({ ...row, ...(long ? measured : { figure: 1 }), faults, note })
  }
  return Promise.resolve()
}

export type Built =
  { readonly file: string; readonly fault?: undefined } | { readonly fault: string }

/** Built outside of the project, and kept for the next time. */
export function built(): Built {
  if (spawnSync('cargo', ['--version']).status !== 0)
    return { fault: 'Cargo is missing, so there is no Stateright' }
  const target = join(tmpdir(), 'synod-stateright')
  const flags = ['build', '--release', '--locked', '--manifest-path', PROJECT]
  const run = spawnSync('cargo', flags, {
    encoding: 'utf8',
    env: { ...process.env, CARGO_TARGET_DIR: target },
  })
  if (run.status !== 0) {
    const said = run.stderr.split('\n').find((line) => line.startsWith('error')) ?? ''
    return { fault: `Stateright could not be built: ${said}` }
  }
  return { file: join(target, 'release', 'stateright-peer') }
}

type PeerAnswer = Pick<
  ExploreAnswer,
  'distinctStates' | 'generatedStates' | 'depth' | 'seconds' | 'cpuSeconds' | 'peakMegabytes'
>

export function askPeer(
  file: string,
  [example, size, strategy]: Compared['peer'],
  threads = 1,
): PeerAnswer {
  const asked = [example, String(size), String(threads), strategy]
  const run = spawnSync(file, asked, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`Stateright, ${example}: ${run.stderr}`)
  return JSON.parse(run.stdout) as PeerAnswer
}
