import { describe, expect, it } from 'vitest'

import { nearest } from '../../src/core/nearest.ts'

describe('the name that was meant', () => {
  const names = ['register', 'cas-register', 'queue', 'set', 'stack']

  it.each([
    ['regsiter', 'register'],
    ['Queue', 'queue'],
    ['qeue', 'queue'],
    ['stakc', 'stack'],
    ['casregister', 'cas-register'],
    ['sets', 'set'],
    ['st', 'set'],
  ])('%s means %s', (typed, name) => {
    expect(nearest(typed, names)).toBe(name)
  })

  it.each(['', 'x', 'banana', 'q'.repeat(100_000)])('nothing is near %.10s', (typed) => {
    expect(nearest(typed, names)).toBeUndefined()
  })
})
