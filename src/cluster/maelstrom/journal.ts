import type { Body } from './message.ts'

/** One message, as the network saw it. Times are microseconds since the start. */
export interface Passage {
  readonly id: number
  /** Who sent it, whatever `src` it bears. */
  readonly from: string
  readonly to: string
  readonly body: Body
  readonly sent: number
  /** When it arrived, the first time; absent: it never did. */
  arrived?: number
  /** Why it never arrived: `lost`, `cut off`, `n2 is down`, ... */
  lost?: string
  /** It arrived again. */
  copies: number
}

/** Counts all messages, and remembers the latest of them. */
export class Journal {
  readonly #most: number
  #passages: Passage[] = []
  #sent = 0
  #lost = 0
  #amongServers = 0

  /** @param most how many passages are remembered, at least. */
  constructor(most = 100_000) {
    this.#most = most
  }

  add(passage: Passage, client: boolean): void {
    this.#sent++
    if (!client) this.#amongServers++
    this.#passages.push(passage)
    // Twice as many are kept, so that dropping the oldest is rare.
    if (this.#passages.length > 2 * this.#most) {
      this.#passages = this.#passages.slice(-this.#most)
    }
  }

  countLoss(): void {
    this.#lost++
  }

  get passages(): readonly Passage[] {
    return this.#passages
  }

  get counts(): MessageCounts {
    return { sent: this.#sent, amongServers: this.#amongServers, lost: this.#lost }
  }
}

export interface MessageCounts {
  readonly sent: number
  /** Those between nodes, and between nodes and services. */
  readonly amongServers: number
  readonly lost: number
}
