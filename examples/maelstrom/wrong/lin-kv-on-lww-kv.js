#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: the service that it trusts is only eventually consistent. */
const node = new Node()
const forward = async ({ msg_id: _, ...request }) => {
  const { in_reply_to: __, ...answer } = await node.ask('lww-kv', request, 700)
  return answer
}
for (const type of ['read', 'write', 'cas']) node.on(type, forward)
node.run()
