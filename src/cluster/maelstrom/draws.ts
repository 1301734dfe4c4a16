import { seeded } from '../../core/random.ts'
import type { Random } from '../../core/random.ts'

/**
 * A random stream of its own for each purpose, so that one thing more or less does not change all
 * that is drawn after it.
 */
export function streams(seed: number): (purpose: string) => Random {
  const made = new Map<string, Random>()
  return (purpose) => {
    const known = made.get(purpose)
    if (known !== undefined) return known
    const stream = seeded(hash(purpose, seed))
    made.set(purpose, stream)
    return stream
  }
}

/** Fowler, Noll and Vo's FNV-1a over the text, begun with the seed. */
function hash(text: string, seed: number): number {
  let bits = 0x811c9dc5 ^ seed ^ Math.floor(seed / 0x1_0000_0000)
  for (let at = 0; at < text.length; at++) {
    bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193)
  }
  return bits
}

export const latencyDistributions = ['constant', 'uniform', 'exponential'] as const

export interface Latency {
  /** The mean, in milliseconds. */
  readonly ms: number
  readonly distribution: (typeof latencyDistributions)[number]
}

/** How long a message is on its way, in milliseconds. */
export function latencyOf({ ms, distribution }: Latency, random: Random): number {
  switch (distribution) {
    case 'constant':
      return ms
    case 'uniform':
      return (2 * ms * random.int(0, 1000)) / 1000
    case 'exponential':
      return (ms * random.pick(EXPONENTIAL)) / 1000
  }
}

/**
 * The means of 20 equally likely parts of the exponential distribution of mean 1000: a table, as
 * logarithms are not the same on every machine.
 */
const EXPONENTIAL = [
  25, 78, 134, 193, 255, 322, 393, 470, 554, 645, 745, 856, 982, 1125, 1292, 1494, 1746, 2086, 2609,
  3996,
]
