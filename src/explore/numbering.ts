/**
 * Of a system whose states hold numbers that things are given as they are seen. One thread gives
 * them in the order of its search. Threads that search together close their numberings, note from
 * which states something new is seen, and then all number it in that same order.
 */
export interface Numbering {
  /** Whether nothing new may be numbered: what would need that throws `NotNumbered`. */
  closed: boolean
  /** The same where the same things have got the same numbers in the same order. */
  readonly digest: number
  /** How much packed states have room for, as whole numbers: the same in all threads. */
  room: readonly number[]
}

/** Thrown where something new would have to be numbered, and must not be now. */
export class NotNumbered extends Error {
  constructor() {
    super('this was never seen before')
    this.name = 'NotNumbered'
  }
}

/** One for all: where it comes from does not matter, and it is thrown often. */
const NOT_NUMBERED = new NotNumbered()

/** What a numbering and everything that numbers keep together. */
export class NumberingState {
  closed = false
  digest = 0

  /** Asked before anything new is numbered. @throws NotNumbered */
  open(): void {
    if (this.closed) throw NOT_NUMBERED
  }

  /** Something was numbered. */
  mix(number: number): void {
    const bits = Math.imul(this.digest ^ number, 0x85ebca77)
    this.digest = (bits ^ (bits >>> 15)) | 0
  }

  /** Mixes a text into the digest. */
  mixText(text: string): void {
    let bits = this.digest
    for (let at = 0; at < text.length; at++) {
      bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193)
    }
    this.mix(bits)
  }
}
