#!/usr/bin/env node
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { Node } from '../node.js'

/**
 * A counter for increments and decrements (Shapiro et al. 2011): for every node how much it was
 * told to add and to take away. Both only grow, so of two views of a node the greater is the newer.
 */
const node = new Node()
const up = {}
const down = {}

node.on('init', () => {
  const path = `counter-${node.id}.json`
  if (existsSync(path)) {
    const kept = JSON.parse(readFileSync(path, 'utf8'))
    Object.assign(up, kept.up)
    Object.assign(down, kept.down)
  }
  setInterval(
    () => node.others.forEach((other) => node.send(other, { type: 'merge', up, down })),
    50,
  )
  return {}
})
node.on('add', ({ delta }) => {
  const side = delta >= 0 ? up : down
  side[node.id] = (side[node.id] ?? 0) + Math.abs(delta)
  keep()
  return {}
})
node.on('read', () => ({ value: sum(up) - sum(down) }))
node.on('merge', (theirs) => {
  merge(up, theirs.up)
  merge(down, theirs.down)
})
node.run()

function merge(mine, theirs) {
  for (const [name, count] of Object.entries(theirs)) mine[name] = Math.max(mine[name] ?? 0, count)
}

function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

/** Under another name first: whoever is killed meanwhile leaves the old file whole. */
function keep() {
  const path = `counter-${node.id}.json`
  const file = openSync(`${path}.new`, 'w')
  writeSync(file, JSON.stringify({ up, down }))
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
