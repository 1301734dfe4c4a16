import { describe, expect, it } from 'vitest'

import { linearizable } from '../../checkers/linearizable.ts'
import { register } from '../../checkers/models/register.ts'
import { seeded } from '../../src/core/random.ts'
import { record } from '../../src/history/record.ts'

const later = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : Promise.resolve().then(() => later(turns - 1))

describe('a recorder', () => {
  it('writes down calls and answers in the order in which they happen', async () => {
    const recorder = record()
    const a = recorder.client('a')
    const b = recorder.client('b')
    const slow = a.call({ f: 'write', key: 'x', value: 1 }, () => later(5))
    expect(await b.call({ f: 'read', key: 'x' }, () => 7)).toBe(7)
    await slow
    const seen = recorder
      .events()
      .map(({ process, type, f, key, value }) => [process, type, f, key, value])
    expect(seen).toEqual([
      ['a', 'invoke', 'write', 'x', 1],
      ['b', 'invoke', 'read', 'x', null],
      ['b', 'ok', 'read', 'x', 7],
      ['a', 'ok', 'write', 'x', null],
    ])
    const [write, read] = recorder.history().operations
    expect(write).toMatchObject({
      process: 'a',
      f: 'write',
      value: 1,
      result: null,
      called: 0,
      returned: 3,
    })
    expect(read).toMatchObject({
      process: 'b',
      f: 'read',
      value: null,
      result: 7,
      called: 1,
      returned: 2,
    })
    expect(read?.returnedAt).toBeGreaterThanOrEqual(read?.calledAt ?? Infinity)
  })

  it('calls an error an unknown outcome, and the client goes on under a new name', async () => {
    const recorder = record()
    const a = recorder.client('a')
    const timeout = new Error('timed out')
    await expect(a.call({ f: 'write', value: 1 }, () => Promise.reject(timeout))).rejects.toBe(
      timeout,
    )
    await a.call({ f: 'read' }, () => 1)
    const [write, read] = recorder.history().operations
    expect(write).toMatchObject({ process: 'a', result: undefined, returned: Infinity })
    expect(read).toMatchObject({ process: 'a (2)', result: 1 })
  })

  it('leaves out what certainly did not happen', async () => {
    const recorder = record({ neverHappened: (error) => (error as Error).message === 'refused' })
    const a = recorder.client('a')
    const refused = (): never => {
      throw new Error('refused')
    }
    await expect(a.call({ f: 'write', value: 1 }, refused)).rejects.toThrow('refused')
    await a.call({ f: 'read' }, () => null)
    const { operations, failed } = recorder.history()
    expect(operations.map(({ process, f }) => [process, f])).toEqual([['a', 'read']])
    expect(failed).toHaveLength(1)
  })

  it('keeps what is still open as unknown', () => {
    const recorder = record()
    void recorder
      .client('a')
      .call({ f: 'write', value: 1 }, () => new Promise<void>(() => undefined))
    expect(recorder.history().operations).toMatchObject([{ returned: Infinity }])
  })

  it('refuses two calls of a client at once, clients of the same name, and non-JSON', async () => {
    const recorder = record({ source: 'my test' })
    const a = recorder.client('a')
    void a.call({ f: 'read' }, () => later(10).then(() => 1))
    void a.call({ f: 'read' }, () => later(10).then(() => 1))
    expect(() => recorder.history()).toThrow(/still open/)
    expect(() => recorder.client('a')).toThrow("two clients called 'a'")
    const b = recorder.client('b')
    const odd = new Date() as unknown as null
    await expect(b.call({ f: 'write', value: odd }, () => null)).rejects.toMatchObject({
      name: 'UserError',
      where: 'my test, write of b',
      message: expect.stringContaining('this is a Date') as string,
    })
  })

  it('keeps what was answered, even if the system changes it later', async () => {
    const recorder = record()
    const list = [1]
    await recorder.client('a').call({ f: 'read' }, () => list)
    list.push(2)
    expect(recorder.history().operations).toMatchObject([{ result: [1] }])
  })

  it('records a store in memory as linearizable, and one with a cache as not', async () => {
    for (const stale of [false, true]) {
      const random = seeded(1)
      const recorder = record()
      let value: number | null = null
      let cached: number | null = null
      const work = async (name: string): Promise<void> => {
        const client = recorder.client(name)
        for (let n = 0; n < 20; n++) {
          const next = random.int(0, 1_000_000)
          if (random.chance(1, 2)) {
            await client.call({ f: 'write', value: next }, async () => {
              await later(random.int(0, 3))
              if (random.chance(1, 3)) cached = value
              value = next
            })
          } else await client.call({ f: 'read' }, () => (stale ? cached : value))
        }
      }
      await Promise.all(['a', 'b', 'c'].map(work))
      const verdict = linearizable.check(recorder.history(), { model: register })
      expect(verdict.outcome).toBe(stale ? 'fail' : 'pass')
    }
  })
})
