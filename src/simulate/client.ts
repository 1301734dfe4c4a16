import type { Json } from '../core/json.ts'
import type { Asked, ErrorName, WorkloadClient } from '../node/index.ts'
import type { ScheduledOperation } from './schedule.ts'

/** `quiet`: the cluster was healed and has served everybody; nobody asks, until the final reads. */
export type Phase = 'faults' | 'recovery' | 'quiet' | 'last'

/** One client of a cluster. */
export interface Client {
  readonly index: number
  /** Its end of links. */
  readonly end: number
  readonly name: string
  readonly source: WorkloadClient
  /** What it asks in which phase, where a schedule says so. */
  readonly told: Record<'faults' | 'recovery' | 'last', ScheduledOperation[]> | undefined
  /** What a schedule told it to ask last. */
  toldLast: ScheduledOperation | undefined
  /** After an unknown outcome it goes on as somebody else, as its call may still be going on. */
  life: number
  /** How many operations it has asked for. */
  serial: number
  /** When it asked the last time. */
  askedAt: number
  open: OpenOperation | undefined
  /** For its own node, which is down. */
  waiting: boolean
  /** Its node was left behind when the cluster was healed. */
  out: boolean
  /** Whether it has to be served in this phase, and was. */
  demanded: boolean
  served: boolean
}

export interface OpenOperation {
  readonly asked: Asked
  readonly process: string
  /** Requests from this one on are for this operation; the last one is waited for. */
  readonly firstId: number
  lastId: number
  /** Whom it asked last, and whom it is going to ask next. */
  node: number
  next: number
  /** Requests that were neither answered nor refused. */
  unanswered: number
  /** How many hints it has followed in a row. */
  hints: number
}

export function newClient(
  index: number,
  end: number,
  name: string,
  source: WorkloadClient,
  told: readonly ScheduledOperation[] | undefined,
): Client {
  const own = told?.filter(({ client }) => client === index)
  const of = (phase: ScheduledOperation['phase']): ScheduledOperation[] =>
    own?.filter((operation) => operation.phase === phase) ?? []
  return {
    index,
    end,
    name,
    source,
    told:
      told === undefined
        ? undefined
        : { faults: of(undefined), recovery: of('recovery'), last: of('last') },
    toldLast: undefined,
    life: 1,
    serial: 0,
    askedAt: 0,
    open: undefined,
    waiting: false,
    out: false,
    demanded: false,
    served: false,
  }
}

/** Somebody else may be able to serve it. */
export function isElsewhere(error: ErrorName): boolean {
  return error === 'temporarily-unavailable' || error === 'node-not-found'
}

/** What an operation is about, as histories say it. */
export function about({ f, key }: Asked): { f: string; key?: Json } {
  return key === undefined ? { f } : { f, key: key as Json }
}

/** An operation for people. */
export function callText({ f, key, value }: Asked): string {
  const parts = [key, value].filter((part) => part !== undefined && part !== null)
  return [f, ...parts.map((part) => JSON.stringify(part))].join(' ')
}
