#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: what it has counted is only in its memory, and a node that is killed loses that. */
const node = new Node()
const counts = {}

node.on('init', () => {
  setInterval(() => node.others.forEach((other) => node.send(other, { type: 'merge', counts })), 50)
  return {}
})
node.on('add', ({ delta }) => {
  counts[node.id] = (counts[node.id] ?? 0) + delta
  return {}
})
node.on('read', () => ({ value: Object.values(counts).reduce((sum, count) => sum + count, 0) }))
node.on('merge', (theirs) => {
  for (const [name, count] of Object.entries(theirs.counts)) {
    if (name !== node.id) counts[name] = count
  }
})
node.run()
