/**
 * Whether what is left still shows the fault; `undefined`: nobody knows, as the budget is used up.
 */
export type Test<Item> = (kept: readonly Item[]) => Promise<boolean | undefined>

/**
 * The least part of a list found that still shows the fault: delta debugging (Zeller & Hildebrandt
 * 2002) that takes pieces away, large ones first, until no single item can be spared. The items
 * keep their order. `test` is never asked about the whole list, which is known to show it.
 *
 * Pieces are halves, then quarters, and so on; after a piece could be spared the others of the same
 * size are tried, as what could not be spared before may be now. No piece is smaller than `least`.
 */
export async function smallestPart<Item>(
  items: readonly Item[],
  test: Test<Item>,
  least = 1,
): Promise<readonly Item[]> {
  if (items.length === 0) return items
  const none = await test([])
  if (none !== false) return none === undefined ? items : []
  let kept = items
  for (let size = Math.ceil(kept.length / 2); size >= least && kept.length > 1;) {
    const before = kept.length
    for (let from = kept.length - size; from > -size && kept.length > 1; from -= size) {
      const rest = [...kept.slice(0, Math.max(0, from)), ...kept.slice(from + size)]
      // Asked in the beginning.
      if (rest.length === 0) continue
      const shows = await test(rest)
      if (shows === undefined) return kept
      if (shows) kept = rest
    }
    if (size === 1 && kept.length === before) break
    size = Math.min(kept.length < before ? size : Math.ceil(size / 2), Math.ceil(kept.length / 2))
  }
  return kept
}

/**
 * The least whole number from `low` on for which the test still shows the fault, looked for by
 * halving below `high`, for which it is known to: exact if the fault shows for all numbers above.
 */
export async function smallestNumber(
  low: number,
  high: number,
  test: (value: number) => Promise<boolean | undefined>,
): Promise<number> {
  let [least, known] = [low, high]
  while (least < known) {
    const middle = Math.floor((least + known) / 2)
    const shows = await test(middle)
    if (shows === undefined) return known
    if (shows) known = middle
    else least = middle + 1
  }
  return known
}
