import { program, protocol } from '../../src/node/index.ts'

/** A register of which every node has a copy; with `one` all ask the first node. */
export const copies = protocol(
  'copies',
  { about: 'copies of a register', options: { one: false }, tolerates: { reordering: true } },
  ({ one }) =>
    program<{ number: number; value: unknown }, { number: number; value: unknown }>({
      boot: () => ({ number: 0, value: null }),
      onRequest(state, { id, f, value }, fx) {
        const [first = fx.self] = fx.nodes
        if (one && fx.self !== first) {
          fx.fail(id, 'temporarily-unavailable', first)
          return state
        }
        if (f === 'read') {
          fx.reply(id, state.value)
          return state
        }
        const next = { number: state.number + 1, value }
        for (const node of fx.others) fx.send(node, next)
        fx.reply(id, null)
        return next
      },
      onMessage: (state, from, message) => (message.number > state.number ? message : state),
      view: (state) => state,
    }),
)
