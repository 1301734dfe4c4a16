/** What specs and protocols can be given: plain values by name. */
export type Parameter = number | string | boolean
/** Parameters by name: numbers, strings and booleans. */
export type Parameters = Readonly<Record<string, Parameter>>

/** Parameters as an author sees them who declares defaults: literals widened to their types. */
export type Given<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends number
    ? number
    : P[K] extends boolean
      ? boolean
      : P[K] extends string
        ? string
        : P[K]
}
