import type { Outcome } from '../src/core/verdict.ts'
import type { Rows } from '../src/quorum/compare/b-grid-limit.ts'
import { bGridThreshold } from '../src/quorum/compare/b-grid-limit.ts'
import type { Metric } from '../src/quorum/compare/claim.ts'
import type { QuorumEntry } from './entry.ts'

/** `[metric, as it is said, what that is for this system, the condition or what is right]` */
type Saying = readonly [Metric, statement: string, equals: string, because: string]

const MAJORITIES = ['majority(n=11)', 'majority(n=101)', 'majority(n=1001)', 'majority(n=10001)']
const GRIDS = [3, 6, 10, 32, 100].map((side) => `grid(rows=${side},cols=${side})`)
const THRESHOLD = ': with r = c ln d, min(e^(-1/c), 1 - e^(-1/c))'
const FALLS_FIRST = 'for any p > 0, but it falls before: at p = 0.01 to 3.5e-21 with 69 x 69'

/**
 * What lectures say about Singleton, Majority, Grid and B-Grid, and what is so, on 81 nodes where
 * that can be. A statement is expected to fail where it is not true of the system it is made of.
 */
export const quorums: readonly QuorumEntry[] = [
  ...values('Singleton', 'singleton(n=81)', [
    ['work', '1', '1', 'one node answers everything'],
    ['load', '1', '1', 'it does all the work'],
    ['resilience', '0', '0', 'it must not fail'],
    ['failure', 'p', '1/10', 'equality: it is up or not (here p = 1/10)'],
  ]),

  ...values('Majority', 'majority(n=81)', [
    ['work', '~ n/2', '41', 'floor(n/2) + 1'],
    ['load', '~ 1/2', '41/81', '(floor(n/2) + 1) / n, as all nodes are alike'],
    ['resilience', '~ n/2', '40', 'ceil(n/2) - 1'],
  ]),
  growing('Majority', '-> 0', MAJORITIES, '2/5', 0, 'pass', 'exactly if p < 1/2'),
  growing('Majority', '-> 0', MAJORITIES, '1/2', 0, 'fail', '1/2 for every odd n at p = 1/2'),
  ...values('Even majority', 'majority(n=80)', [
    ['load', '~ 1/2', '41/80', '(floor(n/2) + 1) / n for even n too: more than with 79 nodes'],
    ['resilience', '~ n/2', '39', 'ceil(n/2) - 1: no more than with 79 nodes'],
  ]),
  ...untrue('Even majority', 'majority(n=4)', [
    ['failure', 'at most that of 3', '7/250', 'it is 523/10000; a weight of 2 for one node helps'],
  ]),
  ...values('Even majority', 'weighted(2,1,1,1)', [
    ['failure', 'that of 3, repaired', '7/250', 'one node of weight 2 breaks the ties'],
  ]),

  ...values('Grid', 'grid(rows=9,cols=9)', [
    ['work', 'Theta(sqrt n)', '17', '2 sqrt(n) - 1: a full row and a full column'],
    ['load', 'Theta(1/sqrt n)', '17/81', '(2 sqrt(n) - 1) / n, with all n pairs of row and column'],
    ['resilience', 'sqrt(n) - 1', '8', 'with all n pairs; min(rows, columns) - 1 in general'],
  ]),
  ...values('Oblong grid', 'grid(rows=4,cols=6)', [
    ['resilience', 'min(rows, cols) - 1', '3', 'a node of every row, or of every column'],
  ]),
  growing('Grid', '-> 1', GRIDS, '1/10', 1, 'pass', FALLS_FIRST),
  ...values('Basic grid', 'grid-basic(n=9)', [
    ['work', 'Theta(sqrt n)', '17', '2 sqrt(n) - 1: row i and column i'],
    ['load', '2/sqrt(n)', '2/9', 'a node off the diagonal is in two of the sqrt(n) quorums'],
    ['resilience', 'ceil(sqrt(n)/2) - 1', '4', 'a node hits two quorums, so half of them suffice'],
  ]),
  ...untrue('Basic grid', 'grid-basic(n=9)', [
    [
      'load',
      '(2 sqrt(n) - 1)/n',
      '17/81',
      'that needs all n pairs; with sqrt(n) quorums 2/sqrt(n)',
    ],
    ['resilience', 'sqrt(n) - 1', '8', 'that needs all n pairs; with sqrt(n) quorums half of it'],
  ]),
  ...values('Read-write grid', 'grid-rw(rows=9,cols=9)', [
    [
      'load',
      '1/sqrt(n)',
      '1/9',
      'the least there can be; no grid in which all meet all gets there',
    ],
    ['resilience', 'sqrt(n) - 1', '8', 'rows - 1 for reads, columns - 1 for writes'],
  ]),
  ...values('Projective plane', 'fpp(order=3)', [
    [
      'load',
      '-> 1/sqrt(n)',
      '4/13',
      '(s + 1) / (s^2 + s + 1) for order s, which is above 1/sqrt(n)',
    ],
    ['resilience', 's', '3', 'a line meets all lines'],
  ]),

  ...values('B-Grid', 'bgrid(d=9,h=3,r=3)', [
    ['work', 'Theta(sqrt n)', '17', 'd + h r - 1, all quorums'],
    ['load', 'Theta(1/sqrt n)', '17/81', '(d + h r - 1) / n'],
    ['resilience', 'Theta(sqrt n)', '8', 'min(d, h r) - 1'],
  ]),
  ...values('B-Grid', 'bgrid(d=100,h=14,r=7)', [
    ['resilience', 'min(d, h r) - 1', '97', 'rounding matters: h r is 98'],
  ]),
  ...untrue('B-Grid', 'bgrid(d=100,h=14,r=7)', [
    ['resilience', 'd - 1', '99', 'only if h r is at least d: rounding h and r down costs two'],
  ]),
  bands('ln d', '7/20', '-> 0', 0, 'pass'),
  bands('ln d', '2/5', '-> 0', 0, 'fail'),
  bands('log2 d', '9/20', '-> 0', 0, 'pass'),
  bands('ln n', '37/100', '-> 0', 0, 'pass'),
  bands('log2 n', '1/4', '-> 0', 0, 'pass'),
  bands('log2 n', '7/20', '-> 0', 0, 'fail'),
  bands('log10 n', '3/10', '-> 0', 0, 'pass'),
]

/** What is compared under the same circumstances, with about the same number of nodes. */
export const comparisons: readonly {
  readonly title: string
  readonly systems: readonly string[]
}[] = [
  {
    title: 'About 16 nodes',
    systems: [
      'singleton(n=16)',
      'majority(n=15)',
      'majority(n=16)',
      'grid(rows=4,cols=4)',
      'grid-basic(n=4)',
      'grid-cover(rows=4,cols=4)',
      'grid-rw(rows=4,cols=4)',
      'bgrid(d=4,h=2,r=2)',
      'tree(levels=4)',
      'hqc(5,3)',
      'triangle(rows=5)',
      'y(rows=5)',
      'nucleus(r=4)',
      'paths(d=2)',
      'fpp(order=3)',
    ],
  },
  {
    title: 'About 25 nodes',
    systems: [
      'majority(n=25)',
      'grid(rows=5,cols=5)',
      'grid-basic(n=5)',
      'grid-rw(rows=5,cols=5)',
      'bgrid(d=4,h=3,r=2)',
      'hqc(5,5)',
      'hqc(3,3,3)',
      'triangle(rows=6)',
      'fpp(order=4)',
    ],
  },
  {
    title: 'About 81 nodes',
    systems: [
      'majority(n=81)',
      'grid(rows=9,cols=9)',
      'grid-basic(n=9)',
      'grid-rw(rows=9,cols=9)',
      'bgrid(d=9,h=3,r=3)',
      'hqc(3,3,3,3)',
      'tree(levels=6)',
      'triangle(rows=12)',
    ],
  },
]

function values(family: string, system: string, sayings: readonly Saying[]): QuorumEntry[] {
  return sayings.map(([metric, statement, equals, because]) => ({
    type: 'quorum',
    name: `quorums/${slug(system)}/${metric}`,
    family,
    statement,
    claim: {
      type: 'value',
      system,
      metric,
      equals,
      ...(metric === 'failure' ? { down: '1/10' } : {}),
    },
    expected: 'pass',
    because,
  }))
}

function untrue(family: string, system: string, sayings: readonly Saying[]): QuorumEntry[] {
  return values(family, system, sayings).map((entry) => ({
    ...entry,
    name: `${entry.name}-as-said`,
    expected: 'fail',
  }))
}

/** A limit that is seen at sizes which can be computed. */
function growing(
  family: string,
  statement: string,
  systems: readonly string[],
  down: string,
  limit: 0 | 1,
  expected: Outcome,
  because: string,
): QuorumEntry {
  return {
    type: 'quorum',
    name: `quorums/${slug(family)}-p-${slug(down)}/failure-limit`,
    family,
    statement,
    claim: { type: 'limit', systems, down, limit },
    expected,
    because,
  }
}

/** A limit of B-grids with so many rows in a band, which is seen only far beyond such sizes. */
function bands(
  rows: Rows,
  down: string,
  statement: string,
  limit: 0 | 1,
  expected: Outcome,
): QuorumEntry {
  return {
    type: 'quorum',
    name: `quorums/b-grid-r-${slug(rows)}-p-${slug(down)}/failure-limit`,
    family: 'B-Grid',
    statement,
    claim: { type: 'b-grid limit', rows, down, limit },
    expected,
    because: `exactly if p < ${bGridThreshold(rows).toFixed(4)}${THRESHOLD}`,
  }
}

/** `grid(rows=9,cols=9)` as `grid-9-9`. */
function slug(text: string): string {
  const words = text.toLowerCase().replace(/[a-z]+=/g, '')
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}
