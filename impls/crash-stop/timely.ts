import type { Fx, NodeId } from '../../src/node/index.ts'

/**
 * Failure detection by silence: everybody says that it is alive every `beatMs`, and who was not
 * heard for `suspectMs` has crashed, for ever. Where no message is lost or takes longer than the
 * difference it is perfect (Chandra, Toueg 1996, Unreliable failure detectors, class P): nobody is
 * suspected who lives, and every crash is seen in time. Where messages are lost or nodes pause it
 * is neither, and what is built on it breaks.
 */
export interface Timely {
  start(fx: TimelyFx): void
  /** Another node was heard of. */
  heard(node: NodeId, fx: TimelyFx): void
  /** The node that a timer says has crashed; says that this one is alive if it is time to. */
  silent(timer: string, fx: TimelyFx): NodeId | undefined
}

export interface Alive {
  readonly type: 'alive'
}

export type TimelyTimer = 'beat' | `silent ${NodeId}`
type TimelyFx = Fx<Alive, TimelyTimer>

export function timely({ beatMs, suspectMs }: { beatMs: number; suspectMs: number }): Timely {
  const beat = (fx: TimelyFx): void => {
    for (const node of fx.others) fx.send(node, { type: 'alive' })
    fx.setTimer('beat', beatMs)
  }
  return {
    start(fx) {
      beat(fx)
      for (const node of fx.others) fx.setTimer(`silent ${node}`, suspectMs)
    },
    heard: (node, fx) => fx.setTimer(`silent ${node}`, suspectMs),
    silent(timer, fx) {
      if (timer === 'beat') beat(fx)
      return timer.startsWith('silent ') ? timer.slice('silent '.length) : undefined
    },
  }
}
