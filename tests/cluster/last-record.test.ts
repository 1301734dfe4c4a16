import { describe, expect, it } from 'vitest'

import { firstRecordEnd, lastRecordStart, recordBytes } from '../../src/cluster/wal-format.ts'

describe('the last record of a write-ahead file', () => {
  it('begins where the records before it end', () => {
    const [one, two, three] = [{ a: 1 }, { b: 'two' }, { c: [3] }].map((value) =>
      recordBytes(value, 0),
    ) as [Buffer, Buffer, Buffer]
    const before = Buffer.concat([one, two])
    expect(lastRecordStart(Buffer.concat([before, three]))).toBe(before.length)
    expect(lastRecordStart(Buffer.concat([before, three.subarray(0, 5)]))).toBe(one.length)
    expect(firstRecordEnd(before)).toBe(one.length)
  })

  it('is at the beginning where there is one record, or none', () => {
    expect(lastRecordStart(recordBytes({ a: 1 }, 0))).toBe(0)
    expect(lastRecordStart(Buffer.from('no record'))).toBe(0)
  })
})
