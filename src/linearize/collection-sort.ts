/**
 * The indices of `keys` in the order of their keys, which are integers from 0 to `limit`; equal
 * keys stay in the order of `first` (by default, of the indices).
 */
export function orderBy(keys: Int32Array, limit: number, first?: Int32Array): Int32Array {
  const next = new Int32Array(limit + 2)
  for (let i = 0; i < keys.length; i++) next[keys[i]! + 1]!++
  for (let key = 0; key <= limit; key++) next[key + 1]! += next[key]!
  const order = new Int32Array(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const index = first === undefined ? i : first[i]!
    order[next[keys[index]!]!++] = index
  }
  return order
}
