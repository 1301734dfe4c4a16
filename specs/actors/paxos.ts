import { model, spec } from '../../src/explore/index.ts'
import { bagOf, bool, id, int, mapOf, option, record, setOf, union } from '../../src/state/index.ts'
import { isLinearizable, readReturns, registerClients, writeReturns } from './register-clients.ts'

/**
 * Single-decree Paxos behind a register: the first value that is decided is the value of the
 * register for ever, writes that come later are never answered.
 */
export const paxosRegister = spec(
  'sr-paxos',
  {
    about: 'three servers decide by Paxos which write becomes the value of a register',
    source: 'Stateright, examples/paxos.rs, after Lamport, Paxos Made Simple, 2001',
    parameters: { clients: 2 },
    mutants: {
      'own-value-always': 'a leader proposes its own value although others have accepted one',
      'forgets-accepted': 'a server that promises does not say what it has accepted',
    },
  },
  ({ clients }, planted) => {
    const servers = 3
    const majority = 2
    const { Client, Clients, Value } = registerClients(clients)
    const Server = id('server', servers)
    // Round, then leader: `round * servers + leader`.
    const Ballot = int(0, (clients + 1) * servers - 1)
    const Accepted = option(record({ ballot: Ballot, proposal: Client }))
    const between = { from: Server, to: Server, ballot: Ballot }
    const Message = union({
      put: { client: Client },
      putOk: { from: Server, client: Client },
      get: { client: Client },
      getOk: { client: Client, value: Value },
      prepare: between,
      prepared: { ...between, accepted: Accepted },
      accept: { ...between, proposal: Client },
      accepted: between,
      decided: { ...between, proposal: Client },
    })
    const Own = record({
      ballot: Ballot,
      /** The client whose value is proposed. */
      proposal: option(Client),
      /** Who has promised, and what each of them had accepted by then. */
      promised: setOf(Server),
      promises: mapOf(Server, Accepted),
      accepts: setOf(Server),
      accepted: Accepted,
      decided: bool(),
    })
    const all = Array.from({ length: servers }, (_, server) => server)
    const peers = (self: number) => all.filter((other) => other !== self)
    const atPut = (client: number) => (servers + client) % servers
    const atGet = (client: number) => (servers + client + 1) % servers

    return model({
      state: { servers: mapOf(Server, Own), clients: Clients, network: bagOf(Message, 2) },
      init: (s) => {
        for (let client = 0; client < clients; client++) s.network.add({ type: 'put', client })
      },
      actions: {
        put: {
          for: ['network.put'],
          when: (s, { client }) => {
            const own = s.servers.get(atPut(client))
            return !own.decided && own.proposal === null
          },
          then: (s, message) => {
            const self = atPut(message.client)
            const own = s.servers.get(self)
            s.network.remove(message)
            own.proposal = message.client
            own.promised.clear()
            own.promises.fill(null)
            own.accepts.clear()
            own.ballot = (Math.floor(own.ballot / servers) + 1) * servers + self
            own.promised.add(self)
            own.promises.set(self, own.accepted)
            for (const to of peers(self))
              s.network.add({ type: 'prepare', from: self, to, ballot: own.ballot })
          },
        },
        prepare: {
          for: ['network.prepare'],
          when: (s, { to, ballot }) =>
            !s.servers.get(to).decided && s.servers.get(to).ballot < ballot,
          then: (s, message) => {
            const { from, to, ballot } = message
            const own = s.servers.get(to)
            s.network.remove(message)
            own.ballot = ballot
            const accepted = planted('forgets-accepted') ? null : own.accepted
            s.network.add({ type: 'prepared', from: to, to: from, ballot, accepted })
          },
        },
        prepared: {
          for: ['network.prepared'],
          when: (s, { to, ballot }) =>
            !s.servers.get(to).decided && s.servers.get(to).ballot === ballot,
          then: (s, message) => {
            const { from, to: self, ballot } = message
            const own = s.servers.get(self)
            s.network.remove(message)
            own.promised.add(from)
            own.promises.set(from, message.accepted)
            if (own.promised.size !== majority) return
            const newest = newestOf(own.promises.value().values())
            const proposal =
              newest === undefined || planted('own-value-always')
                ? (own.proposal ?? 0)
                : newest.proposal
            own.proposal = proposal
            own.accepted = { ballot, proposal }
            own.accepts.add(self)
            for (const to of peers(self))
              s.network.add({ type: 'accept', from: self, to, ballot, proposal })
          },
        },
        accept: {
          for: ['network.accept'],
          when: (s, { to, ballot }) =>
            !s.servers.get(to).decided && s.servers.get(to).ballot <= ballot,
          then: (s, message) => {
            const { from, to, ballot, proposal } = message
            const own = s.servers.get(to)
            s.network.remove(message)
            own.ballot = ballot
            own.accepted = { ballot, proposal }
            s.network.add({ type: 'accepted', from: to, to: from, ballot })
          },
        },
        accepted: {
          for: ['network.accepted'],
          when: (s, { to, ballot }) =>
            !s.servers.get(to).decided && s.servers.get(to).ballot === ballot,
          then: (s, message) => {
            const { from, to: self, ballot } = message
            const own = s.servers.get(self)
            s.network.remove(message)
            own.accepts.add(from)
            if (own.accepts.size !== majority) return
            const proposal = own.proposal ?? 0
            own.decided = true
            for (const to of peers(self))
              s.network.add({ type: 'decided', from: self, to, ballot, proposal })
            s.network.add({ type: 'putOk', from: self, client: proposal })
          },
        },
        decided: {
          for: ['network.decided'],
          when: (s, { to }) => !s.servers.get(to).decided,
          then: (s, message) => {
            const { to, ballot, proposal } = message
            const own = s.servers.get(to)
            s.network.remove(message)
            own.ballot = ballot
            own.accepted = { ballot, proposal }
            own.decided = true
          },
        },
        get: {
          for: ['network.get'],
          when: (s, { client }) => s.servers.get(atGet(client)).decided,
          then: (s, message) => {
            const { client } = message
            s.network.remove(message)
            const decided = s.servers.get(atGet(client)).accepted
            s.network.add({ type: 'getOk', client, value: (decided?.proposal ?? -1) + 1 })
          },
        },
        putOk: {
          for: ['network.putOk'],
          // Two servers may decide the same: the second answer is of no use.
          when: (s, { client }) => s.clients.get(client).doing === 'writing',
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
      invariants: {
        'the register is linearizable': (s) => isLinearizable(s.clients),
        'servers decide the same': {
          for: [Server, Server],
          holds: (s, one, other) => {
            const [here, there] = [s.servers.get(one), s.servers.get(other)]
            if (!here.decided || !there.decided) return true
            return here.accepted?.proposal === there.accepted?.proposal
          },
        },
      },
      sometimes: {
        'a written value is read': (s) =>
          s.clients.some((client) => client.doing === 'finished' && client.read > 0),
      },
      // Writes that came too late are never answered.
      ends: (s) => s.servers.some((server) => server.decided),
      network: ['network'],
    })
  },
)

interface Vote {
  readonly ballot: number
  readonly proposal: number
}

function newestOf(answers: Iterable<Vote | null>): Vote | undefined {
  let newest: Vote | undefined
  for (const answer of answers)
    if (answer !== null && (newest === undefined || answer.ballot > newest.ballot)) newest = answer
  return newest
}
