import { range } from '../structures/combinations.ts'
import { listOfQuorums } from '../structures/list-of-quorums.ts'
import type { QuorumSystem } from '../system.ts'
import { coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'

export const paths: Family = {
  name: 'paths',
  parameters: [{ name: 'd', meaning: 'the inner points in a row of the lattice', to: 3 }],
  paper:
    'Naor & Wool, The load, capacity, and availability of quorum systems, SIAM J. Computing ' +
    '27(2), 1998',
  example: 'paths(d=2)',
  make: ([d = 0]) => pathsSystem(d),
}

/**
 * Nodes are the edges of a lattice of d + 1 rows with d inner points each, between a wall on the
 * left and one on the right. A quorum has a path from wall to wall, and one from the bottom to the
 * top through the faces, where stepping from face to face takes the edge between them: each path
 * from wall to wall has an edge of it. There are 2 d^2 + 2 d + 1 nodes, first the edges along the
 * rows, then those between rows.
 */
export function pathsSystem(d: number): QuorumSystem {
  const name = nameOf(paths, [d])
  const size = 2 * d * d + 2 * d + 1
  const [lattice, faces] = [latticeEdges(d), faceEdges(d)]
  const upright = simplePaths(faces)
  const unions = new Set(
    simplePaths(lattice).flatMap((path) => upright.map((other) => path | other)),
  )
  const [across, up] = [connector(lattice), connector(faces)]
  const holds = (nodes: number): boolean => across(nodes) && up(nodes)
  const quorums = [...unions]
    .filter((union) => isMinimal(union, holds))
    .map((union) => range(size).filter((node) => ((union >> node) & 1) === 1))
  return coterie(name, listOfQuorums(quorums, size, { structure: 'list of paths' }))
}

/** By the two points that each node connects, which are numbers; the first and last are walls. */
type Edges = readonly (readonly [number, number])[]

function latticeEdges(d: number): Edges {
  const last = (d + 1) * d + 1
  const point = (row: number, place: number): number =>
    place === 0 ? 0 : place === d + 1 ? last : row * d + place
  return [
    ...range(d + 1).flatMap((row) =>
      range(d + 1).map((place) => [point(row, place), point(row, place + 1)] as const),
    ),
    ...range(d).flatMap((row) =>
      range(d, 1).map((place) => [point(row, place), point(row + 1, place)] as const),
    ),
  ]
}

function faceEdges(d: number): Edges {
  const last = (d + 1) * d + 1
  // The face below a row; above the first one and below the last one is outside.
  const face = (row: number, place: number): number =>
    row < 0 ? 0 : row === d ? last : row * (d + 1) + place + 1
  return [
    ...range(d + 1).flatMap((row) =>
      range(d + 1).map((place) => [face(row - 1, place), face(row, place)] as const),
    ),
    ...range(d).flatMap((row) =>
      range(d, 1).map((place) => [face(row, place - 1), face(row, place)] as const),
    ),
  ]
}

/** Nodes are the bits of a number, as there are at most 25. */
function isMinimal(nodes: number, holds: (nodes: number) => boolean): boolean {
  for (let rest = nodes; rest !== 0; rest &= rest - 1) {
    if (holds(nodes ^ (rest & -rest))) return false
  }
  return true
}

function lastPoint(edges: Edges): number {
  return Math.max(...edges.map(([, other]) => other))
}

/** The edges of each path from the first point to the last that is at no point twice. */
function simplePaths(edges: Edges): number[] {
  const last = lastPoint(edges)
  const found: number[] = []
  const been = new Set<number>()
  const from = (point: number, path: number): void => {
    if (point === last) {
      found.push(path)
      return
    }
    been.add(point)
    for (const [edge, [one, other]] of edges.entries()) {
      if (one !== point && other !== point) continue
      const next = one === point ? other : one
      if (!been.has(next)) from(next, path | (1 << edge))
    }
    been.delete(point)
  }
  from(0, 0)
  return found
}

/** Whether nodes, as edges, lead from the first point to the last. */
function connector(edges: Edges): (nodes: number) => boolean {
  const ends = Int32Array.from(edges, ([one, other]) => (1 << one) | (1 << other))
  const goal = 1 << lastPoint(edges)
  return (nodes) => {
    let reached = 1
    for (let before = 0; before !== reached && (reached & goal) === 0;) {
      before = reached
      for (let rest = nodes; rest !== 0; rest &= rest - 1) {
        const both = ends[31 - Math.clz32(rest & -rest)] as number
        if ((reached & both) !== 0) reached |= both
      }
    }
    return (reached & goal) !== 0
  }
}
