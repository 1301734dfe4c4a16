import { UserError } from '../../core/user-error.ts'
import { familyCall } from '../families/registry.ts'
import { withNodes } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import type { Question } from './question.ts'

/**
 * Systems of named families on all the nodes, or on a few less where the family has no other size.
 * The nodes of the greatest capacity come first.
 */
export function* namedSystems({ size, nodes }: Question): Generator<QuorumSystem> {
  const ordered = [...nodes].sort((a, b) =>
    b.readCapacity.plus(b.writeCapacity).compare(a.readCapacity.plus(a.writeCapacity)),
  )
  for (const name of names(size)) {
    const system = made(name)
    if (system !== undefined && system.size <= size) {
      yield withNodes(system, ordered.slice(0, system.size))
    }
  }
}

/** Families refuse sizes that they do not have. */
function made(name: string): QuorumSystem | undefined {
  try {
    return familyCall(name)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function* names(size: number): Generator<string> {
  for (const order of [2, 3, 4, 5]) {
    if (order * order + order + 1 <= size) yield `fpp(order=${order})`
  }
  yield `majority(n=${size})`
  for (let rows = 2; rows <= size / 2; rows++) {
    const cols = Math.floor(size / rows)
    yield `grid-rw(rows=${rows},cols=${cols})`
    yield `cheung(rows=${rows},cols=${cols})`
    yield `grid(rows=${rows},cols=${cols})`
  }
  for (let bands = 2; bands <= size / 4; bands++) {
    for (let rows = 2; rows * bands <= size / 2; rows++) {
      yield `bgrid(d=${Math.floor(size / (rows * bands))},h=${bands},r=${rows})`
    }
  }
  for (const branches of ['3,3', '3,5', '5,3', '3,3,3', '5,5']) {
    if (branches.split(',').reduce((n, b) => n * Number(b), 1) <= size) yield `hqc(${branches})`
  }
  for (let levels = 2; 2 ** levels - 1 <= size; levels++) yield `tree(levels=${levels})`
  for (let rows = 2; (rows * (rows + 1)) / 2 <= size; rows++) {
    yield `triangle(rows=${rows})`
    yield `y(rows=${rows})`
  }
  for (const d of [1, 2]) yield `paths(d=${d})`
  for (const r of [3, 4, 5]) yield `nucleus(r=${r})`
  yield `wheel(n=${size})`
}
