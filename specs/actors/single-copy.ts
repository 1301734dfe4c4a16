import { model, spec } from '../../src/explore/index.ts'
import { bagOf, union } from '../../src/state/index.ts'
import { isLinearizable, readReturns, registerClients, writeReturns } from './register-clients.ts'

/** A register kept by one server: linearizable without any protocol. */
export const singleCopyRegister = spec(
  'sr-single-copy',
  {
    about: 'clients write to and read from a register that one server keeps',
    source: 'Stateright, examples/single-copy-register.rs',
    parameters: { clients: 2 },
    mutants: {
      'writes-are-dropped': 'the server acknowledges a write that it does not do',
      'reads-the-value-before': 'the server answers reads with the value before the last one',
    },
  },
  ({ clients }, planted) => {
    const { Client, Clients, Value } = registerClients(clients)
    const Message = union({
      put: { client: Client },
      putOk: { client: Client },
      get: { client: Client },
      getOk: { client: Client, value: Value },
    })
    return model({
      state: { value: Value, before: Value, clients: Clients, network: bagOf(Message, 1) },
      init: (s) => {
        for (let client = 0; client < clients; client++) s.network.add({ type: 'put', client })
      },
      actions: {
        put: {
          for: ['network.put'],
          then: (s, message) => {
            const { client } = message
            s.network.remove(message)
            if (planted('reads-the-value-before')) s.before = s.value
            if (!planted('writes-are-dropped')) s.value = client + 1
            s.network.add({ type: 'putOk', client })
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
        get: {
          for: ['network.get'],
          then: (s, message) => {
            s.network.remove(message)
            const value = planted('reads-the-value-before') ? s.before : s.value
            s.network.add({ type: 'getOk', client: message.client, value })
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
      ends: (s) => s.clients.every((client) => client.doing === 'finished'),
      network: ['network'],
    })
  },
)
