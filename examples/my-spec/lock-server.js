import {
  id,
  mapOf,
  model,
  oneOf,
  option,
  setOf,
  spec,
  strongEach,
  union,
  weak,
} from 'synod/explore'

/** Clients ask a server for a lock, and give it back when they are done. */
export const lockServer = spec(
  'lock-server',
  {
    about: 'a server gives a lock to one client at a time',
    parameters: { clients: 2 },
    mutants: {
      forgetful: 'the server does not remember that it gave the lock away',
      'weakly-fair': 'the server need not answer a client that asks again and again',
    },
  },
  ({ clients }, planted) => {
    const Client = id('client', clients)
    const Message = union({
      ask: { from: Client },
      grant: { to: Client },
      release: { from: Client },
    })
    return model({
      state: {
        client: mapOf(Client, oneOf('idle', 'waiting', 'working')),
        server: option(Client),
        msgs: setOf(Message),
      },
      actions: {
        ask: {
          for: [Client],
          when: (s, c) => s.client.get(c) === 'idle',
          then: (s, c) => {
            s.client.set(c, 'waiting')
            s.msgs.add({ type: 'ask', from: c })
          },
        },
        serverGrants: {
          for: [Client],
          when: (s, c) => s.server === null && s.msgs.has({ type: 'ask', from: c }),
          then: (s, c) => {
            if (!planted('forgetful')) s.server = c
            s.msgs.delete({ type: 'ask', from: c })
            s.msgs.add({ type: 'grant', to: c })
          },
        },
        work: {
          for: [Client],
          when: (s, c) => s.msgs.has({ type: 'grant', to: c }),
          then: (s, c) => {
            s.client.set(c, 'working')
            s.msgs.delete({ type: 'grant', to: c })
          },
        },
        release: {
          for: [Client],
          when: (s, c) => s.client.get(c) === 'working',
          then: (s, c) => {
            s.client.set(c, 'idle')
            s.msgs.add({ type: 'release', from: c })
          },
        },
        serverTakesBack: {
          for: [Client],
          when: (s, c) => s.msgs.has({ type: 'release', from: c }),
          then: (s, c) => {
            s.server = null
            s.msgs.delete({ type: 'release', from: c })
          },
        },
      },
      invariants: {
        'at most one client works': (s) => s.client.count((state) => state === 'working') <= 1,
      },
      sometimes: {
        'somebody works': (s) => s.client.some((state) => state === 'working'),
      },
      properties: {
        'who waits will work': {
          for: [Client],
          when: (s, c) => s.client.get(c) === 'waiting',
          leadsTo: (s, c) => s.client.get(c) === 'working',
        },
      },
      fairness: [
        weak('work', 'release', 'serverTakesBack'),
        planted('weakly-fair') ? weak('serverGrants') : strongEach('serverGrants'),
      ],
      network: ['msgs'],
      symmetry: [Client],
    })
  },
)
