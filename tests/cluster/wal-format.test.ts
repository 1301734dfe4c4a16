import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { recordBytes, scan } from '../../src/cluster/wal-format.ts'

/** Batches of records, as group commit writes them: all of a batch know the same synced offset. */
interface Written {
  readonly bytes: Buffer
  /** Where each record ends, what it holds, and where the batch begins that it is in. */
  readonly records: readonly { end: number; value: object; synced: number }[]
}

function written(batches: readonly (readonly object[])[]): Written {
  let bytes = Buffer.alloc(0)
  const records: { end: number; value: object; synced: number }[] = []
  for (const batch of batches) {
    const synced = bytes.length
    for (const value of batch) {
      bytes = Buffer.concat([bytes, recordBytes(value, synced)])
      records.push({ end: bytes.length, value, synced })
    }
  }
  return { bytes, records }
}

const value = fc.record({
  type: fc.constant('put'),
  key: fc.string(),
  value: fc.oneof(fc.nat(), fc.string({ maxLength: 9 })),
})
const file = fc
  .array(fc.array(value, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 })
  .map((batches) => written(JSON.parse(JSON.stringify(batches)) as object[][]))

describe('the bytes of a write-ahead file', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(file, ({ bytes, records }) => {
        const scanned = scan(bytes)
        expect(scanned.rest).toBe('clean')
        expect(scanned.end).toBe(bytes.length)
        expect(scanned.records).toEqual(records.map((record) => record.value))
      }),
      { seed: 2, numRuns: 50 },
    )
  })

  it('cut at any byte give the records before the cut, and the rest is called torn', () => {
    fc.assert(
      fc.property(file, ({ bytes, records }) => {
        for (let cut = 0; cut <= bytes.length; cut++) {
          const whole = records.filter(({ end }) => end <= cut)
          const end = whole.at(-1)?.end ?? 0
          const scanned = scan(bytes.subarray(0, cut))
          expect(scanned.records).toEqual(whole.map((record) => record.value))
          expect([scanned.end, scanned.rest]).toEqual([end, end === cut ? 'clean' : 'torn'])
        }
      }),
      { seed: 3, numRuns: 12 },
    )
  })

  it('with any bit flipped end before it, damaged if a later batch was written', () => {
    fc.assert(
      fc.property(file, fc.nat(), ({ bytes, records }, place) => {
        const bit = place % (8 * bytes.length)
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        const good = records.filter(({ end }) => end <= bit >> 3)
        const end = good.at(-1)?.end ?? 0
        // The twin: somebody who came later knew that this was on the disk.
        const promised = records.some(({ synced }) => synced > end)
        const scanned = scan(flipped)
        expect(scanned.records).toEqual(good.map((record) => record.value))
        expect([scanned.end, scanned.rest]).toEqual([end, promised ? 'damaged' : 'torn'])
        const behind = records.slice(good.length + 1).map((record) => record.value)
        expect(scanned.beyond).toEqual(promised ? behind : [])
      }),
      { seed: 4, numRuns: 400 },
    )
  })

  it('followed by anything else that was never promised are whole', () => {
    fc.assert(
      fc.property(
        file,
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        ({ bytes, records }, junk) => {
          const scanned = scan(Buffer.concat([bytes, junk]))
          expect(scanned.records.length).toBe(records.length)
          expect(scanned.rest).toBe('torn')
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })

  it('of a hole of zeros, as file systems leave them, are no records', () => {
    expect(scan(Buffer.alloc(4096))).toEqual({ records: [], end: 0, rest: 'torn', beyond: [] })
  })
})
