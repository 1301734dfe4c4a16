import { sizeOf } from './monotone.ts'
import type { Question } from './question.ts'

/**
 * The numbers of the program that chooses a strategy. Rows: 0 the read quorums, 1 the write
 * quorums (each used once in all), then use - load + slack = 0 for each node and read fraction,
 * then one row for each limit.
 */
export interface ProgramShape {
  readonly size: number
  readonly rows: number
  readonly fractions: number
  readonly weights: Float64Array
  /** What one use takes of each node, for each fraction one after another. */
  readonly readUse: Float64Array
  readonly writeUse: Float64Array
  /** 0 where load has no part. */
  readonly loadRows: number
  readonly loadCost: number
  readonly nodeCost: number
  readonly latencyCost: number
  /** The mean part of the operations that read, and that write. */
  readonly reading: number
  readonly writing: number
  readonly right: Float64Array
  readonly limits: readonly LimitName[]
  /** Rows of the limits; -1 where there is none. */
  readonly loadLimit: number
  readonly networkLimit: number
  readonly latencyLimit: number
}

type LimitName = 'load' | 'network' | 'latency'

const LIMITS: readonly LimitName[] = ['load', 'network', 'latency']

/** A variable of the program, or the slack of a row. */
export type Column =
  | { readonly type: 'slack'; readonly row: number }
  | { readonly type: 'artificial'; readonly row: number }
  | { readonly type: 'load'; readonly fraction: number }
  | { readonly type: 'read' | 'write'; readonly set: number; readonly latency: number }

export function programShape(question: Question): ProgramShape {
  const { size, workload, objective, usesLoad } = question
  const limits = LIMITS.filter((name) => question.limits[name] !== undefined)
  const loadRows = usesLoad ? workload.length * size : 0
  const rows = 2 + loadRows + limits.length
  const right = new Float64Array(rows)
  right[0] = right[1] = 1
  limits.forEach((name, i) => {
    right[rows - limits.length + i] = question.limits[name]?.toNumber() ?? 0
  })
  const rowOf = (name: LimitName): number => {
    const at = limits.indexOf(name)
    return at < 0 ? -1 : rows - limits.length + at
  }
  const reading = question.reading.toNumber()
  const use = (writing: boolean): Float64Array =>
    Float64Array.from(
      workload.flatMap(({ fraction }) =>
        question.nodes.map(({ readCapacity, writeCapacity }) => {
          const part = fraction.toNumber()
          return writing ? (1 - part) / writeCapacity.toNumber() : part / readCapacity.toNumber()
        }),
      ),
    )
  return {
    size,
    rows,
    fractions: workload.length,
    weights: Float64Array.from(workload, ({ weight }) => weight.toNumber()),
    readUse: use(false),
    writeUse: use(true),
    loadRows,
    loadCost: objective === 'load' ? 1 : 0,
    nodeCost: objective === 'network' ? 1 : 0,
    latencyCost: objective === 'latency' ? 1 : 0,
    reading,
    writing: 1 - reading,
    right,
    limits,
    loadLimit: rowOf('load'),
    networkLimit: rowOf('network'),
    latencyLimit: rowOf('latency'),
  }
}

/** The entries of a column in all rows. */
export function fillColumn(shape: ProgramShape, column: Column, into: Float64Array): void {
  into.fill(0)
  switch (column.type) {
    case 'slack':
      into[column.row] = 1
      return
    case 'artificial':
      into[column.row] = column.row < 2 ? 1 : -1
      return
    case 'load':
      for (let i = 0; i < shape.size; i++) into[2 + column.fraction * shape.size + i] = -1
      if (shape.loadLimit >= 0) into[shape.loadLimit] = shape.weights[column.fraction]!
      return
    default:
      fillQuorum(shape, column.type === 'write', column, into)
  }
}

function fillQuorum(
  shape: ProgramShape,
  writing: boolean,
  { set, latency }: { readonly set: number; readonly latency: number },
  into: Float64Array,
): void {
  const use = writing ? shape.writeUse : shape.readUse
  const part = writing ? shape.writing : shape.reading
  into[writing ? 1 : 0] = 1
  for (let at = 0; at < shape.loadRows; at++) {
    if (((set >>> (at % shape.size)) & 1) === 1) into[2 + at] = use[at]!
  }
  if (shape.networkLimit >= 0) into[shape.networkLimit] = part * sizeOf(set)
  if (shape.latencyLimit >= 0) into[shape.latencyLimit] = part * latency
}
