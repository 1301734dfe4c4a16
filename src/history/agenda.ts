/**
 * What is to happen at which time: a binary heap. What has the same time comes in order of adding.
 */
export class Agenda<Item> {
  readonly #items: { time: number; order: number; item: Item }[] = []
  #added = 0

  add(time: number, item: Item): void {
    const items = this.#items
    const entry = { time, order: this.#added++, item }
    let at = items.length
    items.push(entry)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above] as (typeof items)[number]
      if (before(parent, entry)) break
      items[at] = parent
      at = above
    }
    items[at] = entry
  }

  /** Takes the earliest; `undefined` when nothing is left. */
  next(): { readonly time: number; readonly item: Item } | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (first === undefined || last === undefined || items.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      let child = items[below]
      if (child === undefined) break
      const right = items[below + 1]
      if (right !== undefined && before(right, child)) {
        child = right
        below++
      }
      if (before(last, child)) break
      items[at] = child
      at = below
    }
    items[at] = last
    return first
  }
}

interface Timed {
  readonly time: number
  readonly order: number
}

function before(a: Timed, b: Timed): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}
