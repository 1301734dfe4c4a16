import type { StoredDisk, Write } from '../core/trace.ts'
import type { Disk } from './fx.ts'

/** What is on one node's disk. Hosts apply writes to it in order; programs read it as they boot. */
export class DiskImage implements Disk {
  readonly #values = new Map<string, unknown>()
  readonly #logs = new Map<string, { first: number; records: unknown[] }>()
  #damaged: string[] = []
  #fresh = true

  get fresh(): boolean {
    return this.#fresh
  }

  get damaged(): readonly string[] {
    return this.#damaged
  }

  get(key: string): unknown {
    return this.#values.get(key)
  }

  log(name: string): { readonly first: number; readonly records: readonly unknown[] } {
    const log = this.#logs.get(name)
    // A copy: what a program has read must not change under it.
    return log === undefined
      ? { first: 0, records: [] }
      : { first: log.first, records: [...log.records] }
  }

  /** The index that the next record of a log will get. */
  end(name: string): number {
    const log = this.#logs.get(name)
    return log === undefined ? 0 : log.first + log.records.length
  }

  /** Does a write. */
  apply(write: Write): void {
    this.#fresh = false
    if (write.type === 'put') {
      this.#values.set(write.key, write.value)
      return
    }
    const log = this.#logOf(write.log)
    switch (write.type) {
      case 'append':
        log.records.push(write.record)
        return
      case 'truncate':
        log.records.length = Math.min(log.records.length, Math.max(0, write.from - log.first))
        return
      case 'compact':
        if (write.before <= log.first) return
        log.records.splice(0, write.before - log.first)
        log.first = write.before
    }
  }

  /** Takes a log away from this index on, or a value, because it was found to be damaged. */
  damage(name: string, from = 0): void {
    if (this.#values.delete(name)) this.#damaged.push(name)
    const log = this.#logs.get(name)
    if (log === undefined) return
    log.records.length = Math.min(log.records.length, Math.max(0, from - log.first))
    this.#damaged.push(name)
  }

  /** What is on the disk, as plain data. */
  stored(): StoredDisk {
    const values = Object.fromEntries(this.#values)
    const logs = Object.fromEntries([...this.#logs].map(([name]) => [name, this.log(name)]))
    return { values, logs, damaged: [...this.#damaged] }
  }

  /** The disk with what was stored. */
  static from(stored: StoredDisk): DiskImage {
    const image = new DiskImage()
    for (const [key, value] of Object.entries(stored.values)) image.#values.set(key, value)
    for (const [name, { first, records }] of Object.entries(stored.logs)) {
      image.#logs.set(name, { first, records: [...records] })
    }
    image.#damaged = [...stored.damaged]
    image.#fresh = image.#values.size === 0 && image.#logs.size === 0 && image.#damaged.length === 0
    return image
  }

  #logOf(name: string): { first: number; records: unknown[] } {
    const known = this.#logs.get(name)
    if (known !== undefined) return known
    const made = { first: 0, records: [] }
    this.#logs.set(name, made)
    return made
  }
}
