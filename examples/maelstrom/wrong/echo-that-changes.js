#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: now and then it answers with what somebody else has said. */
const node = new Node()
let before = 'nothing yet'
let answered = 0
node.on('echo', ({ echo }) => {
  const said = ++answered % 5 === 0 ? before : echo
  before = echo
  return { echo: said }
})
node.run()
