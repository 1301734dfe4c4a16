import { frozen, notPlain } from './plain.ts'
import type { Fx } from './fx.ts'
import type { Program } from './protocol.ts'

/** A handler broke the rules that every host relies on. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken'
}

/**
 * The same program, watched: whatever is passed to a handler is frozen to its depth, so that a
 * handler that changes it throws, and states and messages that are not plain data are refused.
 * Meant for tests and development; it is several times slower.
 */
export function strict<State, Message, Timer extends string>(
  program: Program<State, Message, Timer>,
): Program<State, Message, Timer> {
  const next = (handler: string, state: State): State => {
    const place = notPlain(state)
    if (place !== undefined) {
      throw new RuleBroken(`${handler} answers with a state that is not plain data: ${place}`)
    }
    return frozen(state)
  }
  const { onTimer, onDurable } = program
  return {
    ...program,
    boot: (disk, fx) => next('boot', program.boot(disk, watched('boot', fx))),
    onRequest: (state, request, fx) =>
      next('onRequest', program.onRequest(state, frozen(request), watched('onRequest', fx))),
    onMessage: (state, from, message, fx) =>
      next('onMessage', program.onMessage(state, from, frozen(message), watched('onMessage', fx))),
    ...(onTimer === undefined
      ? {}
      : {
          onTimer: (state: State, timer: Timer, fx: Fx<Message, Timer>) =>
            next('onTimer', onTimer(state, timer, watched('onTimer', fx))),
        }),
    ...(onDurable === undefined
      ? {}
      : {
          onDurable: (state: State, ticket: number, fx: Fx<Message, Timer>) =>
            next('onDurable', onDurable(state, ticket, watched('onDurable', fx))),
        }),
  }
}

/** The same effects, each looked at before the host gets it. */
function watched<Message, Timer extends string>(
  handler: string,
  fx: Fx<Message, Timer>,
): Fx<Message, Timer> {
  const plain = <Data>(what: string, data: Data): Data => {
    const place = data === undefined ? ' is undefined' : notPlain(data)
    if (place === undefined) return frozen(data)
    throw new RuleBroken(`${handler} passes a ${what} that is not plain data: it${place}`)
  }
  const known = (to: string): string => {
    if (fx.nodes.includes(to)) return to
    throw new RuleBroken(`${handler} sends to '${to}', which is no node: ${fx.nodes.join(', ')}`)
  }
  return {
    self: fx.self,
    nodes: fx.nodes,
    others: fx.others,
    send: (to, message, after) => fx.send(known(to), plain('message', message), after),
    reply: (request, result, after) => fx.reply(request, plain('result', result), after),
    fail: (request, error, ask) => fx.fail(request, error, ask),
    setTimer: (timer, delay) => fx.setTimer(timer, delay),
    cancelTimer: (timer) => fx.cancelTimer(timer),
    put: (key, value) => fx.put(key, plain('value', value)),
    append: (log, record) => fx.append(log, plain('record', record)),
    truncate: (log, from) => fx.truncate(log, from),
    compact: (log, before) => fx.compact(log, before),
    pick: (options) => fx.pick(options),
    now: () => fx.now(),
    note: (label, data) => fx.note(label, data),
  }
}
