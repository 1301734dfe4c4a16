import { describe, expect, it } from 'vitest'

import type { AnyModel, Violation } from '../../src/explore/index.ts'
import {
  bagOf,
  explore,
  id,
  int,
  mapOf,
  model,
  oneOf,
  option,
  setOf,
} from '../../src/explore/index.ts'
import { spaceTimeOf } from '../../src/explore/space-time.ts'
import { storyOf } from '../../src/explore/story.ts'
import { faultsOf, violationStory } from '../../src/explore/violation-story.ts'
import { storyText } from '../../src/report/story-text.ts'
import { transactionCommit } from '../../specs/commit/tcommit.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { Node, pingPong } from './story-model.ts'

async function violationOf(made: Parameters<typeof explore>[0]): Promise<Violation> {
  const { violations } = await explore(made)
  const [first] = violations
  if (first === undefined) throw new Error('nothing is violated')
  return first
}

describe('a story', () => {
  it('tells each step and what it changed', async () => {
    const story = violationStory(pingPong, await violationOf(pingPong))
    expect(story.faults).toEqual(["'nobody halts' is false for node2"])
    expect(storyText(story, { width: 90 })).toMatchInlineSnapshot(`
      "    0  initially            phase: idle
                                  at: {node0: 0, node1: 0, node2: 0}
                                  links: {node0: [], node1: [], node2: []}
                                  bag: {}
                                  seen: {}
          1  ping(node0)          phase: idle -> busy
                                  bag: + ping(node1)
                                  seen: + stop
          2  answer(ping(node1))  at[node1]: 0 -> 1
                                  links[node0]: + pong(to: node0, round: 2)
                                  bag: - ping(node1)
          3  receive(node0)       at[node0]: 0 -> 2
                                  links[node0]: - pong(to: node0, round: 2)
          4  halt(node2)          at[node2]: 0 -> 3
      "
    `)
  })
  it('shows whole states on demand', async () => {
    const story = violationStory(pingPong, await violationOf(pingPong))
    const text = storyText(story, { width: 90, full: true })
    expect(text).toMatch(
      /3 {2}receive\(node0\) +phase: busy\n +at: \{node0: 2, node1: 1, node2: 0\}/,
    )
    expect(text).not.toContain('->')
  })

  it('marks where it goes back to', async () => {
    const { trace } = await violationOf(pingPong)
    const told = (loop: number) =>
      storyText(storyOf(pingPong, { claim: '', trace, loop }), { width: 90 })
    expect(told(1)).toMatch(/\n {2}and then as from step 2 on, for ever\n$/)
    expect(told(4)).toMatch(/\n {2}and then nothing need ever happen again\n$/)
  })

  it('has its numbers in one column, however long it is', async () => {
    const { trace } = await violationOf(pingPong)
    const long = Array.from({ length: 12 }, (_, at) => trace[at % trace.length]).filter(
      (step) => step !== undefined,
    )
    const lines = storyText(storyOf(pingPong, { claim: '', trace: long }), { width: 90 }).split(
      '\n',
    )
    const numbers = lines.flatMap((line) => /^ +\d+ {2}(?=\S)/.exec(line) ?? [])
    expect(numbers).toHaveLength(12)
    expect(new Set(numbers.map(({ length }) => length)).size).toBe(1)
  })

  it('lets nothing act on a terminal, and cuts what is long', () => {
    const trace = [
      { parameters: [], state: { x: 1 } },
      { action: '\u001b[2Jrun', parameters: ['\u202e'], state: { x: 'y'.repeat(10_000) } },
    ]
    const text = storyText(storyOf(undefined, { claim: '', trace }), { width: 80 })
    expect(text).toContain('\\x1b[2Jrun("\\u202e")')
    expect(text.length).toBeLessThan(1500)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('what is wrong at the end', () => {
  const violation = { kind: 'invariant', name: 'b', trace: [] } as const

  it('begins with the claim that was looked for, and names all others', () => {
    const clauses = [
      { name: 'a', witnesses: [[0], [1]] },
      { name: 'b', witnesses: [[]] },
    ]
    expect(faultsOf(undefined, { ...violation, clauses })).toEqual([
      "'b' is false",
      "'a' is false for 0; 1",
    ])
  })

  it('names the claim also where others alone are known to be false', () => {
    const clauses = [{ name: 'a', witnesses: [[]] }]
    expect(faultsOf(undefined, { ...violation, clauses })).toEqual(["'b' is false", "'a' is false"])
  })

  it('lists some of many witnesses', () => {
    const witnesses = Array.from({ length: 9 }, (_, at) => [at])
    expect(faultsOf(undefined, { ...violation, clauses: [{ name: 'b', witnesses }] })).toEqual([
      "'b' is false for 0; 1; 2; 3; 4; 5; and 3 more",
    ])
  })

  it('is told for a step that refines no other', () => {
    const abstract = transactionCommit.make()
    const refining = model({ ...pingPong, refines: { tcommit: { model: abstract, map: () => 0 } } })
    const rm = (first: string) => new Map([first, 'working', 'working'].entries())
    const refinement = {
      of: 'tcommit',
      before: { rm: rm('working') },
      after: { rm: rm('committed') },
      enabled: ['prepare', 'abort'],
    }
    const failed = { kind: 'refinement', name: 'tcommit', trace: [], refinement } as const
    expect(faultsOf(refining, failed)).toEqual([
      'the last step is no step of tcommit',
      'it leads from rm = {rm0: working, rm1: working, rm2: working}',
      'to rm = {rm0: committed, rm1: working, rm2: working}',
      'where tcommit could take only prepare, abort',
    ])
  })

  it('is told for what happens in the long run', () => {
    const step = { parameters: [], state: {} }
    const failed = { kind: 'property', name: 'p', trace: [step, step, step], loop: 1 } as const
    expect(faultsOf(undefined, failed)).toEqual([
      "'p' is not true in the long run, as the steps from 2 on may be taken for ever",
    ])
    expect(faultsOf(undefined, { ...failed, loop: 2, witness: [7] })).toEqual([
      "'p' is not true in the long run for 7, as nothing need ever happen after the last step",
    ])
  })
})

describe('a space-time diagram', () => {
  it('has a lane for each process, and arrows from who sent to who received', async () => {
    const violation = await violationOf(pingPong)
    const story = violationStory(pingPong, violation)
    const picture = spaceTimeOf(pingPong, violation.trace, story)
    expect(picture?.lanes).toEqual(['node0', 'node1', 'node2'])
    expect(picture?.events.map(({ row, lane, label, fault }) => [row, lane, label, fault])).toEqual(
      [
        [1, 0, 'ping', false],
        [2, 1, 'answer(ping)', false],
        [3, 0, 'receive', false],
        [4, 2, 'halt', true],
      ],
    )
    expect(picture?.messages).toEqual([
      { label: 'ping(node1)', from: 1, to: 2 },
      // Of messages that stay for ever, the steps that ask for them tell.
      { label: 'stop', from: 1, to: 4 },
      { label: 'pong(node0, 2)', from: 2, to: 3 },
    ])
  })

  it('gives a process of which there is one a lane by its variable', async () => {
    const made = twoPhaseCommit.make({}, 'commit-without-all')
    const model = { ...made, network: ['msgs'] } as AnyModel
    const violation = await violationOf(model)
    const picture = spaceTimeOf(model, violation.trace, violationStory(model, violation))
    expect(picture?.lanes).toEqual(['tm', 'rm0', 'rm1', 'rm2'])
    const received = picture?.messages.map(({ label, from, to }) => [label, from, to])
    expect(received).toEqual([
      ['prepared(rm0)', 1, 2],
      ['commit', 3, 5],
    ])
  })

  it('has no lane for names that do nothing', async () => {
    const Value = id('value', 2)
    const vote = model({
      state: { voted: mapOf(Node, option(Value)), msgs: setOf(Value) },
      actions: {
        vote: {
          for: [Value, Node],
          when: (s, _, n) => s.voted.get(n) === null,
          then: (s, value, n) => {
            s.voted.set(n, value)
            s.msgs.add(value)
          },
        },
      },
      invariants: { 'nobody votes': (s) => s.msgs.size === 0 },
      sometimes: { 'somebody votes': (s) => s.msgs.size > 0 },
      network: ['msgs'],
    })
    const violation = await violationOf(vote)
    const picture = spaceTimeOf(vote, violation.trace, violationStory(vote, violation))
    expect(picture?.lanes).toEqual(['node0', 'node1', 'node2'])
    expect(picture?.events.map(({ lane, label }) => [lane, label])).toEqual([
      [0, 'vote(value0, node0)'],
    ])
  })

  it('tells a message from an equal one that was sent and taken before', async () => {
    const { trace } = await violationOf(pingPong)
    const [begin, ping, answer] = trace
    if (begin === undefined || ping === undefined || answer === undefined) throw new Error('short')
    const twice = [begin, ping, answer, ping, answer]
    const story = storyOf(pingPong, { claim: '', trace: twice })
    const { messages = [] } = spaceTimeOf(pingPong, twice, story) ?? {}
    const pings = messages.filter(({ label }) => label === 'ping(node1)')
    expect(pings.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('gives an equal message to who takes it, not to who took the one before', async () => {
    const turns = model({
      state: { bag: bagOf(oneOf('token'), 1), taken: int(0, 2) },
      actions: {
        send: {
          for: [Node],
          when: (s, n) => n === 0 && s.bag.size === 0,
          then: (s) => {
            s.bag.add('token')
          },
        },
        take: {
          for: [Node],
          when: (s, n) => s.bag.size > 0 && n === s.taken + 1,
          then: (s) => {
            s.bag.remove('token')
            s.taken++
          },
        },
      },
      invariants: { 'not all have taken': (s) => s.taken < 2 },
      sometimes: { 'one has taken': (s) => s.taken === 1 },
      network: ['bag'],
    })
    const violation = await violationOf(turns)
    const picture = spaceTimeOf(turns, violation.trace, violationStory(turns, violation))
    expect(picture?.messages.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['token', 1, 2],
      ['token', 3, 4],
    ])
  })

  it('is left out where the model names no network', async () => {
    const quiet = { ...pingPong, network: [] } as unknown as AnyModel
    const violation = await violationOf(quiet)
    expect(spaceTimeOf(quiet, violation.trace, violationStory(quiet, violation))).toBeUndefined()
  })
})
