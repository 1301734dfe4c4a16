import type { Operation } from '../src/core/operation.ts'
import { before, counted, did, shown, who } from '../src/core/wording.ts'
import type { Finding } from './findings.ts'
import { byReturn } from './register-part.ts'
import type { RegisterPart } from './register-part.ts'

/** Stands for the initial value where an index of a write is expected. */
export const INITIAL = -1
/** Stands for no write at all. */
export const NONE = -2

/**
 * What each read, by itself, could have returned. A write `w` is overwritten for a read `r` if
 * another write was called after `w` had returned, and had returned itself before `r` was called. A
 * write that was called before `r` returned and is not overwritten may be the last one before `r`
 * in an order of all writes and `r` alone; every other write cannot.
 */
export interface ReadFacts {
  /**
   * By read: the write called last among those that had returned before; INITIAL if there is none.
   */
  readonly latest: Int32Array
  /**
   * By read: of the writes of its value that were called before it returned, the one that returned
   * last; INITIAL if only the initial value is the same; NONE if nothing is.
   */
  readonly source: Int32Array
  /** By read: 1 if some write was under way during the read, 0 if not. */
  readonly disturbed: Uint8Array
  /** By read: 1 if `source` is not overwritten, 0 if nothing explains the read. */
  readonly explained: Uint8Array
  /** By value: the write of it that was called first; NONE if nobody wrote it. */
  readonly firstWrite: Int32Array
}

/** Decides all reads of a register, each by itself, in n log n. */
export function readFacts(part: RegisterPart): ReadFacts {
  const { reads, writes, writeValues, readValues, initialValue, values } = part
  const latest = new Int32Array(reads.length).fill(INITIAL)
  const source = new Int32Array(reads.length)
  const disturbed = new Uint8Array(reads.length)
  const explained = new Uint8Array(reads.length)

  const finished = new Int32Array(reads.length)
  const writesByReturn = byReturn(writes)
  let done = 0
  let last = INITIAL
  for (let r = 0; r < reads.length; r++) {
    for (; done < writes.length; done++) {
      const w = writesByReturn[done]!
      if (writes[w]!.returned > reads[r]!.called) break
      // Writes are numbered in order of invocation.
      if (w > last) last = w
    }
    latest[r] = last
    finished[r] = done
  }

  const best = new Int32Array(values).fill(NONE)
  best[initialValue] = INITIAL
  let begun = 0
  for (const r of byReturn(reads)) {
    for (; begun < writes.length && writes[begun]!.called < reads[r]!.returned; begun++) {
      const value = writeValues[begun]!
      const known = best[value]!
      if (known < 0 || writes[known]!.returned < writes[begun]!.returned) best[value] = begun
    }
    const from = best[readValues[r]!]!
    const overwriter = latest[r]!
    source[r] = from
    disturbed[r] = begun > finished[r]! ? 1 : 0
    explained[r] = isExplained(writes, from, overwriter) ? 1 : 0
  }
  const firstWrite = new Int32Array(values).fill(NONE)
  for (let w = writes.length - 1; w >= 0; w--) firstWrite[writeValues[w]!] = w
  return { latest, source, disturbed, explained, firstWrite }
}

function isExplained(writes: readonly Operation[], from: number, latest: number): boolean {
  if (from === NONE) return false
  if (latest === INITIAL) return true
  return from !== INITIAL && writes[from]!.returned > writes[latest]!.called
}

/** More findings of one kind than this are counted, but not told one by one. */
const TOLD_AT_MOST = 1000

/** The reads of a register that nothing explains and that `judged` does not excuse. */
export function unexplainedReads(
  part: RegisterPart,
  facts: ReadFacts,
  judged: (r: number) => boolean = () => true,
): readonly Finding[] {
  const findings: Finding[] = []
  let untold = 0
  for (let r = 0; r < part.reads.length; r++) {
    if (facts.explained[r] === 1 || !judged(r)) continue
    if (findings.length < TOLD_AT_MOST) findings.push(unexplainedRead(part, facts, r))
    else untold++
  }
  if (untold > 0) {
    const sentence = `${counted(untold, 'more read')} like these`
    findings.push({ sentence, operations: [], bare: true })
  }
  return findings
}

/** Why a read that nothing explains is wrong, with the fewest operations that show it. */
function unexplainedRead(part: RegisterPart, facts: ReadFacts, r: number): Finding {
  const read = part.reads[r]!
  const from = facts.source[r]!
  const found = { culprit: read.id, part: part.label === '' ? undefined : part.label }
  if (from === NONE) {
    const later = part.writes[facts.firstWrite[part.readValues[r]!]!]
    const never = `${did(read)}, which nobody had written`
    const sentence =
      later === undefined ? never : `${never} yet: ${who(later.process)} did so later`
    return { ...found, sentence, operations: [read.id] }
  }
  const newer = part.writes[facts.latest[r]!]!
  const operations = from === INITIAL ? [] : [part.writes[from]!.id]
  const what = from === INITIAL ? `${did(read)}, the initial value` : did(read)
  const when = before(newer, read)
  const sentence = `${what}, but ${shown(newer.value)} was written and acknowledged${when}`
  return { ...found, sentence, operations: [...operations, newer.id, read.id] }
}
