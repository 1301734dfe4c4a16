import type { Fx, NodeId } from '../../src/node/index.ts'

/**
 * What a node is about to send. A node that crashes while it tells something to all has told some
 * of them only, and much of what is hard about crashes is just that. A handler runs as a whole, so
 * messages to several nodes leave one by one, with moments in between; in which order is left open.
 */
export type Outgoing<Message> = readonly { readonly to: NodeId; readonly message: Message }[]

/** Sends one message, and sets the timer `send` if more are left. */
export function sendOne<Message>(
  outgoing: Outgoing<Message>,
  spreadMs: number,
  fx: Fx<Message, 'send'>,
): Outgoing<Message> {
  const next = outgoing.filter(({ to }, at) => outgoing.findIndex((one) => one.to === to) === at)
  if (next.length === 0) return outgoing
  const chosen = fx.pick(next)
  fx.send(chosen.to, chosen.message)
  const left = outgoing.filter((one) => one !== chosen)
  if (left.length > 0) fx.setTimer('send', [0, spreadMs])
  return left
}
