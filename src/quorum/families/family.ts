import { UserError } from '../../core/user-error.ts'
import { systemOf } from '../system.ts'
import type { QuorumSet } from '../quorum-set.ts'
import type { QuorumSystem } from '../system.ts'

/** A kind of quorum system that literature or practice has a name for. */
export interface Family {
  /** As in `grid(rows=4,cols=4)`. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** For families of any number of values, as `wall(1,2,3)`: what each of them is. */
  readonly rest?: Parameter
  /** Who described it, where and when. */
  readonly paper: string
  readonly example: string
  /** A value for each parameter, and after them the further ones. @throws UserError */
  readonly make: (values: readonly number[]) => QuorumSystem
}

/** A whole number. */
export interface Parameter {
  readonly name: string
  readonly meaning: string
  readonly default?: number
  /** Default: 1. */
  readonly from?: number
  /** Default: a million. */
  readonly to?: number
}

export const MOST_NODES = 1_000_000

/** The system's name, for values that are within their ranges. @throws UserError for others. */
export function nameOf(family: Family, values: readonly number[]): string {
  const { name, parameters, rest } = family
  if (rest !== undefined && values.length <= parameters.length) {
    throw new UserError('no values are given', { where: name, hint: family.example })
  }
  const words = values.map((value, place) => {
    const parameter = parameters[place] ?? rest
    if (parameter === undefined) {
      const fact = `${name} has only ${parameters.length} parameters`
      throw new UserError(fact, { where: name, hint: family.example })
    }
    checkRange(family, parameter, value)
    if (place >= parameters.length) return String(value)
    return value === parameter.default ? undefined : `${parameter.name}=${value}`
  })
  const said = words.filter((word) => word !== undefined)
  // A system that is all defaults would otherwise be named with nothing in its brackets.
  if (said.length === 0 && parameters.length > 0) said.push(`${parameters[0]?.name}=${values[0]}`)
  return `${name}(${said.join(',')})`
}

function checkRange(family: Family, parameter: Parameter, value: number): void {
  const problem = rangeProblem(parameter, value)
  if (problem === undefined) return
  throw new UserError(`${value} cannot be ${problem}`, {
    where: family.name,
    hint: family.example,
  })
}

/** What the value cannot be, if it cannot. */
export function rangeProblem(parameter: Parameter, value: number): string | undefined {
  const { meaning, from = 1, to = MOST_NODES } = parameter
  if (Number.isInteger(value) && value >= from && value <= to) return undefined
  return `${meaning}: that is a whole number from ${from} to ${to.toLocaleString('en-US')}`
}

/** The refusal of values that do not fit together. */
export function refusal(family: Family, fact: string, hint: string): UserError {
  return new UserError(fact, { where: family.name, hint })
}

/** A coterie: the same quorums for reads and writes. */
export function coterie(name: string, quorums: QuorumSet): QuorumSystem {
  return systemOf({ name, size: quorums.size, reads: quorums, writes: quorums })
}

export function readWrite(name: string, reads: QuorumSet, writes: QuorumSet): QuorumSystem {
  return systemOf({ name, size: reads.size, reads, writes })
}

/** @throws UserError for more nodes than there may be. */
export function checkSize(family: Family, size: number): void {
  if (size <= MOST_NODES) return
  throw refusal(
    family,
    `${size.toLocaleString('en-US')} nodes are more than ${MOST_NODES.toLocaleString('en-US')}`,
    family.example,
  )
}
