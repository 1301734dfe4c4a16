import type { Request } from '../../src/node/index.ts'
import { resultOf, valueOf } from '../machine/key-value.ts'
import { nameOf } from './state.ts'
import type { State, Waiting, ZabFx } from './state.ts'
import { changed, operationOf } from './store.ts'

/** How reads are answered. */
export interface Reads {
  /** Every read is preceded by a sync. */
  readonly syncedReads: boolean
  /** A sync is a transaction; otherwise the leader answers it alone. */
  readonly syncBroadcast: boolean
}

/** What is committed is delivered in the order of the history, and answers who waits for it. */
export function deliver(state: State, until: number, fx: ZabFx): State {
  const more = state.history.slice(state.delivered.length, until)
  let next = more.length === 0 ? state : { ...state, delivered: [...state.delivered, ...more] }
  for (const txn of more) {
    next = answer({ ...next, store: changed(next.store, txn) }, nameOf(txn), txn.result, fx)
  }
  for (const [name, { from }] of Object.entries(next.waiting)) {
    if (from !== null && from <= next.delivered.length) next = answer(next, name, null, fx)
  }
  return next
}

/** The node that a client asked answers when it has delivered the outcome itself. */
function answer(state: State, name: string, result: unknown, fx: ZabFx): State {
  const asked = state.waiting[name]
  if (asked === undefined) return state
  const { [name]: _answered, ...waiting } = state.waiting
  const { request, operation } = asked
  fx.reply(request, operation.f === 'read' ? valueOf(state.store, operation.key) : result)
  return { ...state, waiting }
}

function ask({ leader }: State, { operation }: Waiting, syncBroadcast: boolean, fx: ZabFx): void {
  if (leader === null) return
  const isSync = operation.f === 'sync' || operation.f === 'read'
  if (isSync && !syncBroadcast) fx.send(leader, { type: 'sync', name: nameOf(operation) })
  else fx.send(leader, { type: 'ask', operation })
}

/** Questions and answers may have been lost, and leaders may have changed. */
export function askAgain(state: State, syncBroadcast: boolean, fx: ZabFx): void {
  for (const waiting of Object.values(state.waiting)) {
    if (waiting.from === null) ask(state, waiting, syncBroadcast, fx)
  }
}

export function requested(state: State, request: Request, reads: Reads, fx: ZabFx): State {
  const operation = operationOf(request)
  if (operation === undefined) {
    fx.fail(request.id, 'not-supported')
    return state
  }
  // Outside of an epoch it may be behind what it told before it restarted.
  if (state.phase !== 'broadcast') {
    fx.fail(request.id, 'temporarily-unavailable')
    return state
  }
  const { client, serial } = operation
  const told = resultOf(state.store, client, serial)
  if (operation.f === 'read' ? !reads.syncedReads || told !== undefined : told !== undefined) {
    const result = operation.f === 'read' ? valueOf(state.store, operation.key) : told?.result
    fx.reply(request.id, result)
    return state
  }
  // Who asks for something else has given up what it asked for before.
  const others = Object.entries(state.waiting).filter(([, { operation: its }]) => {
    return its.client !== client
  })
  const asked: Waiting = { request: request.id, operation, from: null }
  ask(state, asked, reads.syncBroadcast, fx)
  return { ...state, waiting: { ...Object.fromEntries(others), [nameOf(operation)]: asked } }
}

export function synced(state: State, name: string, from: number, fx: ZabFx): State {
  const asked = state.waiting[name]
  if (asked === undefined) return state
  const waiting = { ...state.waiting, [name]: { ...asked, from } }
  return deliver({ ...state, waiting }, 0, fx)
}
