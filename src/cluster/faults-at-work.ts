import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Json } from '../core/json.ts'
import type { Random } from '../core/random.ts'
import type { CrashFault, Fault, LinkFault, NodeId } from '../node/index.ts'
import type { Cluster } from './cluster.ts'
import { ANYBODY, LEADER, OTHERS } from './fault-plan.ts'
import type { PlannedFault } from './fault-plan.ts'
import type { LinkState } from './proxy.ts'
import { HEALTHY } from './proxy.ts'
import { WAL_FILE } from './wal-file.ts'
import { firstRecordEnd, lastRecordStart } from './wal-format.ts'

export interface FaultsOptions {
  readonly cluster: Cluster
  readonly plan: readonly PlannedFault[]
  readonly random: Random
  /** The folder of the folders of the nodes. */
  readonly data: string
  /** A fault begins or ends: for the history and the trace. */
  happened(f: string, value: Json, node?: NodeId): void
}

/** Makes what was planned go wrong at its time. */
export class FaultsAtWork {
  readonly #options: FaultsOptions
  readonly #timers: NodeJS.Timeout[] = []
  readonly #links = new Set<LinkFault>()
  /** Nodes that are down, paused, or work badly, and what mends them. */
  readonly #open = new Map<Fault, () => Promise<void> | void>()
  readonly #busy = new Set<Promise<void>>()
  #over = false
  #failed: unknown

  constructor(options: FaultsOptions) {
    this.#options = options
  }

  start(): void {
    for (const planned of this.#options.plan) {
      const timer = setTimeout(() => this.#track(this.#begin(planned)), planned.at)
      this.#timers.push(timer)
    }
  }

  /** No fault begins any more, and all that have begun are mended. */
  async heal(restarts: boolean): Promise<void> {
    this.#over = true
    for (const timer of this.#timers) clearTimeout(timer)
    while (this.#busy.size > 0) await Promise.all(this.#busy)
    for (const fault of [...this.#open.keys()]) {
      if (fault.type !== 'crash' || restarts) await this.#end(fault)
    }
    this.#options.cluster.heal()
    if (this.#failed !== undefined) throw this.#failed as Error
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => {
        this.#failed ??= error
      })
      .finally(() => this.#busy.delete(tracked))
    this.#busy.add(tracked)
  }

  async #begin(planned: PlannedFault): Promise<void> {
    const { random, cluster } = this.#options
    const named = 'node' in planned ? [planned.node] : [...planned.from, ...planned.to]
    // Asked only where it matters: nodes that fall together must not wait for each other's answers.
    const asked = named.includes(LEADER) ? await cluster.leader() : undefined
    const leader = asked ?? random.pick(cluster.nodes)
    const fault = resolved(planned, leader, cluster.nodes, random)
    if ('node' in fault && this.#isTaken(fault.node)) return
    // From now on it is taken, also while it is only about to be hit.
    this.#open.set(fault, () => undefined)
    this.#open.set(fault, await this.#apply(fault))
    if (planned.until === undefined || this.#over) return
    const ms = Math.max(0, planned.until - planned.at)
    this.#timers.push(setTimeout(() => this.#track(this.#end(fault)), ms))
  }

  async #end(fault: Fault): Promise<void> {
    const mend = this.#open.get(fault)
    // Until it is mended, a node that starts again is not up, and cannot be hit in another way. One
    // that does not start has failed the run: it is not tried, and its disk not harmed, once more.
    this.#open.set(fault, () => undefined)
    await mend?.()
    this.#open.delete(fault)
  }

  /** A node that is down or paused cannot be hit in another way. */
  #isTaken(node: NodeId): boolean {
    return [...this.#open.keys()].some(
      (open) => (open.type === 'crash' || open.type === 'pause') && open.node === node,
    )
  }

  /** Begins it, and answers what ends it. */
  async #apply(fault: Fault): Promise<() => Promise<void> | void> {
    if (!('node' in fault)) return this.#breakLinks(fault)
    const { cluster, happened } = this.#options
    const { node } = fault
    const child = cluster.child(node)
    switch (fault.type) {
      case 'crash': {
        happened('kill', node, node)
        await cluster.kill(node)
        return () => this.#restart(fault)
      }
      case 'pause':
        child?.pause()
        happened('pause', node, node)
        return () => {
          cluster.child(node)?.resume()
          happened('resume', node, node)
        }
      case 'disk-full':
        await child?.tell({ f: 'disk-full', on: true })
        happened('start-disk-full', node, node)
        return async () => {
          await cluster.child(node)?.tell({ f: 'disk-full', on: false })
          happened('stop-disk-full', node, node)
        }
      case 'disk-slow':
        await child?.tell({ f: 'disk-slow', ms: fault.ms })
        happened('start-disk-slow', node, node)
        return async () => {
          await cluster.child(node)?.tell({ f: 'disk-slow', ms: 0 })
          happened('stop-disk-slow', node, node)
        }
      case 'clock-skew':
        await child?.tell({ f: 'clock-skew', percent: fault.percent })
        happened('start-clock-skew', node, node)
        return async () => {
          await cluster.child(node)?.tell({ f: 'clock-skew', percent: 0 })
          happened('stop-clock-skew', node, node)
        }
      case 'clock-jump':
        await child?.tell({ f: 'clock-jump', ms: fault.ms })
        happened('clock-jump', `${node} by ${fault.ms} ms`, node)
        return () => undefined
    }
  }

  async #restart(fault: CrashFault): Promise<void> {
    const { cluster, data, happened, random } = this.#options
    await harmDisk(join(data, fault.node), fault.disk, random)
    await cluster.start(fault.node)
    happened('restart', fault.node, fault.node)
  }

  #breakLinks(fault: LinkFault): () => void {
    const { happened } = this.#options
    const arrow = fault.both === true ? '<->' : '->'
    const about = `${fault.from.join(', ')} ${arrow} ${fault.to.join(', ')}`
    const value = fault.amount === undefined ? about : `${about} by ${fault.amount}`
    const isCut = fault.type === 'partition'
    this.#links.add(fault)
    this.#setLinks()
    happened(isCut ? 'partition' : `start-${fault.type}`, { cut: value })
    return () => {
      this.#links.delete(fault)
      this.#setLinks()
      happened(isCut ? 'heal' : `stop-${fault.type}`, { cut: value })
    }
  }

  #setLinks(): void {
    const { cluster } = this.#options
    for (const from of cluster.nodes) {
      for (const to of cluster.nodes) {
        if (from !== to) cluster.setLink(from, to, linkState([...this.#links], from, to))
      }
    }
  }
}

/** What is wrong with a link when all of these faults are. */
export function linkState(faults: readonly LinkFault[], from: NodeId, to: NodeId): LinkState {
  let state = HEALTHY
  for (const fault of faults) {
    const hit = fault.from.includes(from) && fault.to.includes(to)
    const back = fault.both === true && fault.from.includes(to) && fault.to.includes(from)
    if (!hit && !back) continue
    const { type, amount = DEFAULT_AMOUNT[type] } = fault
    state = {
      cut: state.cut || type === 'partition',
      clogged: state.clogged || type === 'clog',
      loss: type === 'loss' ? Math.max(state.loss, amount) : state.loss,
      duplicate: type === 'duplicate' ? Math.max(state.duplicate, amount) : state.duplicate,
      delay: type === 'delay' ? Math.max(state.delay, amount) : state.delay,
    }
  }
  return state
}

/** Percent or milliseconds, where nobody says. */
const DEFAULT_AMOUNT = { partition: 0, clog: 0, loss: 20, duplicate: 20, delay: 100 } as const

/** The same fault with names of nodes. */
function resolved(
  fault: PlannedFault,
  leader: NodeId,
  nodes: readonly NodeId[],
  random: Random,
): Fault {
  const anybody = random.pick(nodes)
  const whom = (name: NodeId): NodeId =>
    name === LEADER ? leader : name === ANYBODY ? anybody : name
  if ('node' in fault) return { ...fault, node: whom(fault.node) }
  const named = (names: readonly NodeId[]): NodeId[] =>
    names.filter((name) => name !== OTHERS).map(whom)
  const [from, to] = [named(fault.from), named(fault.to)]
  const others = nodes.filter((node) => !from.includes(node) && !to.includes(node))
  return {
    ...fault,
    from: fault.from.includes(OTHERS) ? [...from, ...others] : from,
    to: fault.to.includes(OTHERS) ? [...to, ...others] : to,
  }
}

/** What a crash does to a disk besides the loss of what was not yet written. */
async function harmDisk(folder: string, harm: CrashFault['disk'], random: Random): Promise<void> {
  if (harm === 'wipe') await rm(folder, { recursive: true, force: true })
  if (harm !== 'torn' && harm !== 'corrupt') return
  const path = join(folder, WAL_FILE)
  const bytes = await readFile(path)
  if (harm === 'torn') {
    // Half a record, as a write leaves it that did not come to its end.
    const torn = bytes.subarray(0, random.int(1, Math.min(30, bytes.length)))
    await writeFile(path, Buffer.concat([bytes, torn]))
    return
  }
  // A damaged last record could not be told from one that was torn.
  const [from, last] = [firstRecordEnd(bytes), lastRecordStart(bytes)]
  const at = random.int(from, (last > from ? last : bytes.length) - 1)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7))
  await writeFile(path, bytes)
}
