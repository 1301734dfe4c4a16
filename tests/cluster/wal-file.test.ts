import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Write } from '../../src/core/trace.ts'
import type { UserError } from '../../src/core/user-error.ts'
import { WAL_FILE, WriteAheadFile } from '../../src/cluster/wal-file.ts'
import type { FileOptions, Owner } from '../../src/cluster/wal-file.ts'
import { DiskImage } from '../../src/node/index.ts'
import type { Folder } from '../cli/files.ts'
import { newFolder } from '../cli/files.ts'

const owner: Owner = {
  protocol: 'abd',
  parameters: { retryMs: 100 },
  node: 'n1',
  nodes: ['n1', 'n2', 'n3'],
}

let folder: Folder
let folders = 0
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => {
  folder.remove()
})

const fresh = (): string => join(folder.path, `data-${++folders}`)

async function fill(directory: string, batches: readonly (readonly Write[])[]): Promise<number[]> {
  const { file } = await WriteAheadFile.open(directory, owner)
  const sizes = [file.size]
  for (const batch of batches) {
    await file.append(batch)
    sizes.push(file.size)
  }
  await file.close()
  return sizes
}

async function reopen(
  directory: string,
  options?: FileOptions,
): Promise<{ image: DiskImage; findings: readonly string[] }> {
  const { file, findings } = await WriteAheadFile.open(directory, owner, options)
  await file.close()
  return { image: file.image, findings }
}

const put = (key: string, value: unknown): Write => ({ type: 'put', key, value })
const append = (record: unknown): Write => ({ type: 'append', log: 'log', record })

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    type: fc.constant('put' as const),
    key: fc.constantFrom('a', 'b'),
    value: fc.nat(9),
  }),
  fc.record({ type: fc.constant('append' as const), log: fc.constant('l'), record: fc.nat(9) }),
  fc.record({ type: fc.constant('truncate' as const), log: fc.constant('l'), from: fc.nat(6) }),
  fc.record({ type: fc.constant('compact' as const), log: fc.constant('l'), before: fc.nat(6) }),
)

/** The obvious twin: everything applied in memory. */
function applied(writes: readonly Write[]): DiskImage {
  const image = new DiskImage()
  for (const each of writes) image.apply(each)
  return image
}

async function faultOf(work: Promise<unknown>): Promise<UserError> {
  return work.then(
    () => {
      throw new Error('nothing was wrong')
    },
    (error: unknown) => error as UserError,
  )
}

describe('a write-ahead file', () => {
  it('is found as it was left, also after it was written anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 8 }),
        fc.boolean(),
        async (batches, compacts) => {
          const directory = fresh()
          const { file } = await WriteAheadFile.open(directory, owner, { compactBytes: 1 })
          for (const batch of batches) await file.append(batch)
          if (compacts) await file.compact()
          await file.close()
          const { image, findings } = await reopen(directory)
          expect(image.stored()).toEqual(file.image.stored())
          const twin = applied(batches.flat()).stored()
          expect(image.stored().values).toEqual(twin.values)
          expect(image.log('l')).toEqual(applied(batches.flat()).log('l'))
          expect(findings).toEqual([])
        },
      ),
      { seed: 6, numRuns: 25 },
    )
  })

  it('keeps the numbers of a log that lost its first record, also written anew', async () => {
    const directory = fresh()
    const { file } = await WriteAheadFile.open(directory, owner)
    await file.append([
      { type: 'append', log: 'l', record: 'a' },
      { type: 'append', log: 'l', record: 'b' },
      { type: 'compact', log: 'l', before: 1 },
    ])
    await file.compact()
    await file.close()
    expect((await reopen(directory)).image.log('l')).toEqual({ first: 1, records: ['b'] })
  })

  it('is fresh until something is written', async () => {
    const directory = fresh()
    expect((await reopen(directory)).image.fresh).toBe(true)
    expect((await reopen(directory)).image.fresh).toBe(true)
    await fill(directory, [[put('a', 1)]])
    expect((await reopen(directory)).image.fresh).toBe(false)
  })

  it('stays small where a value is written over and over', async () => {
    const directory = fresh()
    const { file } = await WriteAheadFile.open(directory, owner, { compactBytes: 2000 })
    for (let turn = 0; turn < 60; turn++) await file.append([put('a', 'x'.repeat(100)), append(1)])
    expect(file.size).toBeLessThan(6000)
    await file.close()
    expect(statSync(join(directory, WAL_FILE)).size).toBe(file.size)
    const { image } = await reopen(directory)
    expect(image.log('log').records.length).toBe(60)
  })

  it('drops a torn tail, says so, and goes on behind what is whole', async () => {
    const directory = fresh()
    const [, first = 0, second = 0] = await fill(directory, [[put('a', 1)], [put('a', 2)]])
    const path = join(directory, WAL_FILE)
    writeFileSync(path, readFileSync(path).subarray(0, second - 3))
    const { image, findings } = await reopen(directory)
    expect(image.get('a')).toBe(1)
    expect(findings).toEqual([
      `${path}: the last write was torn; ${second - 3 - first} bytes dropped`,
    ])
    await fill(directory, [[put('b', 3)]])
    const again = await reopen(directory)
    expect([again.image.get('a'), again.image.get('b'), again.findings]).toEqual([1, 3, []])
  })

  it('does not bring back what stood behind a torn write', async () => {
    const directory = fresh()
    const [, end = 0] = await fill(directory, [[put('a', 1)], [put('a', 2), put('b', 2)]])
    const path = join(directory, WAL_FILE)
    const bytes = readFileSync(path)
    bytes[end + 20]! ^= 1
    writeFileSync(path, bytes)
    expect((await reopen(directory)).image.get('b')).toBeUndefined()
    // As long as the torn one, so that what stood behind it would be read again.
    await fill(directory, [[put('a', 3)]])
    const { image } = await reopen(directory)
    expect([image.get('a'), image.get('b')]).toEqual([3, undefined])
  })

  it('that is damaged where more was promised is refused, with the offset', async () => {
    const directory = fresh()
    const [begun = 0] = await fill(directory, [[put('a', 1)], [put('a', 2)]])
    const path = join(directory, WAL_FILE)
    const bytes = readFileSync(path)
    bytes[begun + 20]! ^= 4
    writeFileSync(path, bytes)
    const { where, message, hint } = await faultOf(reopen(directory))
    expect(where).toBe(path)
    expect(message).toContain(`damaged at offset ${begun}`)
    expect(hint).toContain('from a backup')
  })

  it('that is damaged is told to a program that survives it, after each restart', async () => {
    const directory = fresh()
    await fill(directory, [[put('a', 1), append('x')], [put('b', 2)], [append('y')], [put('c', 3)]])
    const path = join(directory, WAL_FILE)
    const bytes = readFileSync(path)
    const at = bytes.indexOf('"b"')
    bytes[at + 1]! ^= 1
    writeFileSync(path, bytes)
    for (let start = 0; start < 2; start++) {
      const { image } = await reopen(directory, { corruption: true })
      expect([...image.damaged].sort()).toEqual(['a', 'c', 'log'])
      expect([image.get('a'), image.get('b'), image.get('c')]).toEqual([
        undefined,
        undefined,
        undefined,
      ])
      expect(image.log('log').records).toEqual(['x'])
      expect(image.fresh).toBe(false)
    }
  })

  it('that was written anew shows damage also where nothing was written since', async () => {
    const directory = fresh()
    const { file } = await WriteAheadFile.open(directory, owner)
    await file.append([put('a', 1), put('b', 2)])
    await file.compact()
    await file.close()
    const path = join(directory, WAL_FILE)
    const bytes = readFileSync(path)
    bytes[bytes.indexOf('"b"') + 1]! ^= 1
    writeFileSync(path, bytes)
    expect((await faultOf(reopen(directory))).message).toContain('damaged at offset')
  })

  it.each([
    [{ protocol: 'raft' }, 'this is the data of protocol abd, not protocol raft'],
    [{ node: 'n2' }, 'this is the data of node n1, not node n2'],
    [{ nodes: ['n1', 'n2'] }, 'of a cluster of ["n1","n2","n3"], not a cluster of ["n1","n2"]'],
    [{ parameters: { retryMs: 7 } }, 'of options {"retryMs":100}, not options {"retryMs":7}'],
    [{ mutant: 'lazy' }, 'this is the data of the protocol as it is, not mutant lazy'],
  ])('of somebody else is refused: %j', async (other, message) => {
    const directory = fresh()
    await fill(directory, [[put('a', 1)]])
    const fault = await faultOf(WriteAheadFile.open(directory, { ...owner, ...other }))
    expect(fault.message).toContain(message)
    expect(fault.hint).toContain('--data DIR')
  })

  it.each(['', 'hello', '\0'.repeat(100)])('that is none is refused: %j', async (text) => {
    const directory = fresh()
    await fill(directory, [])
    writeFileSync(join(directory, WAL_FILE), text)
    expect((await faultOf(reopen(directory))).message).toContain('not the file of a node')
  })

  it('left half made by a crash as it was written anew does no harm', async () => {
    const directory = fresh()
    await fill(directory, [[put('a', 1)]])
    writeFileSync(join(directory, `${WAL_FILE}.new`), 'half')
    expect((await reopen(directory)).image.get('a')).toBe(1)
  })

  it('in a folder that cannot be used is an error with its place', async () => {
    const path = folder.write('a-file', 'x')
    const fault = await faultOf(WriteAheadFile.open(path, owner))
    expect([fault.name, fault.where]).toEqual(['UserError', path])
  })
})
