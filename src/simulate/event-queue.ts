/** What can happen next, by what it is. */
export const KIND = {
  fault: 0,
  invoke: 1,
  message: 2,
  request: 3,
  answer: 4,
  timer: 5,
  disk: 6,
  timeout: 7,
  again: 8,
} as const

/**
 * What is going to happen, earliest first, and of what happens at the same time that with the
 * smallest order. A binary heap over typed arrays. An event lives in a slot whose number names it;
 * a slot is used again once it was freed, so nothing is allocated per event.
 */
export class EventQueue {
  kind = new Uint8Array(FIRST_SLOTS)
  /** Ends of a link, or the node or client that it is about (`to`). */
  from = new Int32Array(FIRST_SLOTS)
  to = new Int32Array(FIRST_SLOTS)
  order = new Float64Array(FIRST_SLOTS)
  /** The step that sent it, or what it is about: the number of a life or of a request. */
  number = new Float64Array(FIRST_SLOTS)
  readonly data: unknown[] = []
  #times = new Float64Array(FIRST_SLOTS)
  #slots = new Int32Array(FIRST_SLOTS)
  #size = 0
  #free: number[] = []
  #made = 0

  /** When the next event happens; `Infinity` if none does. */
  get next(): number {
    return this.#size === 0 ? Infinity : this.#times[0]!
  }

  add(
    time: number,
    order: number,
    kind: number,
    from: number,
    to: number,
    number: number,
    data: unknown,
  ): number {
    const slot = this.#free.pop() ?? this.#make()
    this.kind[slot] = kind
    this.from[slot] = from
    this.to[slot] = to
    this.number[slot] = number
    this.data[slot] = data
    this.put(slot, time, order)
    return slot
  }

  /** Lets a slot that was taken happen at another time. */
  put(slot: number, time: number, order: number): void {
    if (this.#size === this.#times.length) this.#growHeap()
    this.order[slot] = order
    const times = this.#times
    const slots = this.#slots
    let at = this.#size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      const parentTime = times[parent]!
      if (parentTime < time) break
      const parentSlot = slots[parent]!
      if (parentTime === time && this.order[parentSlot]! < order) break
      times[at] = parentTime
      slots[at] = parentSlot
      at = parent
    }
    times[at] = time
    slots[at] = slot
  }

  /** The slot of the next event, which is then no longer in the queue, but not free either. */
  take(): number {
    const times = this.#times
    const slots = this.#slots
    const order = this.order
    const first = slots[0]!
    const size = --this.#size
    const time = times[size]!
    const slot = slots[size]!
    const slotOrder = order[slot]!
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      let childTime = times[child]!
      const right = child + 1
      if (right < size) {
        const rightTime = times[right]!
        if (
          rightTime < childTime ||
          (rightTime === childTime && order[slots[right]!]! < order[slots[child]!]!)
        ) {
          child = right
          childTime = rightTime
        }
      }
      if (time < childTime) break
      const childSlot = slots[child]!
      if (time === childTime && slotOrder < order[childSlot]!) break
      times[at] = childTime
      slots[at] = childSlot
      at = child
    }
    times[at] = time
    slots[at] = slot
    return first
  }

  free(slot: number): void {
    this.data[slot] = undefined
    this.#free.push(slot)
  }

  #make(): number {
    const slot = this.#made++
    if (slot === this.kind.length) this.#growSlots()
    this.data.push(undefined)
    return slot
  }

  #growSlots(): void {
    const length = 2 * this.kind.length
    this.kind = grown(this.kind, new Uint8Array(length))
    this.from = grown(this.from, new Int32Array(length))
    this.to = grown(this.to, new Int32Array(length))
    this.order = grown(this.order, new Float64Array(length))
    this.number = grown(this.number, new Float64Array(length))
  }

  #growHeap(): void {
    const length = 2 * this.#times.length
    this.#times = grown(this.#times, new Float64Array(length))
    this.#slots = grown(this.#slots, new Int32Array(length))
  }
}

const FIRST_SLOTS = 256

function grown<Numbers extends Uint8Array | Int32Array | Float64Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from)
  return to
}
