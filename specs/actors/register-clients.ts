import type { Layout, MapPlace } from '../../src/state/index.ts'
import { id, int, mapOf, oneOf, record } from '../../src/state/index.ts'

/**
 * Clients of a register, each of which writes a value of its own, then reads. What they saw is part
 * of the state, so that every reachable state can be asked whether its history is linearizable.
 * Client `c` writes the value `c + 1`; 0 is the initial value.
 */
export function registerClients(clients: number) {
  const Client = id('client', clients)
  const Value = int(0, clients)
  const Seen: Layout<ReadonlyMap<number, number>, MapPlace<number, number, number>> = mapOf(
    Client,
    int(0, 2),
  )
  return {
    Client,
    Value,
    Clients: mapOf(
      Client,
      record({
        doing: oneOf('writing', 'reading', 'finished'),
        /** How many operations of each other client had returned when the read began. */
        seen: Seen,
        read: Value,
      }),
    ),
  }
}

interface ClientState {
  doing: 'writing' | 'reading' | 'finished'
  readonly seen: MapPlace<number, number, number>
  read: number
}
export type ClientStates = MapPlace<number, unknown, ClientState>

const COMPLETED = { writing: 0, reading: 1, finished: 2 }

/** The write of a client returns, and it begins to read. */
export function writeReturns(clients: ClientStates, client: number): void {
  const own = clients.get(client)
  own.doing = 'reading'
  for (const other of clients.keys)
    if (other !== client) own.seen.set(other, COMPLETED[clients.get(other).doing])
}

/** The read of a client returns a value. */
export function readReturns(clients: ClientStates, client: number, value: number): void {
  const own = clients.get(client)
  own.doing = 'finished'
  own.read = value
}

/**
 * Whether some order of the operations explains all values read. A write that has not returned may
 * have taken effect or not; a read that has not returned says nothing. Depth first over how many
 * operations of each client have been placed, as in Herlihy and Wing 1990.
 */
export function isLinearizable(clients: ClientStates): boolean {
  const all = clients.keys
  const placed = all.map(() => 0)
  const explain = (value: number): boolean => {
    if (all.every((client) => placed[client] === completed(client))) return true
    return all.some((client) => {
      const operation = placed[client] ?? 0
      if (operation === 2 || !mayComeNext(client, operation, value)) return false
      placed[client] = operation + 1
      const explained = explain(operation === 0 ? client + 1 : value)
      if (!explained) placed[client] = operation
      return explained
    })
  }
  const completed = (client: number) => {
    const done = COMPLETED[clients.get(client).doing]
    // A write in flight may have been placed.
    return done === 0 && placed[client] === 1 ? 1 : done
  }
  const mayComeNext = (client: number, operation: number, value: number): boolean => {
    if (operation === 0) return true
    const own = clients.get(client)
    if (own.doing !== 'finished' || own.read !== value) return false
    return all.every((other) => other === client || (placed[other] ?? 0) >= own.seen.get(other))
  }
  return explain(0)
}
