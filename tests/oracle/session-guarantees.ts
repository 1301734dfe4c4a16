import type { Operation } from '../../src/core/operation.ts'
import type { Half } from './client-orders.ts'
import { halvesOf } from './client-orders.ts'

export type Guarantee =
  'read-your-writes' | 'monotonic-reads' | 'monotonic-writes' | 'writes-follow-reads'

/** The definitions of checkers/sessions.ts word by word, over all tuples of operations. */
export function isGuaranteed(operations: readonly Operation[], guarantee: Guarantee): boolean {
  return halvesOf(operations).some((halves) => !isBroken(halves, guarantee))
}

function isBroken(halves: readonly Half[], guarantee: Guarantee): boolean {
  const all = halves.map((_, i) => i)
  /** The write that a read saw; undefined for the initial value. */
  const version = halves.map((half) => {
    const at = all.find((i) => halves[i]?.type === 'write' && same(halves[i], half))
    return half.type === 'read' ? at : undefined
  })
  const isRead = (i: number) => halves[i]?.type === 'read'
  if (all.some((i) => isRead(i) && version[i] === undefined && halves[i]?.value !== 'null'))
    return true

  const precedes = all.map((a) => all.map((b) => comesEarlier(halves, a, b) || version[b] === a))
  for (const k of all) {
    for (const a of all) {
      for (const b of all) if (precedes[a]?.[k] && precedes[k]?.[b]) precedes[a][b] = true
    }
  }
  if (all.some((a) => precedes[a]?.[a])) return true

  const isOlder = (a: number | undefined, b: number | undefined): boolean =>
    b !== undefined && a !== b && (a === undefined || precedes[a]?.[b] === true)
  const earlierThan = (b: number) => all.filter((a) => comesEarlier(halves, a, b))
  const earlierReads = (b: number) => earlierThan(b).filter(isRead)

  return all.filter(isRead).some((read) => {
    const seen = version[read]
    const onKey = (i: number) => halves[i]?.key === halves[read]?.key
    const heard = earlierReads(read).flatMap((earlier) => version[earlier] ?? [])
    switch (guarantee) {
      case 'read-your-writes':
        return earlierThan(read).some((b) => !isRead(b) && onKey(b) && isOlder(seen, b))
      case 'monotonic-reads':
        return earlierReads(read).some((earlier) => {
          const b = version[earlier]
          const met = earlierThan(earlier).some(
            (m) => m === seen || (isRead(m) && version[m] === seen),
          )
          const isOtherOne = b !== undefined && b !== seen && seen !== undefined
          return onKey(earlier) && (isOlder(seen, b) || (met && isOtherOne))
        })
      case 'monotonic-writes':
        return heard.some((w) =>
          earlierThan(w).some((b) => !isRead(b) && onKey(b) && isOlder(seen, b)),
        )
      case 'writes-follow-reads':
        return heard.some((w) => earlierReads(w).some((s) => onKey(s) && isOlder(seen, version[s])))
    }
  })
}

function same(a: Half | undefined, b: Half): boolean {
  return a?.key === b.key && a.value === b.value
}

function comesEarlier(halves: readonly Half[], a: number, b: number): boolean {
  return (((halves[b] as Half).earlier >> a) & 1) === 1
}
