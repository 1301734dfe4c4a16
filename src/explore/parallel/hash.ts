/** A hash of the words of a state. Its low bits choose a cell, its high bits an owner. */
export function hashOf(state: Int32Array, words: number, offset = 0): number {
  let mixed = 0x9e3779b9 | 0
  for (let word = 0; word < words; word++) {
    mixed = Math.imul(mixed ^ state[offset + word]!, 0x85ebca77)
    mixed ^= mixed >>> 13
    mixed = (mixed << 7) | (mixed >>> 25)
  }
  mixed = Math.imul(mixed, 0xc2b2ae3d)
  return mixed ^ (mixed >>> 16)
}

/** Who owns the states with a hash. */
export function ownerOf(hash: number, workers: number): number {
  return ((hash >>> 16) * workers) >>> 16
}
