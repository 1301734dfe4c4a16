import { UserError } from '../core/user-error.ts'

/** What a rational is made from: a number means the decimal it is written as, so 0.1 is 1/10. */
export type RationalLike = Rational | bigint | number | string

/** An exact fraction in lowest terms, with a positive denominator. */
export class Rational {
  static readonly zero = new Rational(0n, 1n)
  static readonly one = new Rational(1n, 1n)

  readonly numerator: bigint
  readonly denominator: bigint

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator
    this.denominator = denominator
  }

  /** @throws RangeError for a denominator of zero. */
  static of(numerator: bigint, denominator = 1n): Rational {
    if (denominator === 0n) throw new RangeError('division by zero')
    if (denominator < 0n) return Rational.of(-numerator, -denominator)
    const divisor = greatestCommonDivisor(numerator, denominator)
    return new Rational(numerator / divisor, denominator / divisor)
  }

  /**
   * `3`, `0.1`, `1e-3`, `'3/8'`, `'0.25'`. @throws UserError for anything else, NaN and infinities
   * included.
   */
  static from(value: RationalLike): Rational {
    if (value instanceof Rational) return value
    if (typeof value === 'bigint') return new Rational(value, 1n)
    const parts = /^\s*([^/]+?)\s*(?:\/\s*([^/]+?)\s*)?$/.exec(String(value))
    const above = parts?.[1] === undefined ? undefined : decimal(parts[1])
    const below = parts?.[2] === undefined ? Rational.one : decimal(parts[2])
    if (above === undefined || below === undefined || below.numerator === 0n) {
      throw new UserError(`${String(value)} is not a number`, { hint: '0.25, 1e-3 or 1/4' })
    }
    return above.over(below)
  }

  /** The number itself, bit for bit, rather than the decimal it is written as. */
  static ofBinary(value: number): Rational {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not finite`)
    let scaled = value
    let twos = 0n
    while (!Number.isInteger(scaled)) {
      scaled *= 2
      twos++
    }
    return Rational.of(BigInt(scaled), 1n << twos)
  }

  /** The sum, exactly. */
  plus(other: Rational): Rational {
    if (this.denominator === other.denominator) {
      return Rational.of(this.numerator + other.numerator, this.denominator)
    }
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    )
  }

  /** The difference, exactly. */
  minus(other: Rational): Rational {
    return this.plus(other.negated())
  }

  /** The product, exactly. */
  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator)
  }

  /** @throws RangeError for a division by zero. */
  over(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator)
  }

  /** The same with the other sign. */
  negated(): Rational {
    return new Rational(-this.numerator, this.denominator)
  }

  /** Negative, zero or positive, as this is less than, equal to or greater than the other. */
  compare(other: Rational): number {
    const left = this.numerator * other.denominator
    const right = other.numerator * this.denominator
    return left < right ? -1 : left > right ? 1 : 0
  }

  /** Whether both are the same number. */
  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator
  }

  /** Whether it is 0. */
  isZero(): boolean {
    return this.numerator === 0n
  }

  /** The nearest double, also where numerator and denominator are far beyond one. */
  toNumber(): number {
    const negative = this.numerator < 0n
    const above = negative ? -this.numerator : this.numerator
    // 64 significant bits, so that rounding to 53 is right but for double rounding in the last bit.
    const shift = bitLength(above) - bitLength(this.denominator) - 64
    const digits =
      shift >= 0
        ? above / (this.denominator << BigInt(shift))
        : (above << BigInt(-shift)) / this.denominator
    const size = scaleByTwo(Number(digits), shift)
    return negative ? -size : size
  }

  /** The logarithm to base 10, also of what no double can hold; minus infinity for 0. */
  log10(): number {
    if (this.numerator <= 0n) return this.numerator === 0n ? -Infinity : NaN
    const shift = bitLength(this.numerator) - bitLength(this.denominator)
    const near =
      shift >= 0
        ? Rational.of(this.numerator, this.denominator << BigInt(shift))
        : Rational.of(this.numerator << BigInt(-shift), this.denominator)
    return Math.log10(near.toNumber()) + shift * Math.LOG10E * Math.LN2
  }

  /** `3/8`, or `2` for a whole number. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`
  }

  /** The text of `toString`, as no double would be exact. */
  toJSON(): string {
    return this.toString()
  }
}

/** A decimal with an optional exponent, exactly. */
function decimal(text: string): Rational | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
  if (match === null || whole + fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  const power = Number(exponent) - fraction.length
  const signed = sign === '-' ? -digits : digits
  return power >= 0
    ? Rational.of(signed * 10n ** BigInt(power))
    : Rational.of(signed, 10n ** BigInt(-power))
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let left = a < 0n ? -a : a
  let right = b
  while (right !== 0n) [left, right] = [right, left % right]
  return left === 0n ? 1n : left
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(16).length * 4
}

/** In two halves, because 2^shift alone may be no double where the product is one. */
function scaleByTwo(value: number, shift: number): number {
  const half = Math.trunc(shift / 2)
  return value * 2 ** half * 2 ** (shift - half)
}
