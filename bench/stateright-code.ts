import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ComposeAnswer, ComposeQuestion } from './compose-one.ts'
import type { Theme } from './row.ts'
import { atLeast } from './row.ts'
import { askPeer, built } from './stateright.ts'

interface Asked {
  readonly work: string
  /** Stateright's example and its size, for the search alone. */
  readonly peer: readonly [example: string, size: number, strategy: 'bfs' | 'dfs']
  readonly theirStates: number
  readonly ours: ComposeQuestion
  readonly ourStates: number
}

const CASES: readonly Asked[] = [
  {
    work: 'Paxos, real code, 3 clients',
    peer: ['paxos', 3, 'bfs'],
    theirStates: 1_194_428,
    ours: { protocol: 'paxos', nodes: 3, clients: 3 },
    ourStates: 82_613,
  },
  {
    work: 'ABD, real code, 3 servers, 2 clients',
    peer: ['linearizable-register', 3, 'bfs'],
    theirStates: 1_212_979,
    ours: { protocol: 'abd', nodes: 3, clients: 2 },
    ourStates: 448_312,
  },
  {
    work: 'Paxos, real code, 2 clients: the search alone',
    peer: ['paxos', 2, 'bfs'],
    theirStates: 16_668,
    ours: { protocol: 'paxos', nodes: 3, clients: 2 },
    ourStates: 2_125,
  },
  {
    work: 'ABD, real code, 2 servers, 2 clients: the search alone',
    peer: ['linearizable-register', 2, 'bfs'],
    theirStates: 544,
    ours: { protocol: 'abd', nodes: 2, clients: 2 },
    ourStates: 17_121,
  },
]

/** Searches of theirs that are shorter than this are over before our code has been compiled. */
const LONG_SECONDS = 1
const RUNS = 3

/**
 * Stateright's models of Paxos and of ABD, and the same questions asked of real code, in one run,
 * by the clock. Theirs has the number of threads that is faster, ours one. Ours are asked a little
 * more: whatever is sent may also be lost and doubled; each client of ABD may ask either of two
 * servers; and proposers of Paxos go on with a ballot when they hear of a greater one.
 *
 * What is short is compared as whole commands, from start to end. The examples of Stateright look
 * once a second whether the search is over.
 */
export const staterightCode: Theme = (report) => {
  const program = built()
  for (const { work, peer, theirStates, ours, ourStates } of CASES) {
    const row = { work, unit: 'times' } as const
    if (program.fault !== undefined) {
      report({ ...row, faults: [], note: program.fault })
      continue
    }
    const [answer] = often(() => askOurs(ours))
    const [one] = often(() => askPeer(program.file, peer))
    const [two] = often(() => askPeer(program.file, peer, 2))
    const faults = [
      ...faultsOf(work, 'pass', answer.outcome),
      ...faultsOf(work, ourStates, answer.distinctStates),
      ...faultsOf(`Stateright, ${work}`, theirStates, one.distinctStates),
    ]
    const theirs = Math.min(one.seconds, two.seconds)
    const figure = theirs / answer.seconds
    const threads = `${secondsText(one)} with one thread, ${secondsText(two)} with two`
    const mine = `${counted(answer)}, ${secondsText(answer)}`
    const note = `${mine}; Stateright ${counted(one)}, ${threads}`
    const judged = theirs > LONG_SECONDS ? { bar: atLeast(1) } : {}
    report({ ...row, figure, ...judged, faults, note })
  }
  if (program.fault === undefined) wholeCommands(program.file, report)
  return Promise.resolve()
}

const SYNOD = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

/** As somebody types them, from start to end. */
function wholeCommands(peer: string, report: Parameters<Theme>[0]): void {
  for (const clients of [2, 3]) {
    const asks = Array.from({ length: clients }, (_, at) => `n${at + 1}: propose ${at + 1}`)
    const flags = ['--option', 'nak=false', '--live-messages', '--json']
    const ours = ['explore', 'paxos', '--impl', ...asks.flatMap((ask) => ['--ask', ask]), ...flags]
    const [mine] = often(() => timed(process.execPath, [SYNOD, ...ours], {}))
    const environment = { STATERIGHT_EXAMPLE: 'paxos', RUST_LOG: 'error' }
    const [theirs] = often(() => timed(peer, ['check', String(clients)], environment))
    report({
      work: `Paxos, ${clients} clients: from command to verdict`,
      figure: theirs.seconds / mine.seconds,
      unit: 'times',
      bar: atLeast(1),
      faults: [
        ...faultsOf('synod', true, mine.said.includes('"outcome":"pass"')),
        ...faultsOf('Stateright', true, theirs.said.includes('Done.')),
      ],
      note: `${secondsText(mine)}; Stateright ${secondsText(theirs)}`,
    })
  }
}

interface Timed {
  readonly seconds: number
}

/** Some answers, the quickest first. */
function often<Answer extends Timed>(ask: () => Answer): readonly [Answer, ...Answer[]] {
  const first = ask()
  const all = [first, ...Array.from({ length: RUNS - 1 }, ask)]
  const [best = first, ...rest] = all.sort((one, other) => one.seconds - other.seconds)
  return [best, ...rest]
}

function timed(
  command: string,
  parts: readonly string[],
  environment: Readonly<Record<string, string>>,
): Timed & { readonly said: string } {
  const started = performance.now()
  const env = { ...process.env, ...environment }
  const run = spawnSync(command, parts, { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  return { seconds: (performance.now() - started) / 1000, said: run.stdout }
}

const ONE = fileURLToPath(new URL('compose-one.js', import.meta.url))

function askOurs(question: ComposeQuestion): ComposeAnswer {
  const run = spawnSync(process.execPath, [ONE, JSON.stringify(question)], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`${question.protocol}: ${run.stderr}`)
  return JSON.parse(run.stdout) as ComposeAnswer
}

function faultsOf(work: string, expected: unknown, got: unknown): readonly string[] {
  return expected === got ? [] : [`${work}: ${String(got)} instead of ${String(expected)}`]
}

function secondsText({ seconds }: Timed): string {
  return `${seconds.toFixed(2)} s`
}

function counted(answer: { readonly distinctStates: number; readonly peakMegabytes: number }) {
  const states = answer.distinctStates.toLocaleString('en-US')
  return `${states} states, ${Math.round(answer.peakMegabytes)} MB`
}
