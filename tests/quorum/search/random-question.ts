import type { Random } from '../../../src/core/random.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import type { BestOptions } from '../../../src/quorum/search/question.ts'

/** A question about the load that has an answer: capacities, fraction, resilience, failures. */
export function randomQuestion(random: Random, size: number): BestOptions {
  const alike = random.chance(1, 4)
  const part = (): string => `${random.int(1, 6)}/${random.int(1, 3)}`
  const write = random.chance(1, 2)
  const nodes = Array.from({ length: size }, (_, i) =>
    quorumNode(`n${i}`, {
      ...(alike ? {} : { capacity: part() }),
      ...(alike || !write ? {} : { writeCapacity: part() }),
    }),
  )
  const most = Math.floor((size - 1) / 2)
  const failures = random.chance(1, 3) ? random.int(Math.min(1, most), most) : 0
  const read = random.int(0, size - 1 - failures)
  return {
    nodes,
    readFraction: `${random.int(0, 4)}/4`,
    resilience: random.chance(1, 2)
      ? random.int(0, most)
      : { read, write: Math.max(0, random.int(0, size - 1 - Math.max(read, failures))) },
    failures,
  }
}
