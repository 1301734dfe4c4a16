import { program, protocol } from 'synod/node'

/** A register of which every node has a copy. Whoever is asked to write tells the others. */
export const gossip = protocol(
  'gossip',
  {
    about: 'a register of which every node has a copy',
    options: {},
    tolerates: { loss: true, duplication: true, reordering: true, partitions: true },
  },
  () =>
    program({
      boot: () => ({ number: 0, value: null }),

      onRequest(state, { id, f, value }, fx) {
        if (f === 'read') {
          fx.reply(id, state.value)
          return state
        }
        const next = { number: state.number + 1, value }
        for (const node of fx.others) fx.send(node, { type: 'newer', ...next })
        fx.reply(id, null)
        return next
      },

      onMessage(state, from, { number, value }) {
        return number > state.number ? { number, value } : state
      },

      view: ({ number, value }) => ({ number, value }),
    }),
)
