import { describe, expect, it } from 'vitest'
import { totalOrder } from '../../checkers/total-order.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

function orders(messages: readonly Json[]): readonly (readonly Json[])[] {
  if (messages.length === 0) return [[]]
  return messages.flatMap((first) =>
    orders(messages.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  )
}

/**
 * Is there one order of all messages of which every process has a beginning, and all that it owes?
 */
function isTotalOrder({ operations }: History): boolean {
  const broadcasts = operations.filter((op) => op.f === 'broadcast')
  const deliveries = operations.filter((op) => op.f === 'deliver' && op.result !== undefined)
  const real = deliveries.every((op) =>
    broadcasts.some((by) => by.value === op.result && by.called < op.returned),
  )
  if (!real) return false
  const faulty = operations.filter((op) => op.f === 'crash' || op.result === undefined)
  const nodes = new Set(operations.filter((op) => op.f === 'deliver').map((op) => op.process))
  const of = (node: Operation['process']) =>
    deliveries.filter((op) => op.process === node).map((op) => op.result)
  const due = new Set([
    ...deliveries.map((op) => op.result),
    ...broadcasts.filter((op) => op.result !== undefined).map((op) => op.value),
  ])
  if (nodes.size === 0) return due.size === 0
  return orders(broadcasts.map((op) => op.value)).some((order) =>
    [...nodes].every((node) => {
      const own = of(node)
      const isBeginning = own.every((message, rank) => message === order[rank])
      const owes = !faulty.some((op) => op.process === node)
      return isBeginning && (!owes || [...due].every((message) => own.includes(message as Json)))
    }),
  )
}

/** Mostly in order: each process goes on where it stopped, but for a slip now and then. */
function draw(random: Random): History {
  const messages = random.int(1, 3)
  const slips = random.pick([0, 0, 5])
  const done = new Map<unknown, number>()
  let begun = 0
  return randomHistory(random, {
    operations: random.int(4, 14),
    clients: 3,
    crashes: random.pick([0, 0, 10]),
    call: (_, process) => {
      if (begun === 0 || (begun < messages && random.chance(1, 2))) {
        return { f: 'broadcast', value: ++begun }
      }
      if (random.chance(1, 20)) return { f: 'crash', value: null }
      return { f: (done.get(process) ?? 0) < begun ? 'deliver' : 'wait', value: null }
    },
    answer: (_, op) => {
      if (op.f !== 'deliver') return null
      const next = (done.get(op.process) ?? 0) + (random.chance(slips, 100) ? 2 : 1)
      done.set(op.process, next)
      return random.chance(slips, 100) ? random.int(1, messages) : next
    },
  })
}

describe('total-order broadcast', () => {
  const sentence = (text: string) => sentenceOf(totalOrder, sequence(text))
  const start = 'c broadcast 1\n c broadcast 2\n'

  it('finds two messages in different orders', () => {
    const text = `${start} p deliver -> 1\n p deliver -> 2\n q deliver -> 2\n q deliver -> 1`
    expect(sentence(text)).toBe(
      'process q delivered 2 before 1, but process p delivered 1 before 2',
    )
    expect(namedBy(totalOrder, sequence(text))).toEqual([2, 3, 4, 5])
  })

  it('finds a gap, which cannot be filled any more', () => {
    const text = `${start} p deliver -> 1\n p deliver -> 2\n q deliver -> 2`
    expect(sentence(text)).toBe(
      'process q delivered 2 and not 1, but process p delivered 1 before 2',
    )
    expect(namedBy(totalOrder, sequence(text))).toEqual([2, 3, 4])
  })

  it('finds made-up and doubled messages', () => {
    expect(sentence(`${start} p deliver -> 3`)).toBe(
      'process p delivered 3, which nobody broadcast',
    )
    expect(sentence('p deliver -> 1\n c broadcast 1')).toBe(
      'process p delivered 1, before it was broadcast',
    )
    const twice = 'p deliver -> 1\n'
    expect(sentence(`${start}${twice}${twice} p deliver -> 2`)).toBe('process p delivered 1 twice')
  })

  it('expects of every correct process what was delivered or acknowledged', () => {
    const ends = 'p deliver -> 1\n p deliver -> 2\n q deliver -> 1'
    expect(sentence(`${start}${ends}`)).toBe(
      'process p delivered 2, but process q had not delivered it when the recording ended',
    )
    expect(sentence(`${start}${ends}\n q crash`)).toMatch(/^pass/)
    expect(sentence(`${start}p deliver -> 1`)).toBe(
      'process c broadcast 2, which was acknowledged, ' +
        'but process p had not delivered it when the recording ended',
    )
    expect(sentence('c broadcast 1')).toBe('process c broadcast 1, which nobody delivered')
    expect(sentence('c broadcast 1 ->')).toMatch(/^pass/)
  })

  it('tells whether the order is FIFO and causal', () => {
    expect(sentence(`${start}p deliver -> 1\n p deliver -> 2`)).toBe(
      'pass: 2 messages were delivered in one order, which is also FIFO and causal',
    )
    expect(sentence(`${start}p deliver -> 2\n p deliver -> 1`)).toBe(
      'pass: 2 messages were delivered in one order, which is also not FIFO and not causal',
    )
    const reply = 'a broadcast 1\n b deliver -> 1\n b broadcast 2\n b deliver -> 2'
    expect(sentence(reply)).toMatch(/FIFO and causal/)
    const hasty = 'a broadcast 1\n b deliver -> 1\n c broadcast 2\n b deliver -> 2\n'
    expect(sentence(`${hasty} c deliver -> 1\n c deliver -> 2`)).toMatch(/FIFO and causal/)
  })

  it('does not apply where messages are not told apart', () => {
    expect(sentence('a broadcast 1\n b broadcast 1')).toBe('unfit: 1 is broadcast twice in it')
    expect(sentence('a broadcast')).toBe(
      'unfit: broadcast of client a has the argument null, not a message',
    )
  })

  it('agrees with trying every order of the messages', () => {
    compareWithTwin({ condition: totalOrder, cases: 1500, seed: 9, draw, holds: isTotalOrder })
  })
})
