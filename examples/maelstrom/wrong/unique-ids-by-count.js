#!/usr/bin/env node
import { Node } from '../node.js'

/** Wrong: every node counts for itself, and forgets to say who it is. */
const node = new Node()
let given = 0
node.on('generate', () => ({ id: ++given }))
node.run()
