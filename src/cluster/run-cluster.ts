import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Invariant } from '../core/invariant.ts'
import { seeded } from '../core/random.ts'
import { UserError } from '../core/user-error.ts'
import type { NodeId, Options, Program, Tolerates, Workload } from '../node/index.ts'
import { Asker } from './asker.ts'
import type { TraceCheck } from './check-trace.ts'
import { checkTrace } from './check-trace.ts'
import type { Ended } from './child-node.ts'
import { endedText } from './child-node.ts'
import { Clients } from './clients.ts'
import { Cluster } from './cluster.ts'
import type { PlannedFault } from './fault-plan.ts'
import { FaultsAtWork } from './faults-at-work.ts'
import { HistoryFile } from './history-file.ts'
import type { Mark } from './merged-trace.ts'
import { mergeTraces } from './merged-trace.ts'

/** A cluster of real processes, its clients and what goes wrong. */
export interface ClusterRunOptions {
  readonly program: Program
  readonly protocol: string
  /** With all defaults filled in: nodes compare them. */
  readonly parameters: Options
  readonly tolerates: Tolerates
  /** What starts a node but for who it is: `[process.execPath, 'main.js', 'node', 'raft']`. */
  readonly command: readonly string[]
  readonly nodes: number
  readonly workload: Workload
  readonly clients: {
    readonly count: number
    readonly policy: 'any' | 'own'
    /** Default: 1,000. */
    readonly timeoutMs?: number
    readonly againMs?: number
    /** Operations in a second, of all together. */
    readonly rate: number
  }
  /** How long clients ask and faults happen, in milliseconds. */
  readonly forMs: number
  readonly faults: readonly PlannedFault[]
  readonly seed: number
  readonly invariants: readonly Invariant[]
  /** Whether the cluster must serve requests once everything has healed. Default: yes. */
  readonly recovers?: boolean
  /** Within how many milliseconds. Default: 10,000. */
  readonly recoverMs?: number
  /** Where the history is written. Default: in a new folder. */
  readonly out?: string
  /** For the folders of the nodes, empty or not there. Default: a new one. */
  readonly data?: string
  /** For the traces, without traces in it. Default: a new one. */
  readonly traces?: string
  /** What is going on, for people who wait. */
  say?(text: string): void
  /** A line that a node wrote to standard error. */
  warn?(text: string): void
}

export interface ClusterRun {
  /** Whether the history is right is judged by whoever asked for the run. */
  readonly outcome: 'pass' | 'fail'
  readonly failure?: ClusterFailure
  readonly seed: number
  /** Path of the history. */
  readonly history: string
  readonly traces: string
  readonly data: string
  readonly operations: HistoryFile['counts']
  /** Faults as they happened, and how long it took until somebody was served again. */
  readonly faults: readonly HappenedFault[]
  readonly replayed: TraceCheck
  /** After everything was healed, in milliseconds; absent if that was not asked or not reached. */
  readonly recoveredMs?: number
  /** Messages that were lost on the way between nodes. */
  readonly lost: number
  /** Removes what was written into new folders of our own. */
  discard(): void
}

export interface ClusterFailure {
  /**
   * `exception`: a node ended by itself. `replay`: the pure code does something else than the
   * process did. `stalled`: nobody was served after everything had healed.
   */
  readonly kind: 'exception' | 'invariant' | 'stalled' | 'replay'
  readonly name: string
  readonly sentence: string
}

export interface HappenedFault {
  /** As in the history: `kill`, `restart`, `partition`, ... */
  readonly f: string
  readonly value: unknown
  /** Milliseconds since the start. */
  readonly at: number
  /** Until the first operation that was called after it had been served; absent: none was. */
  readonly servedAfterMs?: number
}

const TIMEOUT_MS = 1_000
const RECOVER_MS = 10_000

/**
 * Runs a cluster of real processes and records what its clients see. However it ends, no process is
 * left behind.
 *
 * @throws UserError if a node does not start, or a folder or file cannot be used
 */
export async function runCluster(options: ClusterRunOptions): Promise<ClusterRun> {
  const places = placesOf(options)
  const origin = process.hrtime.bigint()
  const history = new HistoryFile(places.history, origin)
  const run = new RealRun(options, places, history, origin)
  try {
    await run.go()
  } finally {
    await run.close()
    history.close()
  }
  return run.conclude()
}

interface Places {
  readonly data: string
  readonly traces: string
  readonly history: string
  /** What we have made ourselves. */
  readonly own: string | undefined
}

class RealRun {
  readonly #options: ClusterRunOptions
  readonly #places: Places
  readonly #history: HistoryFile
  readonly #origin: bigint
  readonly #nodes: readonly NodeId[]
  readonly #marks: Mark[] = []
  readonly #faults: { f: string; value: unknown; time: number }[] = []
  #cluster: Cluster | undefined
  #asker: Asker | undefined
  #failure: ClusterFailure | undefined
  #recoveredMs: number | undefined
  #lost = 0
  /** Stops the clients, and returns when each has ended what it was at. */
  #askedUntil = (): Promise<void> => Promise.resolve()

  constructor(options: ClusterRunOptions, places: Places, history: HistoryFile, origin: bigint) {
    this.#options = options
    this.#places = places
    this.#history = history
    this.#origin = origin
    this.#nodes = Array.from({ length: options.nodes }, (_, at) => `n${at + 1}`)
  }

  async go(): Promise<void> {
    const { forMs, seed, say, faults: plan, tolerates } = this.#options
    say?.(`starting ${this.#nodes.length} nodes`)
    const cluster = await this.#start()
    const clients = this.#clients(cluster)
    const faults = new FaultsAtWork({
      cluster,
      plan,
      random: seeded(seed * 1000 + 300),
      data: this.#places.data,
      happened: (f, value, node) => this.#happened(f, value, node),
    })
    faults.start()
    const asking = clients.run()
    this.#askedUntil = async () => {
      clients.stop()
      await Promise.allSettled([asking])
    }
    const end = performance.now() + forMs
    // All may have asked for everything they wanted; faults still take their time.
    while (performance.now() < end && this.#failure === undefined) {
      const { ok } = this.#history.counts
      say?.(`${Math.ceil((end - performance.now()) / 1000)} s to go, ${ok} operations served`)
      await sleep(Math.min(250, Math.max(1, end - performance.now())))
    }
    clients.stop()
    await faults.heal(tolerates.restarts === true)
    await asking
    if (this.#failure === undefined) await this.#recover(cluster, clients)
    this.#lost = cluster.lost
  }

  async close(): Promise<void> {
    this.#asker?.close()
    await this.#cluster?.close()
    // Whatever went wrong, what clients have begun is written down before the history is closed.
    await this.#askedUntil()
  }

  conclude(): ClusterRun {
    const { program, invariants, seed } = this.#options
    const { own, ...places } = this.#places
    const trace = mergeTraces(places.traces, this.#nodes, this.#marks)
    const replayed = checkTrace(program, trace, invariants)
    const failure = this.#failure ?? failureOf(replayed)
    return {
      outcome: failure === undefined ? 'pass' : 'fail',
      ...(failure === undefined ? {} : { failure }),
      seed,
      ...places,
      operations: this.#history.counts,
      faults: this.#faults.map((each) => this.#told(each)),
      replayed,
      ...(this.#recoveredMs === undefined ? {} : { recoveredMs: this.#recoveredMs }),
      lost: this.#lost,
      discard: () => {
        if (own !== undefined) rmSync(own, { recursive: true, force: true })
      },
    }
  }

  async #start(): Promise<Cluster> {
    const { command, protocol, tolerates, seed, warn } = this.#options
    this.#cluster = await Cluster.start({
      nodes: this.#nodes,
      command,
      name: `${protocol}-${process.pid}-${seed}`,
      tolerates,
      ...this.#places,
      origin: this.#origin,
      seed,
      said: (_, line) => warn?.(line),
      ended: (node, how) => this.#ended(node, how),
    })
    return this.#cluster
  }

  #clients(cluster: Cluster): Clients {
    const { protocol, parameters, clients, workload, seed } = this.#options
    const name = `${protocol}-${process.pid}-${seed}`
    const membership = { cluster: name, protocol, parameters, nodes: this.#nodes }
    this.#asker = new Asker(membership, (node) => cluster.address(node))
    return new Clients({
      timeoutMs: TIMEOUT_MS,
      ...clients,
      count: clients.policy === 'own' ? this.#nodes.length : clients.count,
      workload,
      nodes: this.#nodes,
      seed,
      asker: this.#asker,
      history: this.#history,
    })
  }

  /** Everything is mended: the cluster has to serve again, and says what it ended up with. */
  async #recover(cluster: Cluster, clients: Clients): Promise<void> {
    const { program, recovers = true, recoverMs = RECOVER_MS } = this.#options
    const up = this.#nodes.filter((node) => cluster.isUp(node))
    const enough = program.enough?.(up, this.#nodes) ?? 2 * up.length > this.#nodes.length
    if (!recovers || !enough) return
    const began = performance.now()
    const served = await clients.last(recoverMs, (node) => cluster.isUp(node))
    if (served) this.#recoveredMs = Math.round(performance.now() - began)
    else {
      const sentence = `not every client was served ${recoverMs / 1000} s after all had healed`
      this.#failure ??= { kind: 'stalled', name: 'recovers', sentence }
    }
  }

  #happened(f: string, value: unknown, node?: NodeId): void {
    const event = { process: 'nemesis', type: 'info', f, value: value as null } as const
    const time = this.#history.write(event)
    this.#faults.push({ f, value, time })
    const label = `${f} ${typeof value === 'string' ? value : JSON.stringify(value)}`
    const about = { time: Math.floor(time / 1000), ...(node === undefined ? {} : { node }) }
    this.#marks.push({ ...about, event: { type: 'fault', label } })
  }

  #ended(node: NodeId, ended: Ended): void {
    const time = Math.floor(this.#history.now() / 1000)
    this.#marks.push({ time, node, event: { type: 'crash' } })
    if (ended.killed) return
    const said = ended.lines.join('\n')
    const name = /\b(\w*(?:Error|Broken))\b/.exec(said)?.[1] ?? 'ended'
    const sentence = `${node} ${endedText(ended)}${said === '' ? '' : `; it said last:\n${said}`}`
    this.#failure ??= { kind: 'exception', name, sentence }
  }

  #told({ f, value, time }: { f: string; value: unknown; time: number }): HappenedFault {
    const served = this.#history.firstServed(time)
    return {
      f,
      value,
      at: Math.round(time / 1e6),
      ...(served === undefined ? {} : { servedAfterMs: Math.round((served - time) / 1e6) }),
    }
  }
}

function failureOf({ divergence, violation }: TraceCheck): ClusterFailure | undefined {
  if (divergence !== undefined) {
    const sentence = `${divergence.node}, step ${divergence.step}: ${divergence.difference}`
    return { kind: 'replay', name: 'replay', sentence }
  }
  if (violation === undefined) return undefined
  const { invariant: name, sentence } = violation
  return { kind: 'invariant', name, sentence }
}

function placesOf({ data, traces, out }: ClusterRunOptions): Places {
  for (const [option, folder] of [
    ['--data', data],
    ['--trace-dir', traces],
  ] as const) {
    if (folder !== undefined) checkEmpty(option, folder)
  }
  const given = data !== undefined && traces !== undefined && out !== undefined
  const own = given ? undefined : mkdtempSync(join(tmpdir(), 'synod-run-'))
  const place = (name: string): string => join(own ?? '', name)
  return {
    data: data ?? place('data'),
    traces: traces ?? place('traces'),
    history: out ?? place('history.jsonl'),
    own,
  }
}

/** What an earlier run has left would be taken for what this one has done. */
function checkEmpty(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length === 0) return
  } catch (cause) {
    throw new UserError(`this folder cannot be used (${(cause as Error).message})`, {
      where: folder,
      hint: `name one that you may write to: ${option} DIR`,
      cause,
    })
  }
  throw new UserError('this folder is not empty', {
    where: folder,
    hint: `name a new one: ${option} ${folder}-2`,
  })
}
