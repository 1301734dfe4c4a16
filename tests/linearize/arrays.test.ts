import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import type { Model } from '../../src/core/model.ts'
import { timeline } from '../../src/history/timeline.ts'
import type { Arrays } from '../../src/linearize/arrays.ts'
import { Scratch } from '../../src/linearize/arrays.ts'
import { justInTime } from '../../src/linearize/just-in-time.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'

const takers: readonly ((arrays: Arrays, length: number) => Iterable<number> & ArrayBufferView)[] =
  [
    (arrays, length) => arrays.ints(length).fill(7),
    (arrays, length) => arrays.bytes(length).fill(7),
    (arrays, length) => arrays.doubles(length).fill(7),
  ]

describe('arrays on loan', () => {
  it('hold zeros, whatever was written where they are now', () => {
    const scratch = new Scratch(1000)
    const written = () => scratch.lend(({ ints }) => ints(200).fill(-1))
    written()
    scratch.lend(({ ints }) => expect([...ints(200)]).toEqual(Array(200).fill(0)))
    written()
    scratch.lend(({ bytes }) => expect([...bytes(801)]).toEqual(Array(801).fill(0)))
    written()
    scratch.lend(({ doubles }) => expect([...doubles(100)]).toEqual(Array(100).fill(0)))
  })

  it('do not overlap, of whatever kind and length they are', () => {
    new Scratch(10_000).lend((arrays) => {
      const taken = [0, 1, 2, 3, 5, 8, 13].flatMap((length) =>
        takers.map((take) => take(arrays, length)),
      )
      const { ints } = arrays
      ints(50).fill(-1)
      for (const array of taken) expect([...array].every((item) => item === 7)).toBe(true)
    })
  })

  it('stay as they are while others are lent inside, and are free again afterwards', () => {
    const scratch = new Scratch(1000)
    const begins: number[] = []
    scratch.lend(({ ints }) => {
      const mine = ints(20).fill(1)
      for (let time = 0; time < 3; time++) {
        scratch.lend((inner) => begins.push(inner.ints(20).fill(2).byteOffset))
      }
      expect([...mine]).toEqual(Array(20).fill(1))
      begins.push(ints(20).byteOffset)
    })
    expect(begins).toEqual([80, 80, 80, 80])
  })

  it('are free again after an error', () => {
    const scratch = new Scratch(1000)
    const fails = () =>
      scratch.lend(({ ints }) => {
        ints(20)
        throw new Error('no more')
      })
    expect(fails).toThrow('no more')
    expect(scratch.lend(({ ints }) => ints(20).byteOffset)).toBe(0)
  })

  it('are arrays of their own when the block has no room for them', () => {
    const scratch = new Scratch(1000)
    scratch.lend(({ ints, bytes, doubles }) => {
      const block = ints(100).buffer
      expect(doubles(100).buffer.byteLength).toBe(800)
      expect(ints(200).buffer.byteLength).toBe(800)
      expect(bytes(601).buffer.byteLength).toBe(601)
      expect(bytes(600).buffer).toBe(block)
      expect(bytes(1).buffer).not.toBe(block)
    })
  })
})

describe('decisions that borrow', () => {
  const ask = (drawing: string, model: Model) => {
    const { operations } = timeline(drawing)
    return justInTime.decide({ model, initial: 0, operations }, new Meter())?.outcome
  }

  it('can be made while another one is being made', () => {
    const inner: string[] = []
    const curious: Model = {
      ...casRegister,
      step(state, call) {
        inner.push(ask('a: [write 5]\nb:            [read -> 5]', casRegister) ?? 'none')
        return casRegister.step(state, call)
      },
    }
    const illegal = [
      'a: [write 1]         [write 2]',
      'b:   [read -> 0]         [read -> 2] [read -> 1]',
    ].join('\n')
    const legal = illegal.replace('-> 1', '-> 2')
    expect(ask(legal, curious)).toBe('pass')
    expect(ask(illegal, curious)).toBe('fail')
    expect(new Set(inner)).toEqual(new Set(['pass']))
  })
})
