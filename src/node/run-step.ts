import type { TraceEvent } from '../core/trace.ts'
import { DiskImage } from './disk-image.ts'
import type { Fx } from './fx.ts'
import type { Program } from './protocol.ts'

/**
 * Runs the handler that an event calls for. `state` is not looked at by `boot`, and a program
 * without a handler for an event stays as it is.
 */
export function runStep<State, Message, Timer extends string>(
  program: Program<State, Message, Timer>,
  state: State | undefined,
  event: TraceEvent,
  fx: Fx<Message, Timer>,
): State | undefined {
  if (event.type === 'boot') return program.boot(DiskImage.from(event.disk), fx)
  if (event.type === 'crash') return undefined
  if (state === undefined || event.type === 'fault') return state
  switch (event.type) {
    case 'request':
      return program.onRequest(state, event.request, fx)
    case 'message':
      return program.onMessage(state, event.from, event.message as Message, fx)
    case 'timer':
      return program.onTimer?.(state, event.timer as Timer, fx) ?? state
    case 'durable':
      return program.onDurable?.(state, event.ticket, fx) ?? state
  }
}
