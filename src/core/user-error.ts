/**
 * Something the user can mend: where it is, what the fact is, one thing to try. Printed without a
 * stack and with exit code 254. Anything else that is thrown is our own bug.
 */
export class UserError extends Error {
  /** The place: `file:line`, an option, a module reference. */
  readonly where: string | undefined
  /** One thing to try. */
  readonly hint: string | undefined

  constructor(fact: string, options: { where?: string; hint?: string; cause?: unknown } = {}) {
    super(fact, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UserError'
    this.where = options.where
    this.hint = options.hint
  }

  /** The two lines shown to the user. */
  get text(): string {
    const place = this.where ? `${this.where}: ` : ''
    const hint = this.hint === undefined ? '' : `\n  try: ${this.hint}`
    return `error: ${place}${this.message}${hint}`
  }
}
