import { describe, expect, it } from 'vitest'

import { duration, size } from '../../src/cli/quantity.ts'
import { UserError } from '../../src/core/user-error.ts'

describe('a duration', () => {
  it.each([
    ['60s', 60],
    ['500ms', 0.5],
    ['2min', 120],
    ['2m', 120],
    ['1h', 3600],
    ['1.5 s', 1.5],
    ['10S', 10],
  ])('%s', (text, seconds) => {
    expect(duration('--time')(text)).toBe(seconds)
  })

  it.each([
    ['60', "'60' has no unit: ms, s, min, m, h"],
    ['abc', "'abc' is not a number with a unit"],
    ['-5s', "'-5s' is not a number with a unit"],
    ['5 parsecs', "'parsecs' is not a unit here: ms, s, min, m, h"],
    ['0s', "'0s' is no budget: it must be more than zero"],
    ['', "'' is not a number with a unit"],
    ['1e3s', "'1e3s' is not a number with a unit"],
  ])('not %s', (text, fact) => {
    expect(() => duration('--time')(text)).toThrow(fact)
  })

  it('says where the mistake is and what would be right', () => {
    const attempt = (): unknown => duration('--time')('60')
    expect(attempt).toThrow(UserError)
    expect(attempt).toThrow(expect.objectContaining({ where: '--time' }) as Error)
    expect(attempt).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--time 60s') as string }) as Error,
    )
  })
})

describe('a size', () => {
  it.each([
    ['1GB', 1e9],
    ['512MB', 512e6],
    ['64kb', 64e3],
    ['1.5GiB', 1.5 * 1024 ** 3],
    ['100B', 100],
  ])('%s', (text, bytes) => {
    expect(size('--memory')(text)).toBe(bytes)
  })

  it.each(['1', '1G', 'lots', '0MB'])('not %s', (text) => {
    expect(() => size('--memory')(text)).toThrow(UserError)
  })
})
