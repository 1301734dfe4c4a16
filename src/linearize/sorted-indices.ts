/** The indices of numbers, ordered by number; equal ones by index. Infinite numbers are allowed. */
export function sortedIndices(keys: Float64Array): Int32Array {
  return Int32Array.from(keys.keys()).sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!]
    return x < y ? -1 : x > y ? 1 : a - b
  })
}
