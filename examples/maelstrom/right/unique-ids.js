#!/usr/bin/env node
import { randomUUID } from 'node:crypto'
import { Node } from '../node.js'

const node = new Node()
const life = randomUUID()
let given = 0
// A counter alone would begin again after a restart: the life makes the difference.
node.on('generate', () => ({ id: `${node.id}-${life}-${++given}` }))
node.run()
