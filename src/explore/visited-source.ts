import type { VisitedOptions } from './visited.ts'
import { Visited } from './visited.ts'

/** Above this, loops over the words are as fast as straight code. */
const MOST_UNROLLED = 64

/**
 * A table for states of some words, its innermost loops written out where code may be generated.
 */
export function visitedFor(words: number, options: VisitedOptions = {}): Visited {
  if (options.generated === false || words > MOST_UNROLLED) return new Visited(words, options)
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
    const make = new Function('Visited', sourceOf(words)) as (
      base: typeof Visited,
    ) => typeof Visited
    return new (make(Visited))(words, options)
  } catch (error) {
    if (error instanceof EvalError) return new Visited(words, options)
    throw error
  }
}

/** The same as in `Visited`, without loops over the words. */
function sourceOf(words: number): string {
  const all = Array.from({ length: words }, (_, word) => word)
  const lines = (line: (word: number) => string) => all.map(line).join('\n')
  const mix = [
    'let mixed = 0x9e3779b9 | 0',
    lines((word) => `mixed = Math.imul(mixed ^ w${word}, 0x85ebca77); mixed ^= mixed >>> 15`),
    'mixed = Math.imul(mixed, 0xc2b2ae3d)',
    'mixed ^= mixed >>> 16',
  ].join('\n')
  return `'use strict'
return class extends Visited {
  hash(state, offset) {
    ${lines((word) => `const w${word} = state[offset + ${word}]`)}
    ${mix}
    return mixed
  }
  add(state, parent = -1) {
    const table = this.table, states = this.states
    const mask = table.length - 1
    ${lines((word) => `const w${word} = state[${word}]`)}
    ${mix}
    const want = mixed & ~mask
    for (let probe = mixed & mask; ; probe = (probe + 1) & mask) {
      const entry = table[probe]
      if (entry === 0) return this.insert(state, parent, probe, want)
      if (((entry ^ want) & ~mask) !== 0) continue
      const known = (entry & mask) - 1
      const base = known * ${words}
      if (${all.map((word) => `states[base + ${word}] === w${word}`).join(' && ')}) return known
    }
  }
}`
}
