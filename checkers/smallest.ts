import type { Meter } from '../src/core/budget.ts'

/**
 * As few of the items as it takes to fail still: halves are left out, then quarters, and so on down
 * to single ones (Zeller & Hildebrandt 2002). When the meter ends it, the result still fails.
 */
export function smallest<Item>(
  items: Iterable<Item>,
  meter: Meter,
  fails: (kept: ReadonlySet<Item>) => boolean,
): ReadonlySet<Item> {
  let kept = new Set(items)
  for (let size = Math.ceil(kept.size / 2); size >= 1; size = size > 1 ? size >> 1 : 0) {
    for (const chunk of chunks([...kept], size)) {
      if (!meter.look()) return kept
      const fewer = new Set(kept)
      for (const item of chunk) fewer.delete(item)
      if (fewer.size < kept.size && fails(fewer)) kept = fewer
    }
  }
  return kept
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size))
}
