import { fileURLToPath } from 'node:url'

import type { Judgement } from '../../checkers/judge.ts'
import { judge } from '../../checkers/judge.ts'
import { entryNamed, mutantOf, optionsOf } from '../../suites/named-protocol.ts'
import type { GivenOption } from '../../suites/named-protocol.ts'
import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import { workloadNamed } from '../../suites/workloads.ts'
import type { PlannedFault } from '../cluster/fault-plan.ts'
import { planFaults, readFaults } from '../cluster/fault-plan.ts'
import type { ClusterRun } from '../cluster/run-cluster.ts'
import { runCluster } from '../cluster/run-cluster.ts'
import type { Progress } from '../core/progress.ts'
import { showProgress, silent } from '../core/progress.ts'
import { seeded } from '../core/random.ts'
import type { Options } from '../node/index.ts'
import { readHistory } from '../history/read-history.ts'
import { visibleLines } from '../report/visible.ts'
import { modelNamed } from '../../checkers/models/index.ts'
import { EXIT, exitOf, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { runJson, runText } from './run-text.ts'
import type { Terminal } from './terminal.ts'

export interface RunFlags {
  readonly nodes?: number
  readonly clients?: number
  readonly rate: number
  readonly for: number
  readonly timeout: number
  readonly killLeaderEvery?: number
  readonly killEvery?: number
  readonly killAllEvery?: number
  readonly down?: number
  readonly partitionEvery?: number
  readonly pauseEvery?: number
  readonly faults?: string
  readonly seed?: number
  readonly option?: readonly GivenOption[]
  readonly mutant?: string
  readonly workload?: string
  readonly condition?: string
  readonly diskMs: number
  readonly out?: string
  readonly traceDir?: string
  readonly data?: string
  readonly strict?: true
  readonly json?: true
}

const NODES = 3
const CLIENTS = 5
const JUDGE_SECONDS = 120

/** A run and what became of it. */
export interface RanCluster {
  readonly name: string
  readonly entry: ProtocolEntry
  readonly run: ClusterRun
  /** Absent where the entry asks for no condition. */
  readonly judgement?: Judgement
  readonly outcome: Judgement['outcome']
}

/** Runs an entry by its name, prints what came out and answers the exit code. */
export async function runNamed(name: string, flags: RunFlags, terminal: Terminal): Promise<number> {
  const entry = await entryNamed(name)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  const stop = tellWhenInterrupted(flags.out, terminal)
  try {
    const ran = await runEntry(name, entry, flags, { terminal, progress })
    progress.stop()
    terminal.out(flags.json === true ? jsonLine(runJson(ran)) : runText(ran, terminal))
    if (ran.outcome === 'pass') ran.run.discard()
    return exitOf(ran.outcome)
  } finally {
    progress.stop()
    stop()
  }
}

/** Runs an entry as real processes, with options of a command line. @throws UserError */
export async function runEntry(
  name: string,
  entry: ProtocolEntry,
  flags: RunFlags,
  { terminal, progress }: { readonly terminal: Terminal; readonly progress: Progress },
): Promise<RanCluster> {
  const { protocol } = entry
  const options = { ...entry.options, ...optionsOf(protocol, flags.option ?? []) }
  const mutant = mutantOf(protocol, flags.mutant ?? entry.mutant)
  const parameters = { ...protocol.options, ...options }
  const seed = flags.seed ?? seeded(Date.now()).int(1, 999_999)
  const count = flags.nodes ?? NODES
  const workload = flags.workload === undefined ? entry.workload : workloadNamed(flags.workload)
  terminal.err(visibleLines(`seed ${seed}\n`))
  const run = await runCluster({
    program: protocol.make(parameters, mutant),
    protocol: protocol.name,
    parameters,
    tolerates: protocol.tolerates,
    command: nodeCommandLine(name, options, mutant, flags),
    nodes: count,
    workload,
    clients: {
      count: flags.clients ?? CLIENTS,
      policy: protocol.clients ?? 'any',
      timeoutMs: flags.timeout * 1000,
      rate: flags.rate,
    },
    forMs: flags.for * 1000,
    faults: await faultsOf(flags, count, seed),
    seed,
    invariants: entry.invariants,
    recovers: entry.recovers ?? true,
    ...(flags.out === undefined ? {} : { out: flags.out }),
    ...(flags.data === undefined ? {} : { data: flags.data }),
    ...(flags.traceDir === undefined ? {} : { traces: flags.traceDir }),
    say: (text) => progress.say(text),
    warn: (line) => terminal.err(visibleLines(`${line}\n`)),
  })
  progress.say('judging the history')
  const condition = flags.condition ?? entry.condition ?? workload.condition
  const model = flags.workload === undefined ? (entry.model ?? workload.model) : workload.model
  if (condition === 'none') return { name, entry, run, outcome: run.outcome }
  const judgement = await judged(run, condition, model)
  const worst = worstExit([exitOf(run.outcome), exitOf(judgement.outcome)])
  const outcome = worst === EXIT.fail ? 'fail' : worst === EXIT.unknown ? 'unknown' : 'pass'
  return { name, entry, run, judgement, outcome }
}

/** The command that starts a node, but for who it is. */
function nodeCommandLine(
  name: string,
  options: Options,
  mutant: string | undefined,
  flags: Pick<RunFlags, 'diskMs' | 'strict'>,
): readonly string[] {
  const main = fileURLToPath(new URL('./main.js', import.meta.url))
  const given = Object.entries(options).flatMap(([option, value]) => [
    '--option',
    `${option}=${String(value)}`,
  ])
  return [
    process.execPath,
    main,
    'node',
    name,
    ...given,
    '--mutant',
    mutant ?? 'none',
    '--disk-ms',
    String(flags.diskMs),
    ...(flags.strict === true ? ['--strict'] : []),
  ]
}

async function faultsOf(flags: RunFlags, count: number, seed: number): Promise<PlannedFault[]> {
  const nodes = Array.from({ length: count }, (_, at) => `n${at + 1}`)
  const read = flags.faults === undefined ? [] : await readFaults(flags.faults, nodes)
  const ms = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : seconds * 1000
  const often = {
    killLeaderEvery: ms(flags.killLeaderEvery),
    killEvery: ms(flags.killEvery),
    killAllEvery: ms(flags.killAllEvery),
    partitionEvery: ms(flags.partitionEvery),
    pauseEvery: ms(flags.pauseEvery),
    downMs: ms(flags.down),
  }
  const present = Object.fromEntries(
    Object.entries(often).filter(([, value]) => value !== undefined),
  )
  return [...read, ...planFaults(present, flags.for * 1000, nodes, seeded(seed * 1000 + 200))]
}

async function judged(
  run: ClusterRun,
  condition: string,
  model: string | undefined,
): Promise<Judgement> {
  return judge(await readHistory(run.history), {
    condition,
    ...(model === undefined ? {} : { model: modelNamed(model) }),
    budget: { seconds: JUDGE_SECONDS },
  })
}

/** An interrupted run ends by the signal, with a word about what there is. */
function tellWhenInterrupted(out: string | undefined, terminal: Terminal): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const tell = (signal: NodeJS.Signals): void => {
    const kept = out === undefined ? 'add --out FILE to keep the history' : `${out} can be judged`
    terminal.err(visibleLines(`interrupted: ${kept}\n`))
    stop()
    // The nodes end with us: their standard input does, and a watchdog kills who stands still.
    process.kill(process.pid, signal)
  }
  const stop = (): void => {
    for (const signal of signals) process.off(signal, tell)
  }
  for (const signal of signals) process.once(signal, tell)
  return stop
}
