import { describe, expect, it } from 'vitest'

import { chanceText, decimalText } from '../../src/core/number-text.ts'

const chance = (value: number, digits?: number): string =>
  chanceText({ value, log10: Math.log10(value) }, digits)

describe('a probability in words', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [0.5, '0.5'],
    [0.0523, '0.0523'],
    [0.4575, '0.458'],
    [0.000119, '1.19e-4'],
    [1.62083e-7, '1.62e-7'],
    [0.9999, '1 - 1e-4'],
    [1 - 2 ** -53, '1 - 1e-16'],
  ])('%d is %s', (value, text) => {
    expect(chance(value)).toBe(text)
  })

  it('is read from the logarithm where a double has lost its digits, or is 0', () => {
    expect(chanceText({ value: 0, log10: -1203.5 })).toBe('3.16e-1204')
    expect(chanceText({ value: 5e-324, log10: -323.04 })).toBe('9.12e-324')
    expect(chanceText({ value: 0, log10: -400.0001 })).toBe('1e-400')
    expect(chanceText({ value: 0, log10: -1e98 })).toBe('< 1e-1000000')
  })

  it('has as many digits as asked for', () => {
    expect(chance(1.62083e-7, 2)).toBe('1.6e-7')
    expect(chanceText({ value: 0, log10: -1203.5 }, 1)).toBe('3e-1204')
  })
})

describe('a number in words', () => {
  it.each([
    [0.36, '0.36'],
    [4 / 3, '1.333'],
    [90000 / 23, '3913'],
    [123456, '123456'],
    [0, '0'],
    [-2.5, '-2.5'],
    [0.00001234567, '1.235e-5'],
  ])('%d is %s', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })
})
