import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseSystem } from '../../src/quorum/index.ts'
import { slowValues } from '../quorum/slow-values.ts'
import type { Values } from '../quorum/slow-values.ts'

const file = new URL('../quorum/values.json', import.meta.url)

it.each(JSON.parse(readFileSync(file, 'utf8')) as readonly Values[])(
  'the values of $system that are written down follow from the definitions',
  (known) => {
    expect(slowValues(parseSystem(known.system))).toEqual(known)
  },
)
