import { UserError } from '../core/user-error.ts'
import { Rational } from './rational.ts'
import type { RationalLike } from './rational.ts'

/** A machine that votes. */
export interface QuorumNode {
  /** Unique in a system. */
  readonly name: string
  /** Reads it can answer in a unit of time; more than 0. */
  readonly readCapacity: Rational
  /** Writes it can answer in a unit of time; more than 0. */
  readonly writeCapacity: Rational
  /** Time until it answers, in any unit; 0 or more. */
  readonly latency: Rational
  /** Probability of being down; `undefined`: that of the question. */
  readonly failure: Rational | undefined
  /** The data centre, rack or region that it shares its fate with. */
  readonly zone: string | undefined
}

/** What a node can do, where it is, and how likely it is down. */
export interface NodeOptions {
  /** Reads and writes in a unit of time. Default: 1. */
  readonly capacity?: RationalLike
  /** Default: `capacity`. */
  readonly readCapacity?: RationalLike
  /** Default: `capacity`. */
  readonly writeCapacity?: RationalLike
  /** Default: 1. */
  readonly latency?: RationalLike
  readonly failure?: RationalLike
  readonly zone?: string
}

/** Systems of a hundred thousand nodes about which nothing is said are quick to make. */
const PLAIN: NodeOptions = {}

const plainNode: Omit<QuorumNode, 'name'> = {
  readCapacity: Rational.one,
  writeCapacity: Rational.one,
  latency: Rational.one,
  failure: undefined,
  zone: undefined,
}

/** @throws UserError for a capacity of 0 or less, a negative latency, a wrong probability. */
export function quorumNode(name: string, options: NodeOptions = PLAIN): QuorumNode {
  const { capacity = 1, readCapacity = capacity, writeCapacity = capacity } = options
  if (name === '') throw new UserError('a node has no name', { hint: 'a, n1, zk-3' })
  if (options === PLAIN) return { ...plainNode, name }
  const quantity = (what: string, value: RationalLike): Rational => {
    try {
      return Rational.from(value)
    } catch {
      const fact = `${what} ${String(value)} is not a number`
      throw new UserError(fact, { where: `node ${name}`, hint: 'a number as 2, 0.5 or 1/3' })
    }
  }
  const positive = (what: string, value: RationalLike): Rational => {
    const result = quantity(what, value)
    if (result.numerator > 0n) return result
    const hint = 'leave the node out if it can do nothing'
    throw new UserError(`${what} ${String(value)} is not positive`, { where: `node ${name}`, hint })
  }
  const latency = quantity('latency', options.latency ?? 1)
  if (latency.numerator < 0n) {
    throw new UserError(`latency ${String(latency)} is negative`, {
      where: `node ${name}`,
      hint: '0',
    })
  }
  return {
    name,
    readCapacity: positive('read capacity', readCapacity),
    writeCapacity: positive('write capacity', writeCapacity),
    latency,
    failure:
      options.failure === undefined ? undefined : probability(options.failure, `node ${name}`),
    zone: options.zone,
  }
}

/** @throws UserError unless the value is a probability. */
export function probability(value: RationalLike, where: string): Rational {
  const hint = 'the probability of being down, from 0 to 1'
  let result
  try {
    result = Rational.from(value)
  } catch {
    throw new UserError(`${String(value)} is not a number`, { where, hint })
  }
  if (result.numerator >= 0n && result.numerator <= result.denominator) return result
  throw new UserError(`${String(value)} is not a probability`, { where, hint })
}
