import { raft } from '../../impls/raft/raft.ts'
import type { Sent } from './scripted.ts'
import { Scripted } from './scripted.ts'

export type RaftMutant = NonNullable<Parameters<typeof raft.make>[1]>
type RaftOptions = Parameters<typeof raft.make>[0]

/** A scripted cluster of nodes that run Raft. */
export function raftCluster(nodes = 3, options: RaftOptions = {}, mutant?: RaftMutant): Scripted {
  return new Scripted(raft.make(options, mutant), nodes)
}

/** A cluster of which this node has become the leader. */
export function ledBy(
  leader: string,
  nodes = 3,
  options: RaftOptions = {},
  mutant?: RaftMutant,
): Scripted {
  const cluster = raftCluster(nodes, options, mutant)
  elect(cluster, leader, names(nodes))
  return cluster
}

export function names(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, at) => `n${at + 1}`)
}

/** These hear of no leader any more, and one of them campaigns among them. */
export function elect(cluster: Scripted, leader: string, among: readonly string[]): void {
  for (const node of among) silence(cluster, node)
  cluster.fire(leader, 'election')
  cluster.settle(within(among))
}

/** A node has heard of no leader for the shortest election timeout. */
export function silence(cluster: Scripted, node: string): void {
  const isLeader = cluster.view(node)['role'] === 'leader'
  if (!isLeader && cluster.timers(node).includes('silence')) cluster.fire(node, 'silence')
}

/** The leader shows that it is there, and these hear of it and answer. */
export function heartbeat(cluster: Scripted, leader: string, among: readonly string[]): void {
  cluster.fire(leader, 'heartbeat')
  cluster.settle(within(among))
}

/** Messages between these. */
export function within(among: readonly string[]): (sent: Sent) => boolean {
  return ({ from, to }) => among.includes(from) && among.includes(to)
}

export function between(from: string, to: string, type?: string): (sent: Sent) => boolean {
  return (sent) =>
    sent.from === from && sent.to === to && (type === undefined || sent.message.type === type)
}

/** Asks, and answers with what came back when these have talked to each other. */
export function ask(
  cluster: Scripted,
  node: string,
  f: string,
  value: unknown = null,
  among: readonly string[] = names(9),
): unknown {
  const id = cluster.request(node, f, value, { key: 'x' })
  cluster.settle(within(among))
  return cluster.answer(id)
}

/** What the log of a node says, a term a place: `1 1 2`. */
export function terms(cluster: Scripted, node: string): string {
  const log = cluster.view(node)['log'] as readonly { readonly term: number }[]
  return log.map(({ term }) => term).join(' ')
}
