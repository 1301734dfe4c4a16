import { grid } from '../structures/grid.ts'
import { thresholdTree } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf, refusal } from './family.ts'
import type { Family, Parameter } from './family.ts'
import { someOf } from './thresholds.ts'

const MALKHI_REITER = 'Malkhi & Reiter, Byzantine quorum systems, Distributed Computing 11(4), 1998'
const MALKHI_REITER_WOOL =
  'Malkhi, Reiter & Wool, The load and availability of Byzantine quorum systems, SIAM J. ' +
  'Computing 29(6), 2000'

const nodes: Parameter = { name: 'n', meaning: 'the number of nodes' }
const faulty: Parameter = { name: 'f', meaning: 'the nodes that may be Byzantine', from: 0 }
const side: Parameter = { name: 'side', meaning: 'the number of rows, and of columns', to: 1000 }

export const dissemination: Family = {
  name: 'byz-dissemination',
  parameters: [nodes, faulty],
  paper: MALKHI_REITER,
  example: 'byz-dissemination(n=4,f=1)',
  make: ([n = 0, f = 0]) => disseminationSystem(n, f),
}

/** Any two quorums share f + 1 nodes: enough where data are signed. Needs n > 3 f. */
export function disseminationSystem(n: number, f: number): QuorumSystem {
  return byzantineThreshold(dissemination, n, f, 3, Math.ceil((n + f + 1) / 2))
}

export const masking: Family = {
  name: 'byz-masking',
  parameters: [nodes, faulty],
  paper: MALKHI_REITER,
  example: 'byz-masking(n=5,f=1)',
  make: ([n = 0, f = 0]) => maskingSystem(n, f),
}

/** Any two quorums share 2 f + 1 nodes, so that the honest ones outvote the others. n > 4 f. */
export function maskingSystem(n: number, f: number): QuorumSystem {
  return byzantineThreshold(masking, n, f, 4, Math.ceil((n + 2 * f + 1) / 2))
}

function byzantineThreshold(
  family: Family,
  n: number,
  f: number,
  factor: number,
  need: number,
): QuorumSystem {
  const name = nameOf(family, [n, f])
  if (n <= factor * f) {
    const fact = `${n} nodes are too few for f = ${f}: there must be more than ${factor} f`
    const most = Math.floor((n - 1) / factor)
    throw refusal(family, fact, `n=${factor * f + 1}, or f=${most}`)
  }
  return coterie(name, thresholdTree(someOf(need, n), n))
}

export const opaqueMasking: Family = {
  name: 'byz-opaque',
  parameters: [nodes, faulty],
  paper: MALKHI_REITER,
  example: 'byz-opaque(n=10,f=2)',
  make: ([n = 0, f = 0]) => opaqueMaskingSystem(n, f),
}

/** Quorums of ceil(2 (n + f) / 3), for clients that do not know f. Needs n >= 5 f. */
export function opaqueMaskingSystem(n: number, f: number): QuorumSystem {
  const name = nameOf(opaqueMasking, [n, f])
  if (n < 5 * f) {
    const fact = `${n} nodes are too few for f = ${f}: there must be 5 f`
    throw refusal(opaqueMasking, fact, `n=${5 * f}, or f=${Math.floor(n / 5)}`)
  }
  return coterie(name, thresholdTree(someOf(Math.ceil((2 * (n + f)) / 3), n), n))
}

export const maskingGrid: Family = {
  name: 'byz-masking-grid',
  parameters: [side, faulty],
  paper: MALKHI_REITER_WOOL,
  example: 'byz-masking-grid(side=4,f=1)',
  make: ([length = 0, f = 0]) => maskingGridSystem(length, f),
}

/** A full column and f + 1 full rows: two quorums cross in 2 f + 2 nodes. */
export function maskingGridSystem(length: number, f: number): QuorumSystem {
  return byzantineGrid(maskingGrid, length, f, f + 1, 1)
}

export const originalMaskingGrid: Family = {
  name: 'byz-grid',
  parameters: [side, faulty],
  paper: MALKHI_REITER,
  example: 'byz-grid(side=4,f=1)',
  make: ([length = 0, f = 0]) => originalMaskingGridSystem(length, f),
}

/** A full column and 2 f + 1 full rows, as first described; f + 1 rows are enough. */
export function originalMaskingGridSystem(length: number, f: number): QuorumSystem {
  return byzantineGrid(originalMaskingGrid, length, f, 2 * f + 1, 1)
}

export const mGrid: Family = {
  name: 'm-grid',
  parameters: [side, faulty],
  paper: MALKHI_REITER_WOOL,
  example: 'm-grid(side=4,f=1)',
  make: ([length = 0, f = 0]) => mGridSystem(length, f),
}

/** ceil(sqrt(f + 1)) full rows and as many full columns. */
export function mGridSystem(length: number, f: number): QuorumSystem {
  const lines = Math.ceil(Math.sqrt(f + 1))
  return byzantineGrid(mGrid, length, f, lines, lines)
}

/** After f failures a quorum must be left, or the f Byzantine nodes can stop everything. */
function byzantineGrid(
  family: Family,
  length: number,
  f: number,
  fullRows: number,
  fullColumns: number,
): QuorumSystem {
  const name = nameOf(family, [length, f])
  checkSize(family, length * length)
  const most = length - Math.max(fullRows, fullColumns)
  if (most < f) {
    const left = Math.max(most, 0)
    throw refusal(
      family,
      `a grid of ${length} x ${length} is too small for f = ${f}: with ${fullRows} full rows and ` +
        `${fullColumns} full columns in a quorum it survives ${left} failures`,
      `side=${f + Math.max(fullRows, fullColumns)}, or a smaller f`,
    )
  }
  return coterie(name, grid({ rows: length, columns: length, fullRows, fullColumns }))
}
