/** A heap of small numbers, the smallest on top, in one typed array. */
export interface MinHeap {
  push(item: number): void
  /** The smallest; -1 if there is none. */
  peek(): number
  /** Takes the smallest away; -1 if there is none. */
  pop(): number
}

export function minHeap(capacity: number): MinHeap {
  const items = new Int32Array(capacity)
  let size = 0

  const push = (item: number): void => {
    let at = size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (items[parent]! <= item) break
      items[at] = items[parent]!
      at = parent
    }
    items[at] = item
  }
  const pop = (): number => {
    if (size === 0) return -1
    const top = items[0]!
    const item = items[--size]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && items[child + 1]! < items[child]!) child++
      if (items[child]! >= item) break
      items[at] = items[child]!
      at = child
    }
    if (size > 0) items[at] = item
    return top
  }
  return { push, pop, peek: () => (size === 0 ? -1 : items[0]!) }
}
