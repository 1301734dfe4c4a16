import { describe, expect, it } from 'vitest'
import { strongEventual } from '../../checkers/strong-eventual.ts'
import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Random } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'
import { randomHistory, sequence } from './random-history.ts'
import { compareWithTwin, namedBy, sentenceOf } from './twin.ts'

interface Seen {
  readonly seen: readonly Json[]
  readonly state: Json
}

const hasSeen = (result: Json | undefined): result is Json & Seen =>
  typeof result === 'object' && result !== null && 'seen' in result

function viewOf(read: Operation, { operations }: History): Seen {
  if (hasSeen(read.result)) return read.result
  const before = operations.filter(
    (op) => op.f === 'applied' && op.process === read.process && op.called < read.called,
  )
  return { seen: before.map((op) => op.value), state: read.result ?? null }
}

/** Every pair of reads, and every update that somebody has. */
function isConvergent(history: History): boolean {
  const { operations } = history
  const reads = operations.filter((op) => op.f === 'read' && op.result !== undefined)
  const views = reads.map((read) => viewOf(read, history))
  const setOf = ({ seen }: Seen) => [...new Set(seen.map(canonical))].sort().join()
  const convergent = views.every((a) =>
    views.every((b) => setOf(a) !== setOf(b) || canonical(a.state) === canonical(b.state)),
  )
  const updates = operations.filter((op) => op.f === 'update')
  const honest = operations.every((op) => {
    if (op.result === undefined || updates.length === 0) return true
    const has = op.f === 'applied' ? [op.value] : hasSeen(op.result) ? op.result.seen : []
    return has.every((name) => updates.some((by) => by.value === name && by.called < op.returned))
  })
  return convergent && honest
}

function draw(random: Random): History {
  const told = random.chance(1, 2)
  const declared = random.chance(1, 4)
  const applied = new Map<unknown, Set<number>>()
  const stateOf = (set: readonly number[]) =>
    random.chance(1, 12) ? -1 : set.reduce((sum, name) => sum + 2 ** name, 0)
  return randomHistory(random, {
    operations: 9,
    clients: 3,
    crashes: 5,
    call: () => {
      const f = random.pick(declared ? ['update', 'applied', 'read'] : ['applied', 'read'])
      return { f, value: f === 'read' ? null : random.int(1, 3) }
    },
    answer: (_, op) => {
      const own = applied.get(op.process) ?? new Set<number>()
      applied.set(op.process, own)
      if (op.f === 'applied') own.add(op.value as number)
      if (op.f !== 'read') return null
      if (!told) return stateOf([...own])
      const seen = [1, 2, 3].filter(() => random.chance(1, 2))
      return { seen: random.shuffle([...seen, ...seen.slice(0, 1)]), state: stateOf(seen) }
    },
  })
}

describe('strong eventual consistency', () => {
  it('finds two processes that applied the same updates and differ', () => {
    const history = sequence(`
      a applied 1
      a applied 2
      b applied 2
      b read -> "2"
      a read -> "12"
      b applied 1
      b applied 1
      b read -> "21"
    `)
    expect(sentenceOf(strongEventual, history)).toBe(
      'with the same 2 updates process b is in "21", but process a is in "12"',
    )
    expect(namedBy(strongEventual, history)).toEqual([4, 7])
  })

  it('reads the set of updates from the answer where it is told', () => {
    const history = sequence(`
      a read -> {"seen":[1,2],"state":3}
      b read -> {"seen":[2],"state":2}
      c read -> {"seen":[2,1],"state":4}
    `)
    expect(sentenceOf(strongEventual, history)).toBe(
      'with the same 2 updates process c is in 4, but process a is in 3',
    )
  })

  it('finds updates that nobody made', () => {
    const history = sequence('a update 1\n b applied 1\n b applied 2\n b read -> 1')
    expect(sentenceOf(strongEventual, history)).toBe(
      'process b has the update 2, which nobody made',
    )
  })

  it('does not apply where nothing tells what a read has seen', () => {
    expect(sentenceOf(strongEventual, sequence('a write 1\n a read -> 1'))).toBe(
      'unfit: nothing in it tells which updates a read has seen: no applied, no { seen, state }',
    )
  })

  it('agrees with comparing every pair of reads', () => {
    compareWithTwin({ condition: strongEventual, cases: 1500, seed: 10, draw, holds: isConvergent })
  })
})
