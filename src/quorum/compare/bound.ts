import type { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'

/**
 * A load that no system on these nodes can be under, whatever its quorums and its strategy.
 *
 * Two sides: let a and b be how often a node is in the read and in the write quorum. As the quorums
 * meet, the sum of a b is at least 1, and from f a/r + (1-f) b/w <= L follows f a/r (1-f) b/w <=
 * L^2/4 (the means), so L >= 2 sqrt(f (1-f) / sum of r w). One side only: all quorums meet all, the
 * sum of squares of the mixture is at least 1, and L >= 1/sqrt(sum of squared capacities), which is
 * 1/sqrt(n) for equal nodes (Naor and Wool 1998, section 4).
 */
export function loadBound(system: QuorumSystem, readFraction: number): number {
  let products = 0
  let largest = 0
  let alike = true
  for (const { readCapacity, writeCapacity } of system.nodes) {
    const [read, write] = [number(readCapacity), number(writeCapacity)]
    products += read * write
    largest += Math.max(read, write)
    alike &&= readCapacity.equals(writeCapacity)
  }
  if (isCoterie(system) && alike) return 1 / Math.sqrt(products)
  const mix = readFraction * (1 - readFraction)
  // Somebody has to answer each operation.
  return Math.max(2 * Math.sqrt(mix / products), 1 / largest)
}

/** Whether all quorums meet all quorums: reads and writes need the same. */
export function isCoterie({ reads, writes }: QuorumSystem): boolean {
  return reads === writes
}

function number(value: Rational): number {
  return value.toNumber()
}
