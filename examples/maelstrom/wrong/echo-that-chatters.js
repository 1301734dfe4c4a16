#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: it writes to standard output what is no message. */
const node = new Node()
node.on('echo', ({ echo }) => {
  console.log(`asked to say ${echo}`)
  return { echo }
})
node.run()
