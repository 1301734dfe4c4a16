import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { repairOf } from './repair.ts'
import type { Repair } from './repair.ts'
import { undecidedGate, weightsAddUp } from './tree-domination.ts'
import { undecidedNodes } from './undecided-nodes.ts'

const ATTEMPTS = 4

/**
 * Whether another system is at least as good wherever this one works, and works where this one
 * does not (Garcia-Molina & Barbara 1985): then there are nodes that contain no read quorum while
 * all other nodes contain no write quorum, and either could be made one.
 */
export interface Domination extends Obtained {
  readonly dominated: boolean
  /** Nodes without a read quorum, while the others are without a write quorum. */
  readonly witness?: Int32Array
  readonly repair?: Repair
}

/** @throws UserError where that is not decided within the budget. */
export function domination(
  system: QuorumSystem,
  options: { readonly budget?: Budget } = {},
): Domination {
  const { reads, writes } = system
  const tree = reads === writes ? treeOf(reads) : undefined
  if (tree !== undefined && weightsAddUp(tree)) {
    const found = undecidedGate(tree)
    const witness = found?.witness
    return answer(system, witness, 'each gate of the tree by itself')
  }
  const guess = guessed(reads, writes)
  if (guess !== undefined) return answer(system, guess, 'smallest sets that meet every quorum')
  const meter = new Meter({ seconds: 20, ...options.budget })
  const found = undecidedNodes(reads, writes, meter)
  if (found.outcome === 'unknown') {
    throw new UserError(`whether ${system.name} is dominated was not decided in time`, {
      hint: 'a larger budget, or a smaller system of the same family',
    })
  }
  return answer(system, found.outcome === 'found' ? found.alive : undefined, 'decision diagram')
}

/** Nodes that meet every write quorum often contain no read quorum, and need no search. */
function guessed(reads: QuorumSet, writes: QuorumSet): Int32Array | undefined {
  const stopping = writes.dual()
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const prices = Float64Array.from({ length: reads.size }, (_, node) =>
      attempt === 0 ? 1 : 1 + ((node * (2 * attempt + 1)) % 7),
    )
    const { members } = stopping.cheapest(prices)
    const alive = new Uint8Array(reads.size)
    for (const node of members) alive[node] = 1
    if (!reads.holds(alive)) return members
  }
  return undefined
}

function answer(system: QuorumSystem, witness: Int32Array | undefined, method: string): Domination {
  if (witness === undefined) return { dominated: false, quality: 'exact', method }
  const repair = repairOf(system)
  return {
    dominated: true,
    witness,
    ...(repair === undefined ? {} : { repair }),
    quality: 'exact',
    method,
  }
}
