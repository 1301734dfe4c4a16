/** The sets that contain no other of them, each once, the smallest first. Members ascend. */
export function antichain(sets: readonly Int32Array[], size: number): readonly Int32Array[] {
  const distinct = new Map(sets.map((members) => [setKey(members), members]))
  const bySize = [...distinct.values()].sort((a, b) => a.length - b.length || lexical(a, b))
  const kept: Int32Array[] = []
  // A set is filed under its rarest member: whoever contains it has that member too.
  const filed: Int32Array[][] = Array.from({ length: size }, () => [])
  const frequency = frequencies(bySize, size)
  const inside = new Uint8Array(size)
  let smaller = 0
  for (const members of bySize) {
    // Sets of one size cannot contain each other, so only smaller ones are looked at.
    while (smaller < kept.length && kept[smaller]!.length < members.length) {
      filed[rarest(kept[smaller]!, frequency)]!.push(kept[smaller]!)
      smaller++
    }
    if (smaller > 0 && containsOne(members, filed, inside)) continue
    kept.push(members)
  }
  return kept
}

/** A text that only equal sets have in common. */
export function setKey(members: Int32Array): string {
  return members.join(' ')
}

function containsOne(
  members: Int32Array,
  filed: readonly (readonly Int32Array[])[],
  inside: Uint8Array,
): boolean {
  for (const member of members) inside[member] = 1
  let found = false
  for (let i = 0; i < members.length && !found; i++) {
    found = filed[members[i]!]!.some((other) => other.every((member) => inside[member] === 1))
  }
  for (const member of members) inside[member] = 0
  return found
}

function frequencies(sets: readonly Int32Array[], size: number): Int32Array {
  const found = new Int32Array(size)
  for (const members of sets) for (const member of members) found[member]!++
  return found
}

function rarest(members: Int32Array, frequency: Int32Array): number {
  let best = members[0]!
  for (const member of members) if (frequency[member]! < frequency[best]!) best = member
  return best
}

function lexical(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
