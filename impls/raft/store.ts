import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Change, Rules } from './state.ts'
import { emptyTable, get, put } from './table.ts'
import type { Table } from './table.ts'

/** The state machine that is replicated: values by key, and what each client was told last. */
export interface Machine {
  readonly values: Table
  readonly sessions: Table
}

interface Session {
  readonly serial: number
  readonly result: unknown
}

export const emptyMachine: Machine = { values: emptyTable, sessions: emptyTable }

/** What is stored for a key; at first `null`. */
export function valueOf(machine: Machine, key: unknown): unknown {
  return get(machine.values, key) ?? null
}

/**
 * Every change is applied once, however often its entry is in the log (§8): who asks again is told
 * what he was told before. A client has one operation at a time, so its last one is enough.
 */
export function applied(machine: Machine, change: Change, rules: Rules): Machine {
  const { client, serial, key } = change
  if (rules.appliesOnce && serial <= (sessionOf(machine, client)?.serial ?? 0)) return machine
  const refused = change.f === 'cas' && !holds(machine, key, (change.value as Cas)[0])
  const value = change.f === 'cas' ? (change.value as Cas)[1] : change.value
  return {
    values: refused ? machine.values : put(machine.values, key, value),
    sessions: put(machine.sessions, client, { serial, result: refused ? false : null }),
  }
}

/** What came of a client's operation; `undefined`: it was not applied, or the client went on. */
export function resultOf(machine: Machine, client: string, serial: number): unknown {
  const session = sessionOf(machine, client)
  return session?.serial === serial ? session.result : undefined
}

type Cas = readonly [from: Json, to: Json]

function holds(machine: Machine, key: unknown, value: Json): boolean {
  return sameJson(valueOf(machine, key) as Json, value)
}

function sessionOf(machine: Machine, client: string): Session | undefined {
  return get(machine.sessions, client) as Session | undefined
}
