import type { QuorumSet } from '../quorum-set.ts'

export interface StoppingZones {
  /** Any so many zones may fail. */
  readonly any: number
  readonly sets: readonly (readonly string[])[]
  /** `undefined` where not all sets of zones could be tried. */
  readonly count: bigint | undefined
}

/** Sets of zones that are tried. */
const MOST_TRIED = 200_000

/** The minimal sets of zones whose failure leaves no quorum, by trying sets of growing size. */
export function stoppingZones(
  set: QuorumSet,
  zones: ReadonlyMap<string, Int32Array>,
): StoppingZones {
  const names = [...zones.keys()]
  const members = [...zones.values()]
  const found: number[][] = []
  let tried = 0
  let size = 1
  for (; size <= names.length && tried < MOST_TRIED; size++) {
    for (const down of combinations(names.length, size)) {
      if (++tried > MOST_TRIED) break
      if (found.some((stop) => stop.every((zone) => down.includes(zone)))) continue
      const alive = new Uint8Array(set.size).fill(1)
      for (const zone of down) for (const node of members[zone]!) alive[node] = 0
      if (!set.holds(alive)) found.push(down)
    }
  }
  const all = tried <= MOST_TRIED && size > names.length
  // Where not all sizes were tried, the first stop is still the smallest one: sizes grow.
  const fewest = found[0]?.length ?? (all ? names.length + 1 : size - 1)
  return {
    any: fewest - 1,
    sets: found.map((down) => down.map((zone) => names[zone]!)),
    count: all ? BigInt(found.length) : undefined,
  }
}

/** The subsets of so many numbers below `of`, in the order of a dictionary. */
function* combinations(of: number, size: number): Generator<number[]> {
  const chosen = Array.from({ length: size }, (_, place) => place)
  for (;;) {
    yield [...chosen]
    let place = size - 1
    while (place >= 0 && chosen[place] === of - size + place) place--
    if (place < 0) return
    chosen[place]!++
    for (let next = place + 1; next < size; next++) chosen[next] = chosen[next - 1]! + 1
  }
}
