import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isUnknown } from '../../src/core/operation.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { timeline } from '../../src/history/timeline.ts'
import { bytesOf } from './bytes.ts'

const fileAt = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

describe('the recordings that are shipped', () => {
  it.each([
    ['etcd-lin-faults', { unknown: 40, reads: 1456, faults: 12 }],
    ['etcd-ser-partition', { unknown: 50, reads: 1484, faults: 10 }],
    ['zk-plain-partition', { unknown: 20, reads: 1337, faults: 10 }],
  ])('%s is read as its README says', async (name, expected) => {
    const history = await readHistory(fileAt(`examples/histories/${name}.jsonl`))
    const { operations, failed, faults, events, skipped } = history
    const unknown = operations.filter(isUnknown)
    const reads = operations.filter((op) => op.f === 'read' && !isUnknown(op))
    expect({ unknown: unknown.length, reads: reads.length, faults: faults.length }).toEqual(
      expected,
    )
    expect(new Set(operations.map((op) => op.key))).toEqual(new Set(['x', 'y', 'z']))
    const written = operations.filter((op) => op.f === 'write').map((op) => op.value)
    expect(new Set(written).size).toBe(written.length)
    const lines = readFileSync(fileAt(`examples/histories/${name}.jsonl`), 'utf8').split('\n')
    expect([events, skipped]).toEqual([lines.length - 1, 0])
    expect(failed.every((op) => op.id < 0)).toBe(true)
  })
})

describe('docs/history.md', () => {
  const page = readFileSync(fileAt('docs/history.md'), 'utf8')
  const blocks = (language: string) =>
    [...page.matchAll(/```(\w*)\n([^]*?)```/g)]
      .filter((match) => match[1] === language)
      .map((match) => match[2] ?? '')

  it('shows a history that can be read', async () => {
    const [example = ''] = blocks('json')
    const { operations } = await readHistory(bytesOf(example))
    expect(operations.map((op) => [op.f, op.result])).toEqual([
      ['write', null],
      ['read', 1],
    ])
  })

  it('shows a drawing that can be read', () => {
    const drawing = blocks('').find((block) => block.startsWith('a: ')) ?? ''
    expect(timeline(drawing).operations.map((op) => [op.f, op.result])).toEqual([
      ['write', null],
      ['read', 0],
      ['cas', false],
      ['write', undefined],
    ])
    for (const [call] of page.matchAll(/\[(?:write|read|acquire) [^`]*\](?=`)/g)) {
      expect(timeline(`a: ${call}`).operations).toHaveLength(1)
    }
  })
})
