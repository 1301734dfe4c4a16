#!/usr/bin/env node
import { Node } from '../node.js'

/** A linearizable store that keeps nothing itself: it asks the service that is one. */
const node = new Node()
const forward = async ({ msg_id: _, ...request }) => {
  const { in_reply_to: __, ...answer } = await node.ask('lin-kv', request, 700)
  return answer
}
for (const type of ['read', 'write', 'cas']) node.on(type, forward)
node.run()
