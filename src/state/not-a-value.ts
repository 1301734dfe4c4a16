import { inspect } from 'node:util'

/** A value was written where its layout does not allow it. `fact` names value and bound. */
export class NotAValue extends Error {
  readonly fact: string

  constructor(value: unknown, allowed: string) {
    const fact = `${shown(value)} is not ${allowed}`
    super(fact)
    this.name = 'NotAValue'
    this.fact = fact
  }
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

function shown(value: unknown): string {
  return inspect(value, { depth: 3, breakLength: Infinity })
}
