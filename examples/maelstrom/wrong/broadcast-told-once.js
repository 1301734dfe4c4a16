#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: what is told once, and lost on its way, is never told again. */
const node = new Node()
const messages = new Set()

node.on('topology', () => ({}))
node.on('read', () => ({ messages: [...messages] }))
node.on('broadcast', ({ message }) => {
  messages.add(message)
  for (const other of node.others) node.send(other, { type: 'gossip', message })
  return {}
})
node.on('gossip', ({ message }) => {
  messages.add(message)
})
node.run()
