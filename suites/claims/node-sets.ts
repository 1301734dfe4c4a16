/** All sets of so many of the numbers below `nodes`, each ascending. */
export function combinations(nodes: number, size: number): readonly (readonly number[])[] {
  const found: number[][] = []
  const chosen: number[] = []
  const choose = (from: number): void => {
    if (chosen.length === size) {
      found.push([...chosen])
      return
    }
    for (let node = from; node < nodes; node++) {
      chosen.push(node)
      choose(node + 1)
      chosen.pop()
    }
  }
  choose(0)
  return found
}

/** `{n1, n3}` */
export function named(nodes: readonly number[]): string {
  return `{${nodes.map((node) => `n${node + 1}`).join(', ')}}`
}

/** The members of a set of bits, ascending. */
export function membersOf(bits: number): readonly number[] {
  const members: number[] = []
  for (let node = 0; bits >> node > 0; node++) if (((bits >> node) & 1) === 1) members.push(node)
  return members
}

/** How many members a set of bits has. */
export function countOf(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest &= rest - 1) count++
  return count
}
