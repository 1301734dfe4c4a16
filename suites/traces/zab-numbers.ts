import type { Instance, Part } from '../../src/explore/validate/index.ts'
import { NeedsRoom } from '../../src/explore/validate/index.ts'
import { differs } from './reading.ts'
import { numberOfTxn } from './zab-words.ts'
import type { SpecLog, Txn } from './zab-words.ts'

/** Epochs and transactions of a trace as the spec counts them, from where its window begins. */
export class ZabNumbers {
  readonly #ranks: ReadonlyMap<number, number>
  readonly #room: readonly [epochs: number, transactions: number]
  readonly #origins: readonly number[]

  constructor(
    ranks: ReadonlyMap<number, number>,
    room: readonly [number, number],
    origins: readonly number[],
  ) {
    this.#ranks = ranks
    this.#room = room
    this.#origins = origins
  }

  /** How many transactions are not kept any more. */
  get origin(): number {
    return this.#origins[0]!
  }

  /** Not positive where the epoch is not kept any more; no number where nobody has taken it. */
  epoch(epoch: number): number {
    const rank = epoch === 0 ? 0 : (this.#ranks.get(epoch) ?? NaN)
    const number = rank - this.#origins[1]!
    if (number > this.#room[0]) throw new NeedsRoom(`the spec has no room for epoch ${epoch}`)
    return number
  }

  /** How long a history is in the spec; what is not kept any more counts as nothing. */
  index(index: number): number {
    const number = index - this.origin
    if (number > this.#room[1]) throw new NeedsRoom(`the spec has no room for transaction ${index}`)
    return Math.max(0, number)
  }

  /** What is done in an epoch. In one that is forgotten nobody does anything any more. */
  in(epoch: number, instance: (e: number) => Instance): Pick<Part, 'ways' | 'lacks'> {
    return {
      ways: () => {
        const e = this.epoch(epoch)
        return e <= 0 ? [] : [[instance(e)]]
      },
      lacks: `all have promised later epochs than ${epoch}`,
    }
  }

  /** As variables show it: 0 for none and for those that are forgotten. */
  seen(epoch: number): number {
    return Math.max(0, this.epoch(epoch))
  }

  sameHistory(name: string, log: SpecLog, history: readonly Txn[]): string | undefined {
    const { origin } = this
    const length = Math.max(0, history.length - origin)
    return (
      differs(`the length of ${name}`, log.length + origin, length + origin) ??
      this.sameTxns(name, log, origin, history.slice(origin))
    )
  }

  /** Whether a log has these transactions from an index on, as far as that is kept. */
  sameTxns(name: string, log: SpecLog, from: number, txns: readonly Txn[]): string | undefined {
    const { origin } = this
    for (let at = Math.max(0, origin - from); at < txns.length; at++) {
      const index = from + at - origin
      if (index >= log.length) return `${name} ends at ${log.length + origin} in the spec`
      const txn = txns[at]!
      const place = `transaction ${from + at + 1} of ${name}`
      const { epoch, value } = log.at(index)
      const difference =
        differs(`the epoch of ${place}`, epoch, this.epoch(txn.zxid[0])) ??
        differs(place, value, numberOfTxn(txn))
      if (difference !== undefined) return difference
    }
    return undefined
  }
}
