import { describe, expect, it } from 'vitest'

import type { Json } from '../../../src/core/json.ts'
import { seeded } from '../../../src/core/random.ts'
import type { Applied, ObjectOperation, ObjectType } from '../../../src/node/index.ts'
import { operationTrees } from '../../../src/valency/shared-memory/operation-trees.ts'
import { typeTable } from '../../../src/valency/shared-memory/type-table.ts'
import {
  immediateSnapshots,
  writeAndRead,
} from '../../../src/valency/shared-memory/view-complexes.ts'
import { cases } from '../../explore/cases.ts'
import { randomType } from './random-protocol.ts'

/** What a process does: an operation, and then another tree for each response. */
interface Tree {
  readonly operation: ObjectOperation
  readonly next: ReadonlyMap<Json, Tree | undefined>
}

const outcomeOf = (type: ObjectType, state: Json, operation: ObjectOperation): Applied =>
  ([type.apply(state, operation)].flat() as readonly Applied[])[0]!

/** All trees of a height: `undefined` has nothing to do. */
function trees(type: ObjectType, states: readonly Json[], height: number): (Tree | undefined)[] {
  if (height === 0) return [undefined]
  const below = trees(type, states, height - 1)
  return type.operations.flatMap((operation) => {
    const responses = [...new Set(states.map((each) => outcomeOf(type, each, operation).response))]
    const choices = responses
      .toReversed()
      .reduce<ReadonlyMap<Json, Tree | undefined>[]>(
        (maps, response) =>
          maps.flatMap((map) => below.map((tree) => new Map([...map, [response, tree]]))),
        [new Map()],
      )
    return choices.map((next) => ({ operation, next }))
  })
}

/** Whether the views of the processes that run alone do not all hang together. */
function separate(type: ObjectType, start: Json, roots: readonly (Tree | undefined)[]): boolean {
  const groups = new Map<string, Set<string>>()
  const join = (views: readonly string[]): void => {
    const all = new Set(views.flatMap((view) => [...(groups.get(view) ?? [view])]))
    for (const view of all) groups.set(view, all)
  }
  const run = (
    nodes: readonly (Tree | undefined)[],
    views: readonly string[],
    state: Json,
  ): void => {
    if (nodes.every((node) => node === undefined)) join(views)
    nodes.forEach((node, self) => {
      if (node === undefined) return
      const { state: next, response } = outcomeOf(type, state, node.operation)
      const view = `${views[self] ?? ''} ${JSON.stringify(response)}`
      run(nodes.with(self, node.next.get(response)), views.with(self, view), next)
    })
  }
  const names = roots.map((_, self) => `P${self}`)
  run(roots, names, start)
  const alone = roots.map((root, self) => {
    let view = names[self] ?? ''
    let state = start
    for (let node = root; node !== undefined;) {
      const outcome = outcomeOf(type, state, node.operation)
      view += ` ${JSON.stringify(outcome.response)}`
      state = outcome.state
      node = node.next.get(outcome.response)
    }
    return view
  })
  return !alone.every((view) => groups.get(alone[0] ?? '')?.has(view))
}

describe('all protocols of a few steps', () => {
  it('are tried, each in all interleavings, on random objects', () => {
    const count = { separating: 0, none: 0 }
    for (let seed = 1; seed <= cases(60); seed++) {
      const random = seeded(seed)
      const type = randomType(random, { states: 3, operations: 2, responses: 2 })
      const [processes, steps] = (
        [
          [2, 1],
          [2, 2],
          [3, 1],
        ] as const
      )[seed % 3] ?? [2, 1]
      const table = typeTable(type)
      const state = random.int(0, 2)
      const found = operationTrees(table, { processes, steps, state })
      const all = trees(type, table.states, steps)
      expect(found).toMatchObject({ trees: all.length, tried: all.length ** processes })
      const tuples = (length: number): (Tree | undefined)[][] =>
        length === 0
          ? [[]]
          : tuples(length - 1).flatMap((rest) => all.map((each) => [...rest, each]))
      const expected = tuples(processes).filter((roots) =>
        separate(type, table.states[state]!, roots),
      )
      expect([seed, found.separating]).toEqual([seed, expected.length])
      const { witness } = found
      if (witness !== undefined) {
        expect(
          separate(
            type,
            table.states[state]!,
            witness.map((at) => all[at]),
          ),
        ).toBe(true)
      }
      count[expected.length > 0 ? 'separating' : 'none']++
    }
    expect(Math.min(count.separating, count.none), JSON.stringify(count)).toBeGreaterThan(10)
  })

  it('are not all tried when a budget is used up', () => {
    const type = randomType(seeded(1), { states: 3, operations: 2, responses: 2 })
    const found = operationTrees(typeTable(type), { processes: 2, steps: 2, budget: { steps: 5 } })
    expect(found).toMatchObject({ tried: 5, bound: { bound: 'steps', limit: 5 } })
    expect(found.bound?.covered).toMatch(/^5 of \d+ combinations of trees, \d+ separate$/)
  })
})

describe('views of processes that tell everything', () => {
  it('are as many as known, in one component', () => {
    const views = [1, 2, 3, 4].map((rounds) => writeAndRead(rounds))
    expect(views.map((each) => each.runs)).toEqual([6, 70, 924, 12_870])
    expect(views.map((each) => each.views)).toEqual([4, 20, 142, 1108])
    expect(views.map((each) => each.components)).toEqual([1, 1, 1, 1])
    const snapshots = (
      [
        [2, 1],
        [2, 5],
        [3, 1],
        [3, 2],
        [4, 1],
      ] as const
    ).map(([processes, rounds]) => immediateSnapshots(processes, rounds))
    expect(snapshots).toEqual([
      { runs: 3, views: 4, components: 1 },
      { runs: 243, views: 244, components: 1 },
      { runs: 13, views: 12, components: 1 },
      { runs: 169, views: 99, components: 1 },
      { runs: 75, views: 32, components: 1 },
    ])
  })

  it('are those of the start where nobody takes a step', () => {
    expect(writeAndRead(0)).toEqual({ runs: 1, views: 2, components: 1 })
    expect(immediateSnapshots(3, 0)).toEqual({ runs: 1, views: 3, components: 1 })
  })
})
