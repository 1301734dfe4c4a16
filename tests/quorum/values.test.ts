import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  liveSetCounts,
  load,
  parseSystem,
  resilience,
  smallestQuorum,
  verifyLoad,
} from '../../src/quorum/index.ts'
import { FRACTIONS, slowValues } from './slow-values.ts'
import type { Values } from './slow-values.ts'

/** Values of small systems, written down from the definitions by `slowValues`. */
const file = new URL('values.json', import.meta.url)
const values = JSON.parse(readFileSync(file, 'utf8')) as readonly Values[]

/** The same by the ways that are meant to be used. */
async function fastValues(text: string): Promise<Values> {
  const system = parseSystem(text)
  const coterie = system.reads === system.writes
  const sides = coterie ? (['read'] as const) : (['read', 'write'] as const)
  const loads: string[] = []
  for (const readFraction of coterie ? ['1/3'] : FRACTIONS) {
    const { exact, certificate } = await load(system, { readFraction })
    expect(verifyLoad(certificate)).toEqual({ ok: true })
    loads.push(exact?.toString() ?? 'not exact')
  }
  const [hits, smallest] = [resilience(system), smallestQuorum(system)]
  return {
    system: system.name,
    nodes: system.size,
    quorums: sides.map((side) => {
      const set = side === 'read' ? system.reads : system.writes
      const made = [...set.minimalQuorums()].length
      expect(set.countMinimal?.() ?? BigInt(made)).toBe(BigInt(made))
      return made
    }),
    smallest: sides.map((side) => smallest[side]),
    resilience: sides.map((side) => hits[side]),
    alive: sides.map((side) => liveSetCounts(system, { side }).counts.join(' ')),
    load: loads,
  }
}

describe('quorums, sizes, resilience, live sets and loads of the families', () => {
  it('are those that were written down', async () => {
    for (const known of values) expect(await fastValues(known.system)).toEqual(known)
  })

  it('were written down from the definitions', () => {
    const small = values.filter(({ nodes }) => nodes <= 7)
    expect(small.length).toBeGreaterThan(30)
    for (const known of small) expect(slowValues(parseSystem(known.system))).toEqual(known)
  })
})
