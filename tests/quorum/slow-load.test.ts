import { describe, expect, it } from 'vitest'
import { Rational } from '../../src/quorum/rational.ts'
import { alike, slowLoad } from './slow-load.ts'
import { minimalMasks, tableOf } from './truth.ts'

const half = Rational.from('1/2')
const majority = (size: number) => ({
  need: Math.floor(size / 2) + 1,
  inputs: Array.from({ length: size }, (_, node) => node),
})

describe('the slow way to a load', () => {
  it('finds loads that are known from paper and pencil', () => {
    const found = [3, 4, 5, 7].map((size) => {
      const quorums = minimalMasks(tableOf(majority(size), size))
      return slowLoad(quorums, [], Rational.one, alike(size)).toString()
    })
    expect(found).toEqual(['2/3', '3/4', '3/5', '4/7'])
  })

  it('weighs reads and writes, and capacities', () => {
    const [all, each] = [[0b111], [0b001, 0b010, 0b100]]
    const read = ['1', '2', '3'].map(Rational.from)
    const capacities = { read, write: ['1', '1', '1/2'].map(Rational.from) }
    expect(slowLoad(each, all, Rational.one, capacities).toString()).toBe('1/6')
    expect(slowLoad(each, all, Rational.zero, capacities).toString()).toBe('2')
    expect(slowLoad(each, all, half, capacities).toString()).toBe('1')
    expect(slowLoad(each, all, half, alike(3)).toString()).toBe('2/3')
  })
})
