import type { NodeId } from '../../src/node/index.ts'
import type { Log } from './log.ts'
import type { Configuration, Progress, Setup, Snapshot } from './state.ts'

/**
 * Who votes (§6). On the way from one set of voters to another the cluster goes through a joint
 * configuration, in which a majority of each has to agree, so that at no time two sets can decide
 * without each other. A configuration is used from the moment at which it is in the log.
 */
export interface Members {
  /** Of its entry. */
  readonly index: number
  /** Nodes by their numbers. */
  readonly voters: readonly number[]
  readonly incoming: readonly number[]
  /** All of them. */
  readonly all: readonly number[]
}

export function initialConfiguration(setup: Setup, nodes: readonly NodeId[]): Configuration {
  const voters = setup.members === 0 ? nodes : nodes.slice(0, setup.members)
  return { f: 'configure', voters, incoming: [] }
}

export function isConfiguration(value: unknown): value is Configuration {
  return (value as Configuration | null)?.f === 'configure'
}

export function membersOf(
  { voters, incoming }: Configuration,
  index: number,
  nodes: readonly NodeId[],
): Members {
  const numbers = (names: readonly NodeId[]) => names.map((name) => nodes.indexOf(name))
  const all = numbers([...new Set([...voters, ...incoming])])
  return { index, voters: numbers(voters), incoming: numbers(incoming), all }
}

/** The voters that a node with this log goes by: the newest, committed or not. */
export function membersInForce(
  log: Log,
  snapshot: Snapshot,
  commit: number,
  { rules }: Setup,
  nodes: readonly NodeId[],
): Members {
  const newest = membersAt(log, snapshot, Number.MAX_SAFE_INTEGER, nodes)
  if (rules.configurationsHoldAtOnce) return newest
  return { ...membersAt(log, snapshot, commit, nodes), index: newest.index }
}

/** The newest configuration up to an index. */
export function membersAt(
  log: Log,
  snapshot: Snapshot,
  index: number,
  nodes: readonly NodeId[],
): Members {
  const [configuration, at] = configurationAt(log, snapshot, index)
  return membersOf(configuration, at, nodes)
}

export function configurationAt(
  log: Log,
  snapshot: Snapshot,
  index: number,
): readonly [Configuration, number] {
  for (let at = Math.min(index - log.base, log.entries.length) - 1; at >= 0; at--) {
    const value = log.entries[at]?.value
    if (isConfiguration(value)) return [value, log.base + at + 1]
  }
  return [snapshot.configuration, snapshot.index]
}

/** Whether these nodes are enough to elect a leader: a majority of both halves. */
export function isMajority({ voters, incoming }: Members, nodes: readonly number[]): boolean {
  return majorityIn(voters, nodes) && majorityIn(incoming, nodes)
}

function majorityIn(voters: readonly number[], nodes: readonly number[]): boolean {
  let count = 0
  for (const voter of voters) if (nodes.includes(voter)) count++
  // Nobody has to agree in an empty half.
  return voters.length === 0 || 2 * count > voters.length
}

/** The greatest number that a majority of both halves has reached. */
export function agreed(
  { voters, incoming }: Members,
  progress: readonly Progress[],
  what: 'match' | 'round',
): number {
  const reached = agreedBy(voters, progress, what)
  return incoming.length === 0 ? reached : Math.min(reached, agreedBy(incoming, progress, what))
}

function agreedBy(
  voters: readonly number[],
  progress: readonly Progress[],
  what: 'match' | 'round',
): number {
  let best = 0
  for (const voter of voters) {
    const reached = (progress[voter] as Progress)[what]
    if (reached <= best) continue
    let count = 0
    for (const other of voters) if ((progress[other] as Progress)[what] >= reached) count++
    if (2 * count > voters.length) best = reached
  }
  return best
}
