#!/usr/bin/env node
import { Node } from '../node.js'

const node = new Node()
node.on('echo', ({ echo }) => ({ echo }))
node.run()
