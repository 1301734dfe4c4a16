import { describe, expect, it } from 'vitest'

import { UserError } from '../../../src/core/user-error.ts'
import { seeded } from '../../../src/core/random.ts'
import { familyCall, families } from '../../../src/quorum/families/registry.ts'
import { disjointQuorums } from '../../../src/quorum/disjoint-quorums.ts'
import { expectAgreement } from '../structures/agreement.ts'
import { tableOf } from '../truth.ts'

describe('the register of families', () => {
  it.each(families)(
    '$name: the example is read, and the name it gets is read as the same',
    (family) => {
      const { name, size, reads, writes } = familyCall(family.example) ?? expect.fail()
      expect(name).toBe(family.example)
      expect(familyCall(name)?.size).toBe(size)
      expect(reads.size).toBe(size)
      expect(disjointQuorums(reads, writes)).toMatchObject({ outcome: 'none' })
    },
  )

  it.each(families)('$name: the example means what its formula says', ({ example }) => {
    const { reads, writes, size } = familyCall(example) ?? expect.fail()
    if (size > 10) return
    for (const side of new Set([reads, writes])) {
      expectAgreement(side, tableOf(side.formula(), size), seeded(1))
    }
  })

  it.each(families)('$name: names who described it, and has no word of another', (family) => {
    expect(family.paper).toMatch(/\b(19|20)\d\d\b/)
    expect(families.filter(({ name }) => name === family.name)).toHaveLength(1)
    expect(family.example.startsWith(`${family.name}(`)).toBe(true)
  })
})

/** Families with their sizes: nodes, read quorums, write quorums, nodes in a smallest of each. */
const SIZES: readonly (readonly [string, number, number, number, number, number])[] = [
  ['singleton(n=5)', 5, 1, 1, 1, 1],
  ['majority(n=9)', 9, 126, 126, 5, 5],
  ['threshold(n=7,k=5)', 7, 21, 21, 5, 5],
  ['rw-threshold(n=6,r=3)', 6, 20, 15, 3, 4],
  ['rowa(n=7)', 7, 7, 1, 1, 7],
  ['raow(n=3)', 3, 1, 3, 3, 1],
  ['weighted(5,4,3,2,2,1,1)', 7, 16, 16, 3, 3],
  ['weighted(1,1,1,0,0)', 5, 3, 3, 2, 2],
  ['weighted(3,3,2,2,2,1,1,1,1)', 9, 67, 67, 4, 4],
  ['grid(rows=4,cols=5)', 20, 20, 20, 8, 8],
  ['grid(5,5,2,2)', 25, 100, 100, 16, 16],
  ['grid-basic(n=4)', 16, 4, 4, 7, 7],
  ['grid-cover(rows=4,cols=3)', 12, 48, 48, 6, 6],
  ['grid-below(rows=4,cols=4)', 16, 85, 85, 4, 4],
  ['grid-rw(rows=2,cols=3)', 6, 2, 9, 3, 2],
  ['cheung(rows=4,cols=3)', 12, 64, 48, 3, 6],
  ['bgrid(d=4,h=3,r=2)', 24, 1536, 1536, 9, 9],
  ['bgrid(d=5,h=3,r=1)', 15, 75, 75, 7, 7],
  ['tree(levels=4)', 15, 255, 255, 4, 4],
  ['hqc(3,5)', 15, 300, 300, 6, 6],
  ['zk(2,2,3)', 7, 7, 7, 4, 4],
  ['wall(1,2,2,3,3,3,3)', 17, 607, 607, 3, 3],
  ['triangle(rows=5)', 15, 206, 206, 5, 5],
  ['wheel(n=8)', 8, 8, 8, 2, 2],
  ['fpp(order=2)', 7, 7, 7, 3, 3],
  ['fpp(order=4)', 21, 21, 21, 5, 5],
  ['fpp(order=8)', 73, 73, 73, 9, 9],
  ['fpp(order=9)', 91, 91, 91, 10, 10],
  ['paths(d=1)', 5, 6, 6, 3, 3],
  ['paths(d=2)', 13, 99, 99, 5, 5],
  ['y(rows=3)', 6, 10, 10, 3, 3],
  ['y(rows=5)', 15, 113, 113, 5, 5],
  ['nucleus(r=4)', 16, 35, 35, 4, 4],
  ['dynamo(n=5,r=2,w=5)', 5, 10, 1, 2, 5],
  ['fpaxos(n=6,phase1=4,phase2=3)', 6, 15, 20, 4, 3],
  ['fpaxos-grid(rows=3,cols=4)', 12, 3, 4, 4, 3],
  ['joint(old=3,new=3,shared=2)', 4, 3, 3, 2, 2],
  ['byz-dissemination(n=7,f=2)', 7, 21, 21, 5, 5],
  ['byz-dissemination(n=6,f=1)', 6, 15, 15, 4, 4],
  ['byz-masking(n=9,f=1)', 9, 84, 84, 6, 6],
  ['byz-masking(n=8,f=1)', 8, 28, 28, 6, 6],
  ['byz-opaque(n=10,f=2)', 10, 45, 45, 8, 8],
  ['byz-masking-grid(side=3,f=1)', 9, 9, 9, 7, 7],
  ['byz-grid(side=4,f=1)', 16, 16, 16, 13, 13],
  ['m-grid(side=4,f=1)', 16, 36, 36, 12, 12],
]

describe('families of known size', () => {
  it.each(SIZES)('%s', (text, nodes, reads, writes, leastRead, leastWrite) => {
    const system = familyCall(text) ?? expect.fail()
    const ones = new Float64Array(system.size).fill(1)
    const countOf = (side: typeof system.reads): number => [...side.minimalQuorums()].length
    expect([
      system.size,
      countOf(system.reads),
      countOf(system.writes),
      system.reads.cheapest(ones).price,
      system.writes.cheapest(ones).price,
    ]).toEqual([nodes, reads, writes, leastRead, leastWrite])
  })
})

describe('planes', () => {
  it.each([2, 3, 4, 5, 7, 8, 9])('of order %i: two lines share one point', (order) => {
    const lines = [...(familyCall(`fpp(${order})`) ?? expect.fail()).reads.minimalQuorums()]
    expect(lines).toHaveLength(order * order + order + 1)
    for (const [place, line] of lines.entries()) {
      for (const other of lines.slice(place + 1)) {
        if (line.filter((point) => other.includes(point)).length !== 1) expect.fail()
      }
    }
  })
})

describe('texts that are no family', () => {
  it.each([
    'a',
    'a*b',
    'majority(a,b,c)',
    'majority(3)*majority(4)',
    'choose(2,1,2,3)',
    'f(a)',
    '',
  ])('%j is left to others', (text) => {
    expect(familyCall(text)).toBeUndefined()
  })
})

function errorOf(text: string): string {
  try {
    familyCall(text)
  } catch (error) {
    if (error instanceof UserError) return error.text
    throw error
  }
  return 'nothing was refused'
}

describe('calls that cannot be', () => {
  it.each([
    'gird(rows=3,cols=3)',
    'foo(1,2)',
    'grid(rows=3)',
    'grid(rows=3,cols=x)',
    'grid(a,b)',
    'grid(3,4,5,6,7)',
    'grid(rows=3,rows=3,cols=2)',
    'grid(rows=3,colss=2)',
    'grid(rows=2,cols=2,full-rows=3)',
    'grid(2000,2000)',
    'majority(0)',
    'majority(-1)',
    'majority(2.5)',
    'threshold(n=7,k=3)',
    'threshold(n=8,k=4)',
    'threshold(n=3,k=4)',
    'wall()',
    'hqc(3,0)',
    'weighted(0,0)',
    'fpp(6)',
    'paths(4)',
    'dynamo(n=5,r=2,w=3)',
    'dynamo(n=3,r=4,w=3)',
    'fpaxos(20,5,15)',
    'joint(3,3,4)',
    'byz-dissemination(3,1)',
    'byz-masking(4,1)',
    'byz-opaque(4,1)',
    'm-grid(4,3)',
  ])('%s', (text) => {
    expect(errorOf(text)).toMatchSnapshot()
  })
})
