import type { Fx, NodeId, RequestId, Ticket } from '../../src/node/index.ts'
import type { View } from '../../src/core/invariant.ts'
import { emptyKeyValue, resultOf } from '../machine/key-value.ts'
import type { Command, KeyValue } from '../machine/key-value.ts'

export interface State {
  /** The first two are the paper's `normal`. */
  readonly status: 'primary' | 'backup' | 'view-change' | 'recovering'
  readonly view: number
  /** The last view in which the status was normal. */
  readonly lastNormal: number
  /** Its length is the op-number. */
  readonly log: readonly Command[]
  /** What was executed, in this order. Its length is the commit-number. */
  readonly executed: readonly Command[]
  /** The client table is part of it. */
  readonly machine: KeyValue
  /** How often this replica has started. */
  readonly starts: number
  /** The write of `view` and `starts`: nothing is said before it is on the disk. */
  readonly saved: Ticket
  /** In a view change: who else wants this view. */
  readonly wantedBy: readonly NodeId[]
  /** In a view change, as the next primary. */
  readonly offers: Readonly<Record<NodeId, DoViewChange>>
  /** As one that recovers. */
  readonly answers: Readonly<Record<NodeId, Answer>>
  /** As the primary: up to which operation a backup has the log. */
  readonly prepared: Readonly<Record<NodeId, number>>
  /** Which request waits for which operation. */
  readonly waiting: Readonly<Record<string, RequestId>>
}

/** All that is ever on disk. */
export interface Kept {
  readonly view: number
  readonly starts: number
}

/** How a replica learns of a view that has begun. */
export interface Begun {
  readonly view: number
  readonly log: readonly Command[]
  readonly commit: number
}

export interface Prepare {
  readonly type: 'prepare'
  readonly view: number
  readonly number: number
  readonly command: Command
  readonly commit: number
}
export interface PrepareOk {
  readonly type: 'prepare-ok'
  readonly view: number
  readonly number: number
}
export interface Commit {
  readonly type: 'commit'
  readonly view: number
  readonly commit: number
}
export interface DoViewChange {
  readonly type: 'do-view-change'
  readonly view: number
  readonly log: readonly Command[]
  readonly lastNormal: number
  readonly commit: number
}
export interface StartView extends Begun {
  readonly type: 'start-view'
}
export interface Answer {
  readonly type: 'recovery-response'
  readonly nonce: number
  readonly view: number
  /** Of the primary only. */
  readonly log: readonly Command[] | null
  readonly commit: number
}
export interface NewState {
  readonly type: 'new-state'
  readonly view: number
  /** How many operations of the log come before these. */
  readonly from: number
  readonly log: readonly Command[]
  readonly commit: number
}

export type Message =
  | Prepare
  | PrepareOk
  | Commit
  | { readonly type: 'start-view-change'; readonly view: number }
  | DoViewChange
  | StartView
  | { readonly type: 'recovery'; readonly nonce: number }
  | Answer
  | { readonly type: 'get-state'; readonly view: number; readonly from: number }
  | NewState

export type Timer = 'silence' | 'commit' | 'recovery'
export type ReplicaFx = Fx<Message, Timer>

/** What belongs to one view change, one recovery or one view of a primary only. */
export const settled = { wantedBy: [], offers: {}, answers: {}, prepared: {} } as const

/** A replica at its start: all of them are in view 0, which nobody has to begin. */
export function emptyState(starts: number, fx: ReplicaFx): State {
  return {
    ...settled,
    status: primaryOf(0, fx) === fx.self ? 'primary' : 'backup',
    view: 0,
    lastNormal: 0,
    log: [],
    executed: [],
    machine: emptyKeyValue,
    starts,
    saved: 0,
    waiting: {},
  }
}

/** f + 1 of 2f + 1. */
export function quorum({ nodes }: ReplicaFx): number {
  return Math.floor(nodes.length / 2) + 1
}

export function primaryOf(view: number, { nodes, self }: ReplicaFx): NodeId {
  return nodes[view % nodes.length] ?? self
}

export function isNormal({ status }: State): boolean {
  return status === 'primary' || status === 'backup'
}

/** Whether an operation has been given a number and is not yet executed. */
export function isOpen({ log, executed }: State, { client, serial }: Command): boolean {
  const open = log.slice(executed.length)
  return open.some((one) => one.client === client && one.serial === serial)
}

/** Whether others can learn anything from a replica: not before it has recovered. */
export function hasState(view: View | undefined): boolean {
  return view !== undefined && view['status'] !== 'recovering'
}

/** Names an operation of a client among all. */
export function nameOf({ client, serial }: Command): string {
  return `${client} ${serial}`
}

/** The client that waits for an operation is told what came of it. */
export function answered(state: State, command: Command, fx: ReplicaFx): State {
  const { [nameOf(command)]: request, ...waiting } = state.waiting
  if (request === undefined) return state
  const told = resultOf(state.machine, command.client, command.serial)
  if (told !== undefined) fx.reply(request, told.result)
  return { ...state, waiting }
}

export function shown({ status, view, lastNormal, log, executed, machine }: State): View {
  return {
    role: roles[status],
    status,
    term: view,
    lastNormal,
    log,
    commit: executed.length,
    delivered: executed,
    values: machine.values,
  }
}

/** As other protocols call it. */
const roles = {
  primary: 'leader',
  backup: 'follower',
  'view-change': 'candidate',
  recovering: 'recovering',
} as const
