import { UserError } from '../core/user-error.ts'
import { probability } from '../quorum/node.ts'
import { Rational } from '../quorum/rational.ts'
import { duration } from './quantity.ts'

export { countOption } from './quantity.ts'

/** `--p 0.1`: the probability that a node is down. @throws UserError */
export function downOption(text: string): Rational {
  return probability(text, '--p')
}

/** Reads among the operations, with how often that mix occurs. */
export interface Mix {
  readonly fraction: Rational
  readonly weight: Rational
}

/**
 * `--read-fraction 0.8`, or a distribution as `0.9:3,0.5:1`: nine reads in ten operations during
 * three quarters of the time. @throws UserError
 */
export function readFractionOption(text: string): Rational | readonly Mix[] {
  const parts = text.split(',').map((part) => {
    const [fraction = '', weight = '1', ...rest] = part.split(':')
    if (rest.length > 0) throw fractionFault(`'${part.trim()}' has more than one weight`)
    return { fraction: share(fraction.trim()), weight: weightOf(weight.trim()) }
  })
  const [only] = parts
  if (parts.length === 1 && only !== undefined && !text.includes(':')) return only.fraction
  return parts
}

function share(text: string): Rational {
  const value = number(text)
  if (value.compare(Rational.zero) >= 0 && value.compare(Rational.one) <= 0) return value
  throw fractionFault(`${text} is not between 0 and 1`)
}

function weightOf(text: string): Rational {
  const value = number(text)
  if (value.compare(Rational.zero) > 0) return value
  throw fractionFault(`the weight ${text} is not positive`)
}

function number(text: string): Rational {
  try {
    return Rational.from(text)
  } catch {
    throw fractionFault(`'${text}' is not a number`)
  }
}

function fractionFault(fact: string): UserError {
  return new UserError(fact, {
    where: '--read-fraction',
    hint: 'reads among all operations, as 0.8 or 4/5, or with weights: 0.9:3,0.5:1',
  })
}

/** `--zone eu=0.01`, which may be given more than once. @throws UserError */
export function zoneOption(text: string, before: ZoneChances = {}): ZoneChances {
  const [, name = '', chance = ''] = /^(.+)=([^=]+)$/.exec(text) ?? []
  if (name === '') {
    throw new UserError(`'${text}' is not a zone with its probability of being down`, {
      where: '--zone',
      hint: '--zone eu-west=0.001',
    })
  }
  return { ...before, [name]: probability(chance, `--zone ${name}`) }
}

/** For each zone the probability that it is down with all its nodes. */
export type ZoneChances = Readonly<Record<string, Rational>>

/** `--time 10`, in seconds, or with a unit: `500ms`, `2min`. @throws UserError */
export function budgetOption(text: string): number {
  const bare = /^\s*\d+(\.\d+)?\s*$/.test(text)
  return duration('--time')(bare ? `${text.trim()}s` : text)
}
