import { inspect } from 'node:util'

/** A value was written where its layout does not allow it. */
export class NotAValue extends Error {
  /** Value and bound. */
  readonly fact: string
  /** The part of the value that is wrong, such as `.rm`; empty where it is all of it. */
  readonly part: string

  constructor(fact: string, part = '') {
    super(part === '' ? fact : `${part}: ${fact}`)
    this.name = 'NotAValue'
    this.fact = fact
    this.part = part
  }
}

/** Says that a value is not what its layout allows. */
export function notA(allowed: string, value: unknown): NotAValue {
  return new NotAValue(`${shown(value)} is not ${allowed}`)
}

/** What was thrown while a part of a value was looked at, as said of the whole value. */
export function ofPart(part: string, thrown: unknown): unknown {
  return thrown instanceof NotAValue ? new NotAValue(thrown.fact, part + thrown.part) : thrown
}

/** A write outside a bound: `fact` names value and bound, `variable` the place in the state. */
export class OutOfBounds extends Error {
  readonly variable: string
  readonly fact: string

  constructor(variable: string, fact: string) {
    super(`${variable}: ${fact}`)
    this.name = 'OutOfBounds'
    this.variable = variable
    this.fact = fact
  }
}

/** What was thrown while a variable was written, as said of that variable. */
export function ofVariable(variable: string, thrown: unknown): unknown {
  return thrown instanceof NotAValue ? new OutOfBounds(variable + thrown.part, thrown.fact) : thrown
}

export function shown(value: unknown): string {
  return inspect(value, { depth: 3, breakLength: Infinity })
}
