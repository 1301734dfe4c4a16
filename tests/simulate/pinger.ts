import type { Tolerates } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import type { Run, Simulation } from '../../src/simulate/index.ts'
import type { Workload } from '../../src/node/index.ts'

/**
 * Every node writes a number to its disk every 10 ms and tells all others, at once and when it is
 * there. Requests are answered at once. The simplest thing on which faults can be seen.
 */
export const pinger = protocol(
  'pinger',
  { about: 'Every node counts aloud', options: {}, tolerates: {} },
  () =>
    program<State, Message, 'ping'>({
      boot(disk, fx) {
        fx.setTimer('ping', 10)
        const { records } = disk.log('pings')
        return { sent: records.length, found: records.length, damaged: disk.damaged }
      },
      onRequest(state, { id }, fx) {
        fx.reply(id, state.sent)
        return state
      },
      onMessage: (state) => state,
      onTimer(state, _timer, fx) {
        const ping = state.sent + 1
        fx.setTimer('ping', 10)
        const ticket = fx.append('pings', ping)
        for (const node of fx.others) {
          fx.send(node, { ping, at: fx.now() })
          fx.send(node, { written: ping }, ticket)
        }
        return { ...state, sent: ping }
      },
      view: (state) => ({ ...state }),
    }),
)

interface State {
  readonly sent: number
  readonly found: number
  readonly damaged: readonly string[]
}

export type Message = { readonly ping: number; readonly at: number } | { readonly written: number }

export const asking: Workload = {
  name: 'asking',
  about: 'asks',
  condition: 'none',
  client: () => ({ next: () => ({ f: 'ask', value: null }) }),
}

/** Three pingers without chance: a message takes 4 ms, a write 2 ms. */
export function pingers(
  faults: Simulation['faults'],
  more: Partial<Simulation> = {},
  tolerates: Tolerates = { restarts: true, reordering: true, corruption: true },
): Simulation {
  return {
    name: 'pinger',
    program: pinger.make(),
    tolerates,
    nodes: 3,
    seed: 1,
    workload: asking,
    clients: { count: 1, policy: 'any', timeoutMs: 200, rate: 20 },
    forMs: 1000,
    network: { delayMs: [4, 4] },
    disk: { writeMs: [2, 2] },
    faults,
    invariants: [],
    trace: true,
    record: true,
    ...more,
  }
}

export interface Delivery {
  readonly from: string
  readonly to: string
  /** Milliseconds. */
  readonly sent: number
  readonly arrived: number
  readonly message: Message
}

/** All messages that arrived before the end of the faults. */
export function deliveries(run: Run, beforeMs = 1000): Delivery[] {
  return run.trace.flatMap(({ node, event, time }) =>
    event.type === 'message' && time < beforeMs * 1000
      ? [
          {
            from: event.from,
            to: node!,
            sent: run.trace[event.sent!]!.time / 1000,
            arrived: time / 1000,
            message: event.message as Message,
          },
        ]
      : [],
  )
}
