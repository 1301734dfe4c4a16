#!/usr/bin/env node
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { Node } from '../node.js'

/**
 * Every node tells every other what that has not confirmed yet, again and again. What is
 * acknowledged is in a file first, so it survives the node.
 */
const node = new Node()
const messages = new Set()
const confirmed = new Map()
let file

node.on('init', () => {
  const path = `broadcast-${node.id}.jsonl`
  if (existsSync(path)) {
    const lines = readFileSync(path, 'utf8').split('\n')
    // The last line may be cut off, or is empty: nobody was told of it.
    for (const line of lines.slice(0, -1)) messages.add(JSON.parse(line))
  }
  file = openSync(path, 'a')
  for (const other of node.others) confirmed.set(other, new Set())
  setInterval(gossip, 50)
  return {}
})

node.on('topology', () => ({}))
node.on('read', () => ({ messages: [...messages] }))
node.on('broadcast', ({ message }) => {
  keep([message])
  gossip()
  return {}
})
node.on('gossip', ({ news }, src) => {
  keep(news)
  for (const message of news) confirmed.get(src).add(message)
  return {}
})
node.run()

function keep(heard) {
  const news = heard.filter((message) => !messages.has(message))
  if (news.length === 0) return
  for (const message of news) messages.add(message)
  writeSync(file, news.map((message) => `${JSON.stringify(message)}\n`).join(''))
  fsyncSync(file)
}

function gossip() {
  for (const other of node.others) {
    const known = confirmed.get(other)
    const news = [...messages].filter((message) => !known.has(message))
    if (news.length === 0) continue
    const confirm = () => news.forEach((message) => known.add(message))
    // Nobody answered: the next round tells it again.
    node.ask(other, { type: 'gossip', news }).then(confirm, () => undefined)
  }
}

process.on('exit', () => file !== undefined && closeSync(file))
