#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: it remembers for a while what it has read, and others write meanwhile. */
const FRESH_MS = 400

const node = new Node()
const cache = new Map()

node.on('read', async ({ key }) => {
  const known = cache.get(key)
  if (known !== undefined && Date.now() - known.at < FRESH_MS) return { value: known.value }
  const { value } = await node.ask('lin-kv', { type: 'read', key }, 700)
  cache.set(key, { value, at: Date.now() })
  return { value }
})
node.on('write', async ({ key, value }) => {
  await node.ask('lin-kv', { type: 'write', key, value }, 700)
  return {}
})
node.on('cas', async ({ key, from, to }) => {
  await node.ask('lin-kv', { type: 'cas', key, from, to }, 700)
  return {}
})
node.run()
