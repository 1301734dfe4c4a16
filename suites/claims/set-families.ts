/** Families of sets of up to 5 nodes, as sets of bits, looked at one by one. */
import { monotoneFunctions } from '../../src/quorum/search/monotone.ts'
import type { QuorumSystem } from '../../src/quorum/system.ts'
import { systemOf } from '../../src/quorum/system.ts'
import { listOfQuorums } from '../../src/quorum/structures/list-of-quorums.ts'
import { countOf, membersOf } from './node-sets.ts'

/** Sets of nodes, each a set of bits. */
export type Family = readonly number[]

/** All families of which no set contains another one, but for the empty one. */
export function antichains(nodes: number): readonly Family[] {
  return monotoneFunctions(nodes)
    .minimal.map((sets) => [...sets])
    .filter((sets) => sets.length > 0)
}

/** Those of them that are quorum systems: no set is empty, and any two meet. */
export function coteries(nodes: number): readonly Family[] {
  return antichains(nodes).filter((sets) => !sets.includes(0) && allMeet(sets, sets))
}

/** One coterie of those that differ in the names of nodes only. */
export function coteriesUpToNames(nodes: number): readonly Family[] {
  const renamings = permutations(nodes)
  const known = new Set<string>()
  return coteries(nodes).filter((family) => {
    const own = keyOf(family)
    if (known.has(own)) return false
    for (const renaming of renamings) {
      known.add(keyOf(family.map((set) => renamed(set, renaming))))
    }
    return true
  })
}

/** Whether each set of the one meets each set of the other. */
export function allMeet(some: Family, others: Family): boolean {
  return some.every((set) => others.every((other) => (set & other) !== 0))
}

/** The sets that contain no other set of the family, each once. */
export function minimalOf(family: Family): Family {
  const once = [...new Set(family)]
  return once.filter((set) => !once.some((other) => other !== set && (other & set) === other))
}

/** The fewest nodes that meet every set. */
export function fewestThatHit(family: Family, nodes: number): number {
  let fewest = nodes
  for (let set = 0; set < 1 << nodes; set++) {
    if (countOf(set) < fewest && allMeet([set], family)) fewest = countOf(set)
  }
  return fewest
}

/** As the metrics of quorum systems take it. */
export function systemOfFamily(family: Family, nodes: number): QuorumSystem {
  const sets = listOfQuorums(family.map(membersOf), nodes)
  return systemOf({ name: familyText(family), size: nodes, reads: sets, writes: sets })
}

/** `{n1, n2}, {n2, n3}` */
export function familyText(family: Family): string {
  const texts = family.map(
    (set) =>
      `{${membersOf(set)
        .map((node) => `n${node + 1}`)
        .join(', ')}}`,
  )
  return texts.join(', ')
}

const keyOf = (family: Family): string => family.toSorted((a, b) => a - b).join()

function renamed(set: number, renaming: readonly number[]): number {
  return membersOf(set).reduce((bits, node) => bits | (1 << (renaming[node] ?? 0)), 0)
}

function permutations(size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]]
  return permutations(size - 1).flatMap((shorter) =>
    Array.from({ length: size }, (_, at) => [
      ...shorter.slice(0, at),
      size - 1,
      ...shorter.slice(at),
    ]),
  )
}

/** As a set of bits. */
export const bitsOf = (members: Iterable<number>): number =>
  [...members].reduce((bits, node) => bits | (1 << node), 0)
