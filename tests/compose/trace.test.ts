import { describe, expect, it } from 'vitest'

import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { abd } from '../../impls/registers/abd.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ComposedStep, ComposedSystem, ComposeOptions } from '../../src/compose/index.ts'
import { compose, tracedPath } from '../../src/compose/index.ts'
import type { HistoryMoment, Monitor } from '../../src/core/monitor.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import { explore, SearchAgain } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { replay } from '../../src/node/index.ts'
import { cases } from '../explore/cases.ts'
import { randomCase } from './random-programs.ts'

/** Knows everything that it was told. */
const recorder: Monitor<readonly HistoryMoment[]> = {
  name: 'everything that was told',
  initial: [],
  next: (state, moment) => [...state, moment],
  violated: () => undefined,
}

interface Walked {
  readonly path: readonly ComposedStep[]
  readonly words: Int32Array
}

/** Steps at random, until nothing can happen or there were enough. */
function walk(system: ComposedSystem, random: Random, most: number): Walked {
  let options: { readonly step: unknown; readonly words: Int32Array }[] = []
  const runner = system.runner(() => {
    options.push({ step: runner.parameters()[0], words: runner.out.slice() })
    return true
  })
  runner.initial()
  let { words } = options[0]!
  const path: ComposedStep[] = []
  while (path.length < most) {
    options = []
    runner.expand(words, 0)
    if (options.length === 0) break
    const taken = random.pick(options)
    path.push(taken.step as ComposedStep)
    words = taken.words
  }
  return { path, words }
}

/** Where the messages turn out to need more room, the same walk again. */
function walkWithRoom(system: ComposedSystem, seed: number, most: number): Walked {
  for (;;) {
    try {
      return walk(system, seeded(seed), most)
    } catch (error) {
      if (!(error instanceof SearchAgain)) throw error
    }
  }
}

/** Takes a path again: what nodes show, what clients saw and what is replayed must be the same. */
function compareTrace(
  program: Program,
  options: ComposeOptions,
  system: ComposedSystem,
  { path, words }: Walked,
): void {
  const nodes = system.parts.names
  const about = { protocol: 'any', parameters: {}, nodes }
  const { header, steps, moments } = tracedPath(
    program,
    about,
    system.parts.requests,
    path,
    options,
  )
  expect(replay(program, header, steps)).toBeUndefined()
  expect(steps.map(({ step }) => step)).toEqual([...steps.keys()])
  const seen = new Map<string, unknown>()
  for (const { node, event, view } of steps) {
    if (node !== undefined) seen.set(node, event.type === 'crash' ? 'down' : view)
  }
  const snapshot = system.snapshot(words)
  for (const node of nodes) {
    const shown = snapshot[node] as Readonly<Record<string, unknown>>
    expect(seen.get(node), node).toEqual('down' in shown ? 'down' : shown)
  }
  const at = system.parts.histories.findIndex(({ monitor }) => monitor === recorder)
  if (at === -1) return
  const told = system.parts.histories[at]!.states.values[words[system.places.histories + at]!]
  expect(moments).toEqual(told)
}

describe('a path that is taken again', () => {
  it('shows the same views and tells clients the same, by random programs', () => {
    const many = cases(250)
    let [steps, crashes, picks, moments] = [0, 0, 0, 0]
    for (let seed = 0; seed < many; seed++) {
      const { program, options, table } = randomCase(seed)
      // How nodes start for the first time is no step, and so picks there are not told.
      if (table['boot']!.some(({ type }) => type === 'pick')) continue
      const all: ComposeOptions = { ...options, monitors: [recorder] }
      const system = compose(program, all)
      const walked = walkWithRoom(system, seed, 12)
      compareTrace(program, all, system, walked)
      steps += walked.path.length
      crashes += walked.path.filter(({ crashedAfter }) => crashedAfter !== undefined).length
      picks += walked.path.filter((step) => step.picks !== undefined).length
      moments += walked.path.filter(({ client }) => client !== undefined).length
    }
    expect(steps).toBeGreaterThan(2 * many)
    expect(crashes).toBeGreaterThan(many / 10)
    expect(picks).toBeGreaterThan(many / 20)
    expect(moments).toBeGreaterThan(many / 4)
  })

  it('tells at which write a node crashed, and by which message it was told', () => {
    const program = paxos.make({ nak: false })
    const options: ComposeOptions = {
      nodes: 3,
      clients: [{ asks: [{ f: 'propose', value: 'a' }], at: [0] }],
      crashes: 2,
      torn: true,
      monitors: [recorder],
      timers: 1,
      network: 'bag',
      losses: 1,
      duplicates: 1,
    }
    const system = compose(program, options)
    for (let seed = 0; seed < cases(30); seed++) {
      compareTrace(program, options, system, walkWithRoom(system, seed, 40))
    }
  })

  it('ends where the violation is that the explorer has found', async () => {
    const program = abd.make({}, 'quorums-do-not-meet')
    const monitor = linearizableMonitor(register)
    const options: ComposeOptions = {
      nodes: 3,
      clients: [
        { asks: [{ f: 'write', value: 1 }], at: [0] },
        { asks: [{ f: 'read', value: null }], at: [2] },
      ],
      loopback: 'at-once',
      monitors: [monitor],
    }
    const system = compose(program, options)
    const { violations } = await explore(system)
    const path = violations[0]!.trace.flatMap(({ parameters }) => parameters as ComposedStep[])
    const about = { protocol: 'abd', parameters: {}, nodes: system.parts.names }
    const traced = tracedPath(program, about, system.parts.requests, path, options)
    expect(replay(program, traced.header, traced.steps)).toBeUndefined()
    const after = traced.moments.map((_, at) =>
      traced.moments
        .slice(0, at + 1)
        .reduce((state, moment) => monitor.next(state, moment), monitor.initial),
    )
    const wrong = after.map((state) => monitor.violated(state))
    expect(wrong.slice(0, -1).every((sentence) => sentence === undefined)).toBe(true)
    expect(wrong.at(-1)).toBe(violations[0]!.clauses![0]!.witnesses[0]![0])
  })
})
