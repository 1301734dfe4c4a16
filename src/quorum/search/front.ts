/** What systems on the front are compared by: less is better, but for resilience. */
export interface Merits {
  readonly load: number
  readonly resilience: number
  readonly failure: number
  /** Nodes in the smallest quorums, averaged over reads and writes. */
  readonly network: number
}

/** Loads and probabilities closer than this, relatively, are the same. */
const NOISE = 1e-12

/** The systems so far of which none is beaten by another in one way and matched in the others. */
export class Front<Item extends Merits> {
  #items: Item[] = []

  /** By ascending load. */
  get items(): readonly Item[] {
    return [...this.#items].sort(
      (a, b) => a.load - b.load || b.resilience - a.resilience || a.failure - b.failure,
    )
  }

  /** A candidate with these merits is of use only if its load is less than this. */
  leastLoad(resilience: number, failure: number, network: number): number {
    let least = Infinity
    const allowed = failure * (1 + NOISE)
    for (const item of this.#items) {
      if (item.load >= least || item.resilience < resilience) continue
      if (item.failure <= allowed && item.network <= network + NOISE) least = item.load
    }
    return least * (1 - NOISE)
  }

  /** Takes the item in unless it is matched in all ways; what it matches in all ways goes. */
  add(item: Item): boolean {
    if (item.load >= this.leastLoad(item.resilience, item.failure, item.network)) return false
    this.#items = this.#items.filter(
      (other) =>
        other.load < item.load * (1 - NOISE) ||
        other.resilience > item.resilience ||
        other.failure < item.failure * (1 - NOISE) ||
        other.network < item.network - NOISE,
    )
    this.#items.push(item)
    return true
  }
}
