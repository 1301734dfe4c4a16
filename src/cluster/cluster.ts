import { join } from 'node:path'

import { seeded } from '../core/random.ts'
import type { NodeId, Tolerates, View } from '../node/index.ts'
import { ChildNode } from './child-node.ts'
import type { Ended } from './child-node.ts'
import type { Address } from './link.ts'
import type { LinkState } from './proxy.ts'
import { HEALTHY, LinkProxy } from './proxy.ts'
import { Watchdog } from './watchdog.ts'

export interface ClusterOptions {
  readonly nodes: readonly NodeId[]
  /** The command that starts a node, but for who it is: `node main.js node raft ...`. */
  readonly command: readonly string[]
  readonly name: string
  readonly tolerates: Tolerates
  /** Each node has a folder of its own in it. */
  readonly data: string
  readonly traces: string
  /** Where the times of the traces begin. */
  readonly origin: bigint
  readonly seed: number
  /** A line that a node wrote to standard error. */
  said(node: NodeId, line: string): void
  /** A node has ended before the cluster was closed. */
  ended(node: NodeId, how: Ended): void
}

/** The processes of a cluster and the proxies between them. */
export class Cluster {
  readonly #options: ClusterOptions
  readonly #watchdog = new Watchdog()
  readonly #children = new Map<NodeId, ChildNode>()
  readonly #proxies = new Map<NodeId, Map<NodeId, LinkProxy>>()
  #closed = false

  private constructor(options: ClusterOptions) {
    this.#options = options
  }

  /**
   * Starts all nodes. Nothing is left running if it fails.
   *
   * @throws UserError if a node ends before it listens
   */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options)
    try {
      await cluster.#openProxies()
      // All of them even if one fails: none may start behind our back.
      const starts = await Promise.allSettled(options.nodes.map((node) => cluster.start(node)))
      const failed = starts.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
      return cluster
    } catch (error) {
      await cluster.close()
      throw error
    }
  }

  get nodes(): readonly NodeId[] {
    return this.#options.nodes
  }

  isUp(node: NodeId): boolean {
    return this.#children.has(node)
  }

  /** Where it listens; `undefined` while it is down. */
  address(node: NodeId): Address | undefined {
    return this.#children.get(node)?.address
  }

  child(node: NodeId): ChildNode | undefined {
    return this.#children.get(node)
  }

  /** The first start, or one with what it has on its disk. */
  async start(node: NodeId): Promise<void> {
    if (this.#children.has(node)) throw new Error(`${node} is up`)
    const { watchdog, said, command } = this.#startOptions(node)
    const child = await ChildNode.start({ node, command, watchdog, said })
    if (this.#closed) {
      await child.kill()
      return
    }
    this.#children.set(node, child)
    void child.ended.then((ended) => {
      if (this.#children.get(node) === child) this.#children.delete(node)
      if (!this.#closed) this.#options.ended(node, ended)
    })
  }

  /** SIGKILL: it is down when the promise is kept. */
  async kill(node: NodeId): Promise<void> {
    const child = this.#children.get(node)
    this.#children.delete(node)
    await child?.kill()
  }

  /** What all nodes show, those that do not answer within half a second left out. */
  async views(): Promise<ReadonlyMap<NodeId, View>> {
    const views = await Promise.all(
      [...this.#children].map(async ([node, child]) => [node, await child.view()] as const),
    )
    return new Map(views.flatMap(([node, view]) => (view === undefined ? [] : [[node, view]])))
  }

  /** The node that says it leads, and of several the one with the greatest term. */
  async leader(): Promise<NodeId | undefined> {
    let best: { node: NodeId; term: number } | undefined
    for (const [node, { role, term }] of await this.views()) {
      const number = typeof term === 'number' ? term : 0
      if (role === 'leader' && (best === undefined || number > best.term)) {
        best = { node, term: number }
      }
    }
    return best?.node
  }

  /** What is wrong with the link from one node to another from now on. */
  setLink(from: NodeId, to: NodeId, state: LinkState): void {
    this.#proxies.get(from)?.get(to)?.set(state)
  }

  heal(): void {
    for (const proxies of this.#proxies.values()) {
      for (const proxy of proxies.values()) proxy.set(HEALTHY)
    }
  }

  /** How many messages the proxies have lost. */
  get lost(): number {
    const all = [...this.#proxies.values()].flatMap((proxies) => [...proxies.values()])
    return all.reduce((sum, { lost }) => sum + lost, 0)
  }

  /** Kills all that runs; nothing is left when the promise is kept. */
  async close(): Promise<void> {
    this.killAll()
    await Promise.all([...this.#children.values()].map(({ ended }) => ended))
    for (const proxies of this.#proxies.values()) {
      for (const proxy of proxies.values()) proxy.close()
    }
    this.#watchdog.close()
  }

  /** The part of it that can be done at once, as a process ends. */
  killAll(): void {
    this.#closed = true
    for (const child of this.#children.values()) void child.kill()
  }

  async #openProxies(): Promise<void> {
    const { nodes, seed, tolerates } = this.#options
    let given = 0
    for (const from of nodes) {
      const proxies = new Map<NodeId, LinkProxy>()
      this.#proxies.set(from, proxies)
      for (const to of nodes) {
        if (from === to) continue
        const target = (): Address | undefined => this.address(to)
        const random = seeded(seed * 1000 + ++given)
        const reorders = tolerates.reordering === true
        proxies.set(to, await LinkProxy.open({ target, random, reorders }))
      }
    }
  }

  #startOptions(node: NodeId): {
    watchdog: Watchdog
    command: readonly string[]
    said: (line: string) => void
  } {
    const { command, data, traces, origin, name, nodes, said } = this.#options
    // Itself it never calls; the address only has its place in the list.
    const peers = nodes.map((other) => {
      const { host, port } = this.#proxies.get(node)?.get(other)?.address ?? NOWHERE
      return `${other}=${host}:${port}`
    })
    const about = ['--id', node, '--peers', peers.join(','), '--listen', '127.0.0.1:0']
    const places = ['--data', join(data, node), '--trace-dir', traces]
    const rest = ['--origin', String(origin), '--cluster', name, '--attached']
    return {
      watchdog: this.#watchdog,
      command: [...command, ...about, ...places, ...rest],
      said: (line) => said(node, line),
    }
  }
}

const NOWHERE: Address = { host: '127.0.0.1', port: 0 }
