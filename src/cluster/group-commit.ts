import { setTimeout as sleep } from 'node:timers/promises'

import type { Write } from '../core/trace.ts'
import type { Ticket } from '../node/index.ts'
import type { WriteAheadFile } from './wal-file.ts'

/**
 * Writes of a node on their way to the disk. All that were asked for while the disk was busy go
 * together, with one write and one sync. Until then they are in the memory of this process and
 * nowhere else: a SIGKILL loses them as a power failure would.
 */
export class GroupCommit {
  readonly #file: WriteAheadFile
  readonly #durable: (ticket: Ticket) => void
  readonly #failed: (error: unknown) => void
  #waiting: { write: Write; ticket: Ticket }[] = []
  #running: Promise<void> = Promise.resolve()
  #busy = false
  #held = false
  #slowMs: number

  constructor(
    file: WriteAheadFile,
    options: {
      /** Writes up to this ticket are on the disk. */
      durable(ticket: Ticket): void
      /** The disk does not work any more. */
      failed(error: unknown): void
      /** Every sync takes this much longer, in milliseconds. */
      slowMs?: number
    },
  ) {
    this.#file = file
    this.#durable = options.durable
    this.#failed = options.failed
    this.#slowMs = options.slowMs ?? 0
  }

  add(write: Write, ticket: Ticket): void {
    this.#waiting.push({ write, ticket })
  }

  /** Begins to write what waits, unless the disk is busy: then it goes when that is done. */
  flush(): void {
    if (this.#busy || this.#held || this.#waiting.length === 0) return
    this.#busy = true
    this.#running = this.#commit().catch(this.#failed)
  }

  /** Nothing more is written. What waits is lost, as in a crash. */
  async close(): Promise<void> {
    this.#held = true
    await this.#running
    await this.#file.close()
  }

  /** While it is held nothing is written, as on a full disk. */
  hold(held: boolean): void {
    this.#held = held
    this.flush()
  }

  slow(ms: number): void {
    this.#slowMs = ms
  }

  async #commit(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    if (this.#slowMs > 0) await sleep(this.#slowMs)
    await this.#file.append(batch.map(({ write }) => write))
    this.#busy = false
    const last = batch.at(-1)
    if (last !== undefined) this.#durable(last.ticket)
    this.flush()
  }
}
