import type { Graph } from './graph.ts'

/** Which steps somebody who wants no decision may take again and again, and what is fair. */
export interface Schedule {
  /** The process that takes no more steps, or -1: all must be fair to all, or to all but it. */
  readonly silent: number
  /** Whether a coin shows what the adversary wants; otherwise all of its sides come up. */
  readonly coins: 'adversary' | 'random'
  /** From some time on: what the processes are told, or how fast messages are. */
  readonly help?: Help
}

/**
 * Ways round the theorem. `leader`: an oracle names this process as the leader, and nobody else
 * does anything by itself (Chandra, Hadzilacos, Toueg 1996). `prompt`: messages are faster than
 * timeouts (Dwork, Lynch, Stockmeyer 1988). Both from some time on only, which nobody knows.
 */
export type Help =
  { readonly type: 'leader'; readonly leader: number } | { readonly type: 'prompt' }

/** Whether the step of an edge may be taken again and again. */
export function mayRepeat(graph: Graph, at: number, event: number, schedule: Schedule): boolean {
  const { processes } = graph.successors
  if (graph.successors.actor(event) === schedule.silent) return false
  if (event >= processes || schedule.help === undefined) return true
  if (schedule.help.type === 'leader') return event === schedule.help.leader
  return !hasMessage(graph, at, schedule.silent)
}

/** The processes that may take a step in a configuration that changes nothing, as bits. */
export function idleSteps(graph: Graph, at: number, schedule: Schedule): number {
  const { processes } = graph.successors
  const idle = graph.idle.data[at]!
  if (schedule.help === undefined) return idle
  const all = (1 << processes) - 1
  if (schedule.help.type === 'leader') return idle | (all & ~(1 << schedule.help.leader))
  return hasMessage(graph, at, schedule.silent) ? all : idle
}

/** Whether a message is on its way to somebody who still takes steps. */
function hasMessage(graph: Graph, at: number, silent: number): boolean {
  const { processes } = graph.successors
  for (let edge = graph.first.data[at]!; edge < graph.first.data[at + 1]!; edge++) {
    const event = graph.events.data[edge]!
    if (event >= processes && graph.successors.actor(event) !== silent) return true
  }
  return false
}
