import { seeded } from '../../../src/core/random.ts'
import { allOf, anyOf } from '../../../src/quorum/formula.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { quorumSetOf } from '../../../src/quorum/structures/quorum-set-of.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { bitsOf, randomFormula, randomTree, tableOf } from '../truth.ts'
import { expectAgreement } from './agreement.ts'

/** A random threshold tree, with weights for even seeds, against its table. */
export function compareTree(seed: number): void {
  const random = seeded(seed)
  const size = random.int(1, 7)
  const formula = randomTree(random, size, seed % 2 === 0)
  expectAgreement(thresholdTree(formula, size), tableOf(formula, size), random)
}

/** A random formula whose nodes may stand more than once, with weights for even seeds. */
export function compareFormula(seed: number): void {
  const random = seeded(seed)
  const size = random.int(1, 7)
  const formula = randomFormula(random, size, random.int(1, 12), seed % 2 === 0)
  const make = random.chance(1, 2) ? generalFormula : quorumSetOf
  expectAgreement(make(formula, size), tableOf(formula, size), random)
}

/** A list of random sets, some of which may contain others. */
export function compareList(seed: number): void {
  const random = seeded(seed)
  const size = random.int(1, 8)
  const masks = Array.from({ length: random.int(1, 12) }, () => random.int(1, 2 ** size - 1))
  const formula = anyOf(masks.map((mask) => allOf(bitsOf(mask))))
  const list = listOfQuorums(
    masks.map((mask) => random.shuffle(bitsOf(mask))),
    size,
  )
  expectAgreement(list, tableOf(formula, size), random)
}
