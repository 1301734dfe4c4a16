import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Request } from '../../src/node/index.ts'
import { applied, commandOf } from '../machine/key-value.ts'
import type { Command, KeyValue } from '../machine/key-value.ts'

/** In the order of epochs, and of counters within an epoch. Counters begin with 1. */
export type Zxid = readonly [epoch: number, counter: number]

/**
 * What a primary broadcasts: not what a client asked for, but what came of it. Backups set values
 * and need not be able to work them out; in exchange they must take the changes in the very order
 * in which the primary made them.
 */
export interface Txn {
  readonly zxid: Zxid
  readonly client: string
  readonly serial: number
  /** `null`: nothing changes, as after a compare-and-set that did not succeed. */
  readonly delta: readonly [key: string, value: unknown] | null
  readonly result: unknown
}

/** An operation that goes to the primary. */
export type Operation = Command | Sync

/** Changes nothing: who asked for it has then delivered all that was committed before. */
export interface Sync {
  readonly f: 'sync'
  readonly client: string
  readonly serial: number
}

export function operationOf(request: Request): Operation | undefined {
  const { client, serial, f } = request
  return f === 'sync' ? { f, client, serial } : commandOf(request)
}

/** The primary executes an operation: what it changes in this state, and the answer. */
export function executed(store: KeyValue, operation: Operation, zxid: Zxid): Txn {
  const { client, serial } = operation
  if (operation.f === 'sync' || operation.f === 'read') {
    return { zxid, client, serial, delta: null, result: null }
  }
  const after = applied(store, operation)
  const key = canonical(operation.key as Json)
  const delta = after.values === store.values ? null : ([key, after.values[key]] as const)
  return { zxid, client, serial, delta, result: after.sessions[client]?.result ?? null }
}

/** The store after a transaction, at the primary and at backups. */
export function changed(store: KeyValue, { client, serial, delta, result }: Txn): KeyValue {
  const values = delta === null ? store.values : { ...store.values, [delta[0]]: delta[1] }
  return { values, sessions: { ...store.sessions, [client]: { serial, result } } }
}
