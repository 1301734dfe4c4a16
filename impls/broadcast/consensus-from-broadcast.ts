import type { Fx, Program } from '../../src/node/index.ts'
import { protocol } from '../../src/node/index.ts'
import { nestedDisk, nestedFx } from '../compose/nested.ts'
import type { Answer } from '../compose/nested.ts'
import { totalOrderBroadcast } from './total-order-broadcast.ts'

/**
 * Consensus out of total-order broadcast: every process broadcasts what it proposes, and decides on
 * what it delivers first, which is the same for all. So the two problems are equivalent.
 */
export const consensusFromBroadcast = protocol(
  'consensus-from-broadcast',
  {
    about: 'Consensus out of total-order broadcast',
    source: 'Dolev, Dwork, Stockmeyer 1987, On the minimal synchronism needed, section 2',
    options: totalOrderBroadcast.options,
    mutants: {
      'own-proposal': 'a process decides on its own proposal when that is delivered',
      'last-delivered': 'a process decides again when something else is delivered',
      'before-delivery': 'a process decides on its proposal before anything is delivered',
    },
    tolerates: totalOrderBroadcast.tolerates,
    clients: 'own',
  },
  (options, planted) => {
    const firstOfAll = !planted('own-proposal')
    const once = !planted('last-delivered')
    const waits = !planted('before-delivery')
    const broadcast = totalOrderBroadcast.make(options) as Program

    /** Lets the broadcast run, and takes everything that it delivers. */
    function run(state: State, step: (inner: Fx) => unknown, fx: Fx): State {
      let next: State = { ...state, broadcast: step(nestedFx(fx, 'broadcast', ignored)) }
      for (;;) {
        const answers: Answer[] = []
        const inner = nestedFx(fx, 'broadcast', (answer) => answers.push(answer))
        const after = broadcast.onRequest(next.broadcast, take, inner)
        const [answer] = answers
        if (answer === undefined || 'error' in answer) return next
        const [by, value] = answer.result as readonly [string, unknown]
        next = delivered({ ...next, broadcast: after }, by, value, fx)
      }
    }

    function delivered(state: State, by: string, value: unknown, fx: Fx): State {
      if (!firstOfAll && by !== fx.self) return state
      if (once && state.decided !== null) return state
      return decide(state, value, fx)
    }

    function decide(state: State, value: unknown, fx: Fx): State {
      for (const request of state.waiting) fx.reply(request, value)
      return { ...state, decided: { value }, waiting: [] }
    }

    return {
      ...(broadcast.enough === undefined ? {} : { enough: broadcast.enough }),

      boot: (disk, fx): State => ({
        broadcast: broadcast.boot(
          nestedDisk(disk, 'broadcast'),
          nestedFx(fx, 'broadcast', ignored),
        ),
        proposed: false,
        decided: null,
        waiting: [],
      }),

      onRequest(state: State, { id, f, value }, fx) {
        if (f !== 'propose') {
          fx.fail(id, 'not-supported')
          return state
        }
        if (state.decided !== null) {
          fx.reply(id, state.decided.value)
          return state
        }
        const next = { ...state, proposed: true, waiting: [...state.waiting, id] }
        if (!waits) return decide(next, value, fx)
        // One proposal of a process is enough; later ones wait for the same decision.
        if (state.proposed) return next
        const request = {
          ...{ id: 'proposal', client: fx.self, serial: 1 },
          ...{ f: 'broadcast', value: [fx.self, value] },
        }
        return run(next, (inner) => broadcast.onRequest(next.broadcast, request, inner), fx)
      },

      onMessage(state: State, from, message, fx) {
        const { message: inner } = message as { readonly message: unknown }
        return run(state, (its) => broadcast.onMessage(state.broadcast, from, inner, its), fx)
      },

      onTimer(state: State, timer, fx) {
        const inner = timer.slice('broadcast/'.length)
        return run(
          state,
          (its) => broadcast.onTimer?.(state.broadcast, inner, its) ?? state.broadcast,
          fx,
        )
      },

      onDurable: (state: State, ticket, fx) =>
        run(
          state,
          (its) => broadcast.onDurable?.(state.broadcast, ticket, its) ?? state.broadcast,
          fx,
        ),

      view: ({ decided }: State) => (decided === null ? {} : { decided: decided.value }),
    } satisfies Program<State>
  },
)

interface State {
  readonly broadcast: unknown
  readonly proposed: boolean
  readonly decided: { readonly value: unknown } | null
  readonly waiting: readonly (string | number)[]
}

const take = { id: 'take', client: 'consensus', serial: 0, f: 'deliver', value: null }

function ignored(): void {
  // Acknowledgements of broadcasts: what counts is what is delivered.
}
