import type { Accesses } from './order-accesses.ts'
import { INITIAL } from './order-accesses.ts'

/** Accesses, indexed: who read a write, and which writes of a key a client made. */
export interface Groups {
  /** `readers[readersFrom[w]]` up to `readersFrom[w + 1]` read what event `w` wrote. */
  readonly readersFrom: Int32Array
  readonly readers: Int32Array
  /** Reads of initial values. */
  readonly initialReaders: Int32Array
  /** By key, one more than there are keys: its first group. A group is the writes of one chain. */
  readonly groupsFrom: Int32Array
  /** By group: its chain. */
  readonly chain: Int32Array
  /** By group, one more than there are groups: its first place in `writes`. */
  readonly writesFrom: Int32Array
  /** Write events by key, then chain, then place in the chain. */
  readonly writes: Int32Array
}

export function groupsOf(accesses: Accesses): Groups {
  const { count, keys, reads, writes: isWrite, key, chain } = accesses
  const readersFrom = new Int32Array(count + 1)
  const perKey = new Int32Array(keys + 1)
  let initials = 0
  for (let e = 0; e < count; e++) {
    if (reads[e]! >= 0) readersFrom[reads[e]! + 1]!++
    else if (reads[e] === INITIAL) initials++
    if (isWrite[e] === 1) perKey[key[e]! + 1]!++
  }
  for (let e = 0; e < count; e++) readersFrom[e + 1]! += readersFrom[e]!
  for (let k = 0; k < keys; k++) perKey[k + 1]! += perKey[k]!

  const readers = new Int32Array(readersFrom[count]!)
  const initialReaders = new Int32Array(initials)
  const writes = new Int32Array(perKey[keys]!)
  const nextReader = readersFrom.slice()
  const nextWrite = perKey.slice()
  initials = 0
  for (let e = 0; e < count; e++) {
    if (reads[e]! >= 0) readers[nextReader[reads[e]!]!++] = e
    else if (reads[e] === INITIAL) initialReaders[initials++] = e
    if (isWrite[e] === 1) writes[nextWrite[key[e]!]!++] = e
  }

  const groupsFrom = new Int32Array(keys + 1)
  const chains: number[] = []
  const writesFrom: number[] = []
  for (let k = 0; k < keys; k++) {
    for (let i = perKey[k]!; i < perKey[k + 1]!; i++) {
      const c = chain[writes[i]!]!
      if (i > perKey[k]! && chain[writes[i - 1]!] === c) continue
      chains.push(c)
      writesFrom.push(i)
    }
    groupsFrom[k + 1] = chains.length
  }
  writesFrom.push(writes.length)
  return {
    readersFrom,
    readers,
    initialReaders,
    groupsFrom,
    chain: Int32Array.from(chains),
    writesFrom: Int32Array.from(writesFrom),
    writes,
  }
}

/** The place in `writes` of a group's last write before event `end` of its chain, or -1. */
export function lastWriteBefore(groups: Groups, group: number, end: number): number {
  const { writesFrom, writes } = groups
  let low = writesFrom[group]!
  let high = writesFrom[group + 1]!
  const first = low
  while (low < high) {
    const middle = (low + high) >> 1
    if (writes[middle]! < end) low = middle + 1
    else high = middle
  }
  return low === first ? -1 : low - 1
}
