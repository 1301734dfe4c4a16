import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import type { Body } from '../../src/cluster/maelstrom/message.ts'
import type { Service } from '../../src/cluster/maelstrom/service.ts'
import { services } from '../../src/cluster/maelstrom/service.ts'

function service(name: string, seed = 1): Service {
  return services(() => seeded(seed)).find((one) => one.name === name)!
}

const write = (value: number, key = 'k'): Body => ({ type: 'write', key, value })
const read: Body = { type: 'read', key: 'k' }
const cas = (from: number, to: number): Body => ({ type: 'cas', key: 'k', from, to })
const valueOf = (answer: Body): unknown => answer['value'] ?? answer['code']

describe('lin-kv', () => {
  it('does what it is asked at once', () => {
    const store = service('lin-kv')
    expect(store.answer('n1', read)).toMatchObject({ type: 'error', code: 20 })
    expect(store.answer('n1', write(1))).toEqual({ type: 'write_ok' })
    expect(store.answer('n2', read)).toEqual({ type: 'read_ok', value: 1 })
    expect(store.answer('n2', cas(2, 3))).toMatchObject({ type: 'error', code: 22 })
    expect(store.answer('n2', cas(1, 3))).toEqual({ type: 'cas_ok' })
    expect(valueOf(store.answer('n1', read))).toBe(3)
  })

  it('creates with a compare-and-set only when that is asked for', () => {
    const store = service('lin-kv')
    expect(store.answer('n1', cas(0, 1))).toMatchObject({ code: 20 })
    const create = { ...cas(0, 1), create_if_not_exists: true }
    expect(store.answer('n1', create)).toEqual({ type: 'cas_ok' })
    expect(valueOf(store.answer('n1', read))).toBe(1)
  })

  it('says what is missing, and what it does not understand', () => {
    const store = service('lin-kv')
    expect(store.answer('n1', { type: 'write', key: 1 })).toMatchObject({ code: 12 })
    expect(store.answer('n1', { type: 'append' })).toMatchObject({ code: 10 })
    expect(store.answer('n1', {})).toMatchObject({ code: 10 })
  })
})

describe('seq-kv', () => {
  it('is one order that every node goes through, never backwards, with a node’s own writes', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed)
      const store = service('seq-kv', seed)
      const seen = new Map<string, number>()
      for (let value = 1; value <= 60; value++) {
        store.answer('writer', write(value))
        if (random.chance(1, 4)) expect(valueOf(store.answer('writer', read))).toBe(value)
        const node = random.pick(['a', 'b'])
        const found = Number(valueOf(store.answer(node, read)))
        // Before the first write there is nothing: error 20.
        const at = found === 20 && value < 32 && (seen.get(node) ?? 0) === 0 ? 0 : found
        expect(at).toBeGreaterThanOrEqual(seen.get(node) ?? 0)
        expect(at).toBeGreaterThan(value - 32)
        if (found !== 20) seen.set(node, at)
      }
    }
  })

  it('shows old states, but changes only the newest', () => {
    let stale = 0
    for (let seed = 1; seed <= 200; seed++) {
      const store = service('seq-kv', seed)
      for (let value = 1; value <= 10; value++) store.answer('writer', write(value))
      if (valueOf(store.answer('reader', read)) !== 10) stale++
      const late = service('seq-kv', seed)
      for (let value = 1; value <= 10; value++) late.answer('writer', write(value))
      // Whoever swaps an old value fails, although the state that it sees may still have it.
      expect(late.answer('swapper', cas(3, 99)).type).toBe('error')
      expect(valueOf(late.answer('writer', read))).toBe(10)
    }
    expect(stale).toBeGreaterThan(100)
    expect(stale).toBeLessThan(200)
  })
})

describe('lww-kv', () => {
  it('loses writes, and in the end shows the same everywhere', () => {
    let lost = 0
    for (let seed = 1; seed <= 200; seed++) {
      const store = service('lww-kv', seed)
      for (let value = 1; value <= 5; value++) store.answer('n1', write(value))
      let shown: unknown[] = []
      for (let round = 0; round < 60; round++) shown.push(valueOf(store.answer('n1', read)))
      shown = shown.slice(-10)
      expect(new Set(shown).size).toBe(1)
      if (shown[0] !== 5) lost++
    }
    expect(lost).toBeGreaterThan(5)
    expect(lost).toBeLessThan(195)
  })
})

describe('lin-tso', () => {
  it('counts, whoever asks', () => {
    const clock = service('lin-tso')
    const asked = ['n1', 'n2', 'n1'].map((node) => clock.answer(node, { type: 'ts' }))
    expect(asked).toEqual([0, 1, 2].map((ts) => ({ type: 'ts_ok', ts })))
    expect(clock.answer('n1', read)).toMatchObject({ code: 10 })
  })
})
