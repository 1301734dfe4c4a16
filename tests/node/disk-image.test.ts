import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Write } from '../../src/core/trace.ts'
import { DiskImage } from '../../src/node/index.ts'

const writes: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    type: fc.constant('put' as const),
    key: fc.constantFrom('a', 'b'),
    value: fc.nat(9),
  }),
  fc.record({
    type: fc.constant('append' as const),
    log: fc.constantFrom('log', 'other'),
    record: fc.nat(99),
  }),
  fc.record({
    type: fc.constant('truncate' as const),
    log: fc.constantFrom('log', 'other'),
    from: fc.nat(8),
  }),
  fc.record({
    type: fc.constant('compact' as const),
    log: fc.constantFrom('log', 'other'),
    before: fc.nat(8),
  }),
)

/** A log as what it is: which index holds what, and where the next record goes. */
class PlainLog {
  readonly at = new Map<number, unknown>()
  first = 0
  next = 0

  apply(write: Write): void {
    if (write.type === 'append') this.at.set(this.next++, write.record)
    if (write.type === 'truncate') {
      while (this.next > Math.max(this.first, write.from)) this.at.delete(--this.next)
    }
    if (write.type === 'compact') {
      for (; this.first < write.before; this.first++) this.at.delete(this.first)
      this.next = Math.max(this.next, this.first)
    }
  }
}

describe('what is on a disk', () => {
  it('is what the writes say, as a table of indices has it', () => {
    fc.assert(
      fc.property(fc.array(writes, { maxLength: 40 }), (all) => {
        const disk = new DiskImage()
        const logs = { log: new PlainLog(), other: new PlainLog() }
        const values = new Map<string, unknown>()
        for (const write of all) {
          disk.apply(write)
          if (write.type === 'put') values.set(write.key, write.value)
          else logs[write.log as 'log' | 'other'].apply(write)
        }
        for (const name of ['log', 'other'] as const) {
          const { first, records } = disk.log(name)
          expect(first).toBe(logs[name].first)
          expect(disk.end(name)).toBe(logs[name].next)
          expect(records.map((record, at) => [first + at, record])).toEqual([...logs[name].at])
        }
        expect(['a', 'b'].map((key) => disk.get(key))).toEqual(
          ['a', 'b'].map((key) => values.get(key)),
        )
        expect(disk.fresh).toBe(all.length === 0)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('comes back from plain data as it was', () => {
    fc.assert(
      fc.property(fc.array(writes, { maxLength: 20 }), (all) => {
        const disk = new DiskImage()
        for (const write of all) disk.apply(write)
        const text = JSON.stringify(disk.stored())
        const again = DiskImage.from(JSON.parse(text) as ReturnType<DiskImage['stored']>)
        expect(again.stored()).toEqual(disk.stored())
        expect(again.fresh).toBe(disk.fresh)
      }),
      { numRuns: 500, seed: 2 },
    )
  })

  it('gives out a log that later writes do not change', () => {
    const disk = new DiskImage()
    disk.apply({ type: 'append', log: 'log', record: 'one' })
    const { records } = disk.log('log')
    disk.apply({ type: 'append', log: 'log', record: 'two' })
    expect(records).toEqual(['one'])
  })

  it('says what was damaged, and ends a log before its first bad record', () => {
    const disk = new DiskImage()
    for (const record of ['one', 'two', 'three']) disk.apply({ type: 'append', log: 'log', record })
    disk.apply({ type: 'put', key: 'term', value: 3 })
    disk.damage('log', 1)
    disk.damage('term')
    expect(disk.log('log').records).toEqual(['one'])
    expect(disk.get('term')).toBeUndefined()
    expect(disk.damaged).toEqual(['log', 'term'])
    expect(disk.fresh).toBe(false)
  })
})
