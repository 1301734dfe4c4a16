import { canonical, sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Request } from '../../src/node/index.ts'

/** What a replicated log holds: an operation of a client. */
export interface Command {
  readonly client: string
  readonly serial: number
  readonly f: 'read' | 'write' | 'cas'
  readonly key: unknown
  readonly value: unknown
}

/** The state machine that is replicated: values by key, and what each client was told last. */
export interface KeyValue {
  readonly values: Readonly<Record<string, unknown>>
  readonly sessions: Readonly<Record<string, Session>>
}

interface Session {
  readonly serial: number
  readonly result: unknown
}

export const emptyKeyValue: KeyValue = { values: {}, sessions: {} }

/** The command that a request asks for; `undefined` if it asks for something else. */
export function commandOf({ client, serial, f, key, value }: Request): Command | undefined {
  if (f !== 'read' && f !== 'write' && f !== 'cas') return undefined
  return { client, serial, f, key: key ?? null, value }
}

/** What is stored for a key; at first `null`. */
export function valueOf(machine: KeyValue, key: unknown): unknown {
  return machine.values[canonical(key as Json)] ?? null
}

/**
 * The machine after a command, which has its effect once however often it is in the log: a client
 * that asks again is told what it was told before. A client has one operation at a time, so its
 * last result is enough.
 */
export function applied(machine: KeyValue, command: Command, once = true): KeyValue {
  const { client, serial, f, key, value } = command
  if (once && serial <= (machine.sessions[client]?.serial ?? 0)) return machine
  const now = valueOf(machine, key)
  const refused = f === 'cas' && !sameJson(now as Json, (value as readonly Json[])[0])
  const result = f === 'read' ? now : f === 'cas' ? !refused : null
  const values =
    f === 'read' || refused
      ? machine.values
      : {
          ...machine.values,
          [canonical(key as Json)]: f === 'cas' ? (value as readonly Json[])[1] : value,
        }
  return { values, sessions: { ...machine.sessions, [client]: { serial, result } } }
}

/** What came of an operation; `undefined` if it was not applied, or its client has gone on. */
export function resultOf(machine: KeyValue, client: string, serial: number): Session | undefined {
  const session = machine.sessions[client]
  return session?.serial === serial ? session : undefined
}
