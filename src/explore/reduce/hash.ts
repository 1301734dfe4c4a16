/** One number of 32 bits out of two, well spread. The order of the two matters. */
export function mix(one: number, other: number): number {
  let bits = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(other, 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d)
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39)
  return bits ^ (bits >>> 15)
}

/** A whole number of up to 53 bits. */
export function mixNumber(seed: number, value: number): number {
  return mix(mix(seed, value | 0), Math.floor(value / 2 ** 32) | 0)
}

export function mixText(seed: number, text: string): number {
  let bits = seed
  for (let at = 0; at < text.length; at++) bits = mix(bits, text.charCodeAt(at))
  return bits
}
