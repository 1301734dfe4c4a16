import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { familyCall } from '../../../src/quorum/families/registry.ts'
import { hexagons } from '../../../src/quorum/structures/hexagons.ts'
import { expectAgreement } from '../structures/agreement.ts'
import { expectFailure, randomDown } from '../structures/lines-checks.ts'
import type { Table } from '../truth.ts'

type Alive = (node: number) => boolean
type Meaning = (alive: Alive) => boolean

function upTo(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, place) => from + place)
}

function tableOf(size: number, meaning: Meaning): Table {
  return Uint8Array.from({ length: 2 ** size }, (_, live) => {
    return meaning((node) => ((live >> node) & 1) === 1) ? 1 : 0
  })
}

function tableOfSet(set: QuorumSet): Table {
  return Uint8Array.from({ length: 2 ** set.size }, (_, live) => {
    return set.holds(Uint8Array.from(upTo(set.size), (node) => (live >> node) & 1)) ? 1 : 0
  })
}

/** Whether some of the starts is connected with each of the goals. */
function connected(
  starts: readonly string[],
  next: (place: string) => readonly string[],
  goals: readonly ((place: string) => boolean)[],
): boolean {
  return starts.some((start) => {
    const been = new Set([start])
    for (const place of been) for (const other of next(place)) been.add(other)
    return goals.every((isGoal) => [...been].some(isGoal))
  })
}

/** Cells of a triangle that are alive, together, and at all three sides. */
function yMeaning(rows: number): Meaning {
  const node = (row: number, place: number): number => (row * (row + 1)) / 2 + place
  const steps = [
    [0, 1],
    [0, -1],
    [1, 0],
    [-1, 0],
    [1, 1],
    [-1, -1],
  ] as const
  const at = (place: string): [number, number] => place.split(',').map(Number) as [number, number]
  return (alive) => {
    const isAlive = (place: string): boolean => {
      const [row, column] = at(place)
      return row >= 0 && row < rows && column >= 0 && column <= row && alive(node(row, column))
    }
    const cells = upTo(rows).flatMap((row) => upTo(row + 1).map((column) => `${row},${column}`))
    const next = (place: string): string[] => {
      const [row, column] = at(place)
      return steps.map(([down, right]) => `${row + down},${column + right}`).filter(isAlive)
    }
    return connected(cells.filter(isAlive), next, [
      (place) => at(place)[1] === 0,
      (place) => at(place)[1] === at(place)[0],
      (place) => at(place)[0] === rows - 1,
    ])
  }
}

/** A path from wall to wall, and none from wall to wall through what is down. */
function pathsMeaning(d: number): Meaning {
  const edges: (readonly [string, string])[] = []
  const point = (row: number, place: number): string =>
    place === 0 ? 'left' : place === d + 1 ? 'right' : `${row},${place}`
  for (const row of upTo(d + 1)) {
    for (const place of upTo(d + 1)) edges.push([point(row, place), point(row, place + 1)])
  }
  for (const row of upTo(d)) {
    for (const place of upTo(d, 1)) edges.push([point(row, place), point(row + 1, place)])
  }
  const crossed = (open: Alive): boolean => {
    const next = (place: string): string[] =>
      edges.flatMap(([one, other], node) =>
        !open(node) ? [] : one === place ? [other] : other === place ? [one] : [],
      )
    return connected(['left'], next, [(place) => place === 'right'])
  }
  return (alive) => crossed(alive) && !crossed((node) => !alive(node))
}

/** The tree protocol as it is told: a node that is down is replaced by both its children. */
function treeMeaning(levels: number): Meaning {
  const size = 2 ** levels - 1
  return (alive) => {
    const path = (node: number): boolean => {
      const children = [2 * node + 1, 2 * node + 2].filter((child) => child < size)
      if (children.length === 0) return alive(node)
      return alive(node) ? children.some(path) : children.every(path)
    }
    return path(0)
  }
}

const countAlive = (alive: Alive, nodes: readonly number[]): number => nodes.filter(alive).length

const most = (alive: Alive, nodes: readonly number[]): boolean =>
  2 * countAlive(alive, nodes) > nodes.length

const inGrid = (rows: number, columns: number) => ({
  row: (row: number) => upTo(columns, row * columns),
  column: (column: number) => upTo(rows).map((row) => row * columns + column),
})

const FAMILIES: readonly (readonly [string, Meaning, Meaning?])[] = [
  ['singleton(n=3)', (alive) => alive(0)],
  ['majority(n=6)', (alive) => countAlive(alive, upTo(6)) >= 4],
  [
    'weighted(3,2,2,0,1)',
    (alive) => {
      const votes = [3, 2, 2, 0, 1]
      return votes.reduce((sum, vote, node) => sum + (alive(node) ? vote : 0), 0) >= 5
    },
  ],
  ['hqc(3,3)', (alive) => most((group) => most(alive, upTo(3, 3 * group)), upTo(3))],
  [
    'zk(2,3,4)',
    (alive) => {
      const groups = [upTo(2), upTo(3, 2), upTo(4, 5)]
      return groups.filter((group) => most(alive, group)).length >= 2
    },
  ],
  ['tree(levels=3)', treeMeaning(3)],
  ['wheel(n=5)', (alive) => (alive(0) && upTo(4, 1).some(alive)) || upTo(4, 1).every(alive)],
  ['y(rows=4)', yMeaning(4)],
  ['paths(d=1)', pathsMeaning(1)],
  ['paths(d=2)', pathsMeaning(2)],
  [
    'nucleus(r=3)',
    (alive) => {
      // Halves of {0, 1, 2, 3}, with the node that both of a pair share.
      const pairs = [
        [0, 1, 4],
        [2, 3, 4],
        [0, 2, 5],
        [1, 3, 5],
        [0, 3, 6],
        [1, 2, 6],
      ]
      return countAlive(alive, upTo(4)) >= 3 || pairs.some((pair) => pair.every(alive))
    },
  ],
  [
    'dynamo(n=4,r=2,w=3)',
    (alive) => countAlive(alive, upTo(4)) >= 2,
    (alive) => countAlive(alive, upTo(4)) >= 3,
  ],
  [
    'fpaxos-grid(rows=2,cols=3)',
    (alive) => upTo(2).some((row) => inGrid(2, 3).row(row).every(alive)),
    (alive) => upTo(3).some((column) => inGrid(2, 3).column(column).every(alive)),
  ],
  [
    'grid-rw(rows=2,cols=3)',
    (alive) => upTo(2).some((row) => inGrid(2, 3).row(row).every(alive)),
    (alive) => upTo(2).every((row) => inGrid(2, 3).row(row).some(alive)),
  ],
  [
    'cheung(rows=2,cols=3)',
    (alive) => upTo(3).every((column) => inGrid(2, 3).column(column).some(alive)),
    (alive) =>
      upTo(3).every((column) => inGrid(2, 3).column(column).some(alive)) &&
      upTo(3).some((column) => inGrid(2, 3).column(column).every(alive)),
  ],
  ['joint(old=3,new=4,shared=2)', (alive) => most(alive, upTo(3)) && most(alive, upTo(4, 1))],
  [
    'm-grid(side=3,f=1)',
    (alive) => {
      const { row, column } = inGrid(3, 3)
      const full = (line: (place: number) => number[]) =>
        upTo(3).filter((place) => line(place).every(alive)).length
      return full(row) >= 2 && full(column) >= 2
    },
  ],
]

describe('families mean what their descriptions say', () => {
  const cases = FAMILIES.map(([text, reads, writes]) => ({ text, reads, writes }))
  it.each(cases)('$text', ({ text, reads, writes }) => {
    const system = familyCall(text) ?? expect.fail()
    expect(tableOfSet(system.reads)).toEqual(tableOf(system.size, reads))
    expect(tableOfSet(system.writes)).toEqual(tableOf(system.size, writes ?? reads))
    expect(system.reads === system.writes).toBe(writes === undefined)
  })

  it('and a triangle of hexagons whose quorums are not written out says the same', () => {
    const random = seeded(7)
    for (const rows of [1, 2, 3, 4]) {
      const set = hexagons(rows)
      const table = tableOf(set.size, yMeaning(rows))
      for (let round = 0; round < 5; round++) expectAgreement(set, table, random)
    }
  })

  it('and the nucleus fails as often as the sum over all live sets says', () => {
    const random = seeded(6)
    const { reads } = familyCall('nucleus(r=3)') ?? expect.fail()
    const table = tableOfSet(reads)
    for (const down of [0, 2 ** -300, 0.25, 1]) expectFailure(reads, table, down, 'nucleus')
    for (let round = 0; round < 50; round++) {
      expectFailure(reads, table, randomDown(random, reads.size), 'nucleus')
    }
  })
})
