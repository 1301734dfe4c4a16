import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import {
  bagOf,
  id,
  int,
  mapOf,
  oneOf,
  option,
  record,
  setOf,
  union,
} from '../../src/state/index.ts'
import { isLinearizable, readReturns, registerClients, writeReturns } from './register-clients.ts'

/**
 * Attiya, Bar-Noy and Dolev's register for many writers: an operation first asks a majority for
 * the newest value, then stores the new one, or the one it is about to return, at a majority.
 */
export const linearizableRegister = spec(
  'sr-abd',
  {
    about: 'ABD: servers ask a majority, then write to a majority, for each operation of a client',
    source: 'Stateright, examples/linearizable-register.rs, after Attiya, Bar-Noy and Dolev 1995',
    parameters: { servers: 2, clients: 2 },
    mutants: {
      'stamp-not-raised': 'a write takes the newest number there is instead of one above it',
      'stamp-without-value': 'a server that is told a newer value keeps its number and not itself',
    },
  },
  ({ servers, clients }, planted) => {
    const { Client, Clients, Value } = registerClients(clients)
    const Server = id('server', servers)
    const majority = Math.floor(servers / 2) + 1
    // The number of a write, then the server that gave it: `number * servers + server`.
    const Stamp = int(0, (clients + 1) * servers - 1)
    // An operation is named by its client and by what it is, as requests are by their numbers.
    const request = { client: Client, f: oneOf('put', 'get') }
    const between = { from: Server, to: Server, ...request }
    const Message = union({
      put: { client: Client },
      putOk: { client: Client },
      get: { client: Client },
      getOk: { client: Client, value: Value },
      query: between,
      ackQuery: { ...between, stamp: Stamp, value: Value },
      record: { ...between, stamp: Stamp, value: Value },
      ackRecord: between,
    })
    const Own = record({
      stamp: Stamp,
      value: Value,
      phase: oneOf('idle', 'asking', 'storing'),
      client: Client,
      f: oneOf('put', 'get'),
      responses: mapOf(Server, option(record({ stamp: Stamp, value: Value }))),
      /** What a read is about to return. */
      found: Value,
      acks: setOf(Server),
    })
    const all = Array.from({ length: servers }, (_, server) => server)
    const peers = (self: number) => all.filter((other) => other !== self)
    const atPut = (client: number) => (servers + client) % servers
    const atGet = (client: number) => (servers + client + 1) % servers

    const state = { servers: mapOf(Server, Own), clients: Clients, network: bagOf(Message, 1) }
    const begin = (
      s: State<typeof state>,
      message: { readonly type: 'put' | 'get'; readonly client: number },
      self: number,
    ) => {
      const { type: f, client } = message
      const own = s.servers.get(self)
      s.network.remove(message)
      own.phase = 'asking'
      own.client = client
      own.f = f
      own.responses.set(self, { stamp: own.stamp, value: own.value })
      for (const to of peers(self)) s.network.add({ type: 'query', from: self, to, client, f })
    }

    return model({
      state,
      init: (s) => {
        for (const server of all) s.servers.get(server).stamp = server
        for (let client = 0; client < clients; client++) s.network.add({ type: 'put', client })
      },
      actions: {
        put: {
          for: ['network.put'],
          when: (s, { client }) => s.servers.get(atPut(client)).phase === 'idle',
          then: (s, message) => {
            begin(s, message, atPut(message.client))
          },
        },
        get: {
          for: ['network.get'],
          when: (s, { client }) => s.servers.get(atGet(client)).phase === 'idle',
          then: (s, message) => {
            begin(s, message, atGet(message.client))
          },
        },
        query: {
          for: ['network.query'],
          then: (s, message) => {
            const { from, to, client, f } = message
            const { stamp, value } = s.servers.get(to)
            s.network.remove(message)
            s.network.add({ type: 'ackQuery', from: to, to: from, client, f, stamp, value })
          },
        },
        ackQuery: {
          for: ['network.ackQuery'],
          when: (s, { to, client, f }) => {
            const own = s.servers.get(to)
            return own.phase === 'asking' && own.client === client && own.f === f
          },
          then: (s, message) => {
            const { from, to: self, client, f } = message
            const own = s.servers.get(self)
            s.network.remove(message)
            own.responses.set(from, { stamp: message.stamp, value: message.value })
            if (own.responses.count((response) => response !== null) !== majority) return
            const newest = newestOf(own.responses.value().values())
            const raised = planted('stamp-not-raised') ? 0 : 1
            const stamp =
              f === 'put'
                ? (Math.floor(newest.stamp / servers) + raised) * servers + self
                : newest.stamp
            const value = f === 'put' ? client + 1 : newest.value
            own.responses.fill(null)
            own.found = f === 'get' ? value : 0
            own.phase = 'storing'
            own.acks.add(self)
            if (stamp > own.stamp) Object.assign(own, { stamp, value })
            for (const to of peers(self))
              s.network.add({ type: 'record', from: self, to, client, f, stamp, value })
          },
        },
        record: {
          for: ['network.record'],
          then: (s, message) => {
            const { from, to, client, f, stamp, value } = message
            const own = s.servers.get(to)
            s.network.remove(message)
            s.network.add({ type: 'ackRecord', from: to, to: from, client, f })
            if (stamp <= own.stamp) return
            own.stamp = stamp
            if (!planted('stamp-without-value')) own.value = value
          },
        },
        ackRecord: {
          for: ['network.ackRecord'],
          when: (s, { from, to, client, f }) => {
            const own = s.servers.get(to)
            const asked = own.phase === 'storing' && own.client === client && own.f === f
            return asked && !own.acks.has(from)
          },
          then: (s, message) => {
            const { from, to: self, client, f } = message
            const own = s.servers.get(self)
            s.network.remove(message)
            own.acks.add(from)
            if (own.acks.size !== majority) return
            if (f === 'put') s.network.add({ type: 'putOk', client })
            else s.network.add({ type: 'getOk', client, value: own.found })
            own.acks.clear()
            Object.assign(own, { phase: 'idle', client: 0, f: 'put', found: 0 })
          },
        },
        putOk: {
          for: ['network.putOk'],
          then: (s, message) => {
            s.network.remove(message)
            writeReturns(s.clients, message.client)
            s.network.add({ type: 'get', client: message.client })
          },
        },
        getOk: {
          for: ['network.getOk'],
          then: (s, message) => {
            s.network.remove(message)
            readReturns(s.clients, message.client, message.value)
          },
        },
      },
      invariants: { 'the register is linearizable': (s) => isLinearizable(s.clients) },
      sometimes: {
        'a written value is read': (s) =>
          s.clients.some((client) => client.doing === 'finished' && client.read > 0),
      },
      // Messages to a server that no longer waits for them stay on their way for ever.
      ends: (s) => s.clients.every((client) => client.doing === 'finished'),
      network: ['network'],
    })
  },
)

interface Stored {
  readonly stamp: number
  readonly value: number
}

function newestOf(responses: Iterable<Stored | null>): Stored {
  let newest: Stored = { stamp: -1, value: 0 }
  for (const response of responses)
    if (response !== null && response.stamp > newest.stamp) newest = response
  return newest
}
